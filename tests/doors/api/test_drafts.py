from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.drafts.models import Draft, Revision
from content.drafts.queries import get_draft, head_of
from tests.doors.api.client import Cms, code_of, field_codes
from tests.make import Maker


@pytest.fixture
def draft(cms: Cms, make: Maker) -> dict[str, Any]:
    """Return a draft as it was answered, with its ETag."""
    answer = cms.post("drafts", make.payload(external_id="a:1", body="One two three.\n"))
    return {**answer.json(), "etag": answer.headers["ETag"]}


class TestGetDraft:
    def test_shows_it_by_id_and_by_the_cms_own_id(self, cms: Cms, draft: dict[str, Any]) -> None:
        by_id = cms.get(f"drafts/{draft['id']}")

        assert by_id.json() == cms.get("drafts/ext:a:1").json()
        assert by_id.headers["ETag"] == draft["etag"]

    def test_sends_nothing_twice(self, cms: Cms, draft: dict[str, Any]) -> None:
        answer = cms.get(f"drafts/{draft['id']}", If_None_Match=draft["etag"])

        assert (answer.status_code, answer.content) == (304, b"")

    def test_brings_the_text_when_asked(self, cms: Cms, draft: dict[str, Any]) -> None:
        assert "text" not in cms.get(f"drafts/{draft['id']}").json()
        assert cms.get(f"drafts/{draft['id']}?include=text").json()["text"] == "One two three.\n"

    @pytest.mark.parametrize("ref", ["ext:a:2", "0199f0f0-0000-7000-8000-000000000000", "17", "ext:"])
    def test_does_not_know_what_is_not_there(self, cms: Cms, draft: dict[str, Any], ref: str) -> None:
        answer = cms.get(f"drafts/{ref}")

        assert (answer.status_code, code_of(answer)) == (404, "draft_not_found")

    def test_hides_the_drafts_of_others(self, stranger: Cms, draft: dict[str, Any]) -> None:
        for path in ("", "/revisions", "/revisions/1", "/diff", "/gate", "/case", "/actions", "/publication"):
            assert code_of(stranger.get(f"drafts/{draft['id']}{path}")) == "draft_not_found"


class TestListDrafts:
    def test_goes_through_all_of_them_once(self, cms: Cms, make: Maker) -> None:
        made = [cms.post("drafts", make.payload()).json()["id"] for _ in range(5)]

        seen: list[str] = []
        path = "drafts?limit=2"
        while path:
            page = cms.get(path).json()
            seen += [row["id"] for row in page["results"]]
            path = f"drafts?limit=2&after={page['next']}" if page["next"] else ""

        assert seen == made[::-1]

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("kind=news", 1),
            ("kind=analysis", 0),
            ("language=de", 1),
            ("tag=Heating", 1),
            ("tag=heat", 0),
            ("external_id=a:1", 1),
            ("state=received", 2),
            ("state=queued", 0),
            ("updated_since=2020-01-01T00:00:00%2B02:00", 2),
            ("updated_since=2090-01-01T00:00:00Z", 0),
        ],
    )
    def test_can_be_narrowed(self, cms: Cms, make: Maker, query: str, count: int) -> None:
        cms.post("drafts", make.payload(external_id="a:1", kind="news", tags=["heating", "x"]))
        cms.post("drafts", make.payload(language="de"))

        assert len(cms.get(f"drafts?{query}").json()["results"]) == count

    def test_refuses_a_cursor_of_another_list(self, cms: Cms, make: Maker) -> None:
        for _ in range(2):
            cms.post("drafts", make.payload(tags=["a"]))
        cursor = cms.get("drafts?limit=1&tag=a").json()["next"]

        assert cms.get(f"drafts?limit=1&tag=a&after={cursor}").status_code == 200
        for path in (f"drafts?after={cursor}", f"drafts?tag=a&after={cursor[:-2]}xx", "drafts?after=%C3%A4"):
            assert code_of(cms.get(path)) == "cursor_invalid"

    def test_asks_the_database_as_often_for_many_as_for_few(self, cms: Cms, make: Maker) -> None:
        for _ in range(3):
            cms.post("drafts", make.payload())

        with CaptureQueriesContext(connection) as queries:
            cms.get("drafts")

        assert len(queries) == 4  # token, drafts, their machine texts, their cases


class TestPutDraft:
    def test_adds_a_machine_revision(self, cms: Cms, make: Maker, draft: dict[str, Any]) -> None:
        answer = cms.put("drafts/ext:a:1", make.payload(external_id="a:1", body="New."), If_Match=draft["etag"])

        assert answer.status_code == 200
        assert (answer.json()["placement"], answer.json()["changed"]) == ("head", True)
        assert answer.json()["head"]["revision"] == 2
        assert answer.headers["ETag"].startswith('"2-')

    def test_never_overwrites_what_a_person_wrote(self, cms: Cms, make: Maker, draft: dict[str, Any]) -> None:
        make.written(get_draft(draft_id=draft["id"]), "My words.\n", by=make.editor())
        etag = cms.get("drafts/ext:a:1").headers["ETag"]

        answer = cms.put("drafts/ext:a:1", make.payload(external_id="a:1", body="New."), If_Match=etag)

        assert answer.json()["placement"] == "aside"
        assert head_of(draft_id=draft["id"]).text == "My words.\n"
        assert Revision.objects.get(number=3).text == "New."

    def test_changes_nothing_for_the_same_payload(self, cms: Cms, make: Maker) -> None:
        payload = make.payload()
        posted = cms.post("drafts", payload)

        answer = cms.put(f"drafts/{posted.json()['id']}", payload, If_Match=posted.headers["ETag"])

        assert answer.json()["changed"] is False
        assert Revision.objects.count() == 1

    @pytest.mark.parametrize(
        ("headers", "status", "code"),
        [
            ({}, 428, "precondition_missing"),
            ({"If_Match": "*"}, 428, "precondition_missing"),
            ({"If_Match": '"9-123456789012"'}, 412, "stale_revision"),
        ],
    )
    def test_needs_the_current_version(
        self, cms: Cms, make: Maker, draft: dict[str, Any], headers: dict[str, str], status: int, code: str
    ) -> None:
        answer = cms.put("drafts/ext:a:1", make.payload(external_id="a:1", body="New."), **headers)

        assert (answer.status_code, code_of(answer)) == (status, code)
        assert Revision.objects.count() == 1
        if status == 412:
            assert answer.headers["ETag"] == draft["etag"]
            assert f'"{answer.json()["current"]}"' == draft["etag"]

    def test_takes_no_weak_tag(self, cms: Cms, make: Maker, draft: dict[str, Any]) -> None:
        answer = cms.put("drafts/ext:a:1", make.payload(external_id="a:1"), If_Match="W/" + draft["etag"])

        assert code_of(answer) == "stale_revision"

    def test_keeps_the_external_id(self, cms: Cms, make: Maker, draft: dict[str, Any]) -> None:
        answer = cms.put("drafts/ext:a:1", make.payload(external_id="a:2"), If_Match=draft["etag"])

        assert (answer.status_code, code_of(answer)) == (422, "external_id_mismatch")


class TestPatchDraft:
    def test_changes_what_is_not_text(self, cms: Cms, draft: dict[str, Any]) -> None:
        patch = {"priority": "high", "context": {"a": 1}}

        answer = cms.ask("PATCH", "drafts/ext:a:1", patch, If_Match=draft["etag"])

        body = answer.json()
        assert (body["priority"], body["context"], body["version"]) == ("high", {"a": 1}, 2)
        assert Draft.objects.get().changed_at > Draft.objects.get().received_at

    def test_refuses_a_text(self, cms: Cms, draft: dict[str, Any]) -> None:
        answer = cms.ask(
            "PATCH",
            "drafts/ext:a:1",
            {"body": "x", "priority": "soon"},
            If_Match=draft["etag"],
            Content_Type="application/merge-patch+json",
        )

        assert answer.status_code == 422
        assert field_codes(answer) == {("/body", "field_not_patchable"), ("/priority", "priority_unknown")}


class TestRevisions:
    def test_are_listed_without_their_texts(self, cms: Cms, make: Maker, draft: dict[str, Any]) -> None:
        make.written(get_draft(draft_id=draft["id"]), "My words.\n", by=make.editor())

        first = cms.get("drafts/ext:a:1/revisions?limit=1").json()
        second = cms.get(f"drafts/ext:a:1/revisions?limit=1&after={first['next']}").json()

        rows = first["results"] + second["results"]
        assert [(row["number"], row["parent"], row["origin"]) for row in rows] == [
            (1, None, "machine"),
            (2, 1, "human"),
        ]
        assert second["next"] is None

    def test_that_are_not_there_are_not_found(self, cms: Cms, draft: dict[str, Any]) -> None:
        assert code_of(cms.get("drafts/ext:a:1/revisions/2")) == "revision_not_found"
        assert code_of(cms.get("drafts/ext:a:1/diff?to=7")) == "revision_not_found"
        assert code_of(cms.get("drafts/ext:a:1/diff?to=signed")) == "revision_not_found"

    def test_can_be_compared(self, cms: Cms, make: Maker, draft: dict[str, Any]) -> None:
        make.written(get_draft(draft_id=draft["id"]), "One 2 three.\n", by=make.editor())

        body = cms.get("drafts/ext:a:1/diff?include=text").json()

        assert (body["method"], body["from"], body["to"]) == ("word_diff.v1", 1, 2)
        changed = [row for row in body["ops"] if row["op"] != "keep"]
        assert [(row["op"], row["from_text"], row["to_text"]) for row in changed] == [("replace", "two", "2")]
        assert body["counts"]["words_deleted"] == 1

    def test_wait_for_their_authorship(self, cms: Cms, draft: dict[str, Any]) -> None:
        answer = cms.get("drafts/ext:a:1/revisions/1/authorship")

        assert (answer.status_code, code_of(answer)) == (409, "evidence_not_ready")
