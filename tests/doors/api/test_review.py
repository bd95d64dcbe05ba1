from datetime import datetime

import pytest

from content.actors import Machine
from content.drafts.queries import get_draft, head_of, revisions_of
from content.publishing.models import PublicationRequest
from content.review.models import Case, SignOff
from content.review.queries.sign_offs import sign_offs_of, valid_sign_offs
from tests.doors.api.client import Cms, code_of
from tests.publishing.maker import PublishingMaker

REASON = {"reason": "The product was renamed."}


def etag(cms: Cms, path: str) -> str:
    return str(cms.get(path).headers["ETag"])


class TestTheCase:
    def test_is_there_once_the_draft_was_read(self, cms: Cms, make: PublishingMaker) -> None:
        draft = cms.post("drafts", make.payload()).json()

        for path in ("case", "gate", "actions"):
            answer = cms.get(f"drafts/{draft['id']}/{path}")
            assert (answer.status_code, code_of(answer)) == (409, "not_in_state")

    def test_names_nobody(self, cms: Cms, make: PublishingMaker, machine: Machine, now: datetime) -> None:
        step = make.reviewed(cms=machine, at=now)

        body = cms.get(f"drafts/{step.draft_id}/case").json()

        assert body["state"] == "awaiting_second"
        assert body["lease"]["held"] is True
        assert [(each["kind"], each["valid"]) for each in body["sign_offs"]] == [("editor", True)]
        assert step.editor.identity_key not in str(body)

    def test_shows_in_the_draft(self, cms: Cms, make: PublishingMaker, machine: Machine, now: datetime) -> None:
        step = make.claimed(cms=machine, at=now)

        body = cms.get(f"drafts/{step.draft_id}").json()

        assert (body["state"], body["analysis"], body["case"]) == ("in_review", "done", str(step.case_id))
        assert [row["id"] for row in cms.get("drafts?state=in_review").json()["results"]] == [str(step.draft_id)]
        assert cms.get("drafts?state=received").json()["results"] == []


class TestTheGate:
    def test_says_what_is_missing(self, cms: Cms, make: PublishingMaker, machine: Machine, now: datetime) -> None:
        step = make.claimed(cms=machine, at=now)

        body = cms.get(f"drafts/{step.draft_id}/gate").json()

        assert body["approved"] is False
        assert body["policy"]["version"] == 1
        assert any(verdict["outcome"] == "pending" and verdict["reason"] for verdict in body["verdicts"])

    def test_can_be_asked_before_anything_is_posted(self, cms: Cms, make: PublishingMaker) -> None:
        texts = {"machine_text": make.BODY, "text": make.EDITED, "kind": "documentation", "language": "en"}

        body = cms.post("gate-previews", texts).json()

        assert body["measures"]["words"] > 0
        assert body["approved"] is False
        assert not Case.objects.exists()

    def test_knows_its_policies(self, cms: Cms) -> None:
        answer = cms.post("gate-previews", {"machine_text": "a", "text": "b", "policy": "nothing"})

        assert (answer.status_code, code_of(answer)) == (404, "policy_not_found")


class TestActions:
    def test_offer_what_works_and_say_why_not(
        self, cms: Cms, make: PublishingMaker, machine: Machine, now: datetime
    ) -> None:
        step = make.claimed(cms=machine, at=now)

        rows = {row["action"]: row for row in cms.get(f"drafts/{step.draft_id}/actions").json()["actions"]}

        assert rows["withdraw"]["ok"] is True
        assert rows["withdraw"]["href"].endswith("/actions/withdraw")
        assert rows["sign"]["ok"] is False
        assert "people_only" in [reason["code"] for reason in rows["sign"]["reasons"]]


class TestWithdraw:
    def test_ends_the_case_and_keeps_what_is_typed(
        self, cms: Cms, make: PublishingMaker, machine: Machine, now: datetime
    ) -> None:
        step = make.claimed(cms=machine, at=now)
        make.type(step, "My words so far.\n")
        path = f"drafts/{step.draft_id}"

        answer = cms.post(f"{path}/actions/withdraw", REASON, If_Match=etag(cms, path))

        assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
        assert "My words so far.\n" in [revision.text for revision in revisions_of(draft_id=step.draft_id)]

    def test_ends_it_once(self, cms: Cms, make: PublishingMaker, machine: Machine, now: datetime) -> None:
        step = make.claimed(cms=machine, at=now)
        path = f"drafts/{step.draft_id}"
        cms.post(f"{path}/actions/withdraw", REASON, If_Match=etag(cms, path))

        again = cms.post(f"{path}/actions/withdraw", REASON, If_Match=etag(cms, path))
        put = cms.put(path, make.payload(external_id=cms.get(path).json()["external_id"]), If_Match=etag(cms, path))

        assert (again.status_code, code_of(again)) == (409, "case_closed")
        assert (put.status_code, code_of(put)) == (409, "case_closed")

    @pytest.mark.parametrize(
        ("body", "headers", "status", "code"),
        [
            (REASON, {}, 428, "precondition_missing"),
            (REASON, {"If_Match": '"1-000000000000"'}, 412, "stale_revision"),
            ({}, {"If_Match": '"1-000000000000"'}, 422, "validation_failed"),
        ],
    )
    def test_needs_a_reason_and_the_current_version(
        self,
        cms: Cms,
        make: PublishingMaker,
        machine: Machine,
        now: datetime,
        body: object,
        headers: dict[str, str],
        status: int,
        code: str,
    ) -> None:
        step = make.claimed(cms=machine, at=now)

        answer = cms.post(f"drafts/{step.draft_id}/actions/withdraw", body, **headers)

        assert (answer.status_code, code_of(answer)) == (status, code)


class TestANewMachineText:
    def test_voids_every_sign_off(self, cms: Cms, make: PublishingMaker, machine: Machine, now: datetime) -> None:
        step = make.ready(cms=machine, at=now, external_id="a:1")
        assert len(valid_sign_offs(case_id=step.case_id)) == 2

        answer = cms.put(
            "drafts/ext:a:1", make.payload(external_id="a:1"), If_Match=etag(cms, f"drafts/{step.draft_id}")
        )

        assert (answer.status_code, answer.json()["placement"]) == (200, "aside")
        assert valid_sign_offs(case_id=step.case_id) == ()
        assert {each.void_cause for each in sign_offs_of(case_id=step.case_id)} == {"machine"}
        assert head_of(draft_id=step.draft_id).text == make.EDITED


class TestRequestPublication:
    def ask(self, cms: Cms, path: str, **changes: str) -> object:
        draft = cms.get(path)
        body = {"digest": draft.json()["head"]["digest"]} | changes
        return cms.post(f"{path}/actions/request_publication", body, If_Match=draft.headers["ETag"])

    def test_is_only_for_what_is_ready(self, cms: Cms, make: PublishingMaker, machine: Machine, now: datetime) -> None:
        step = make.claimed(cms=machine, at=now)

        answer = self.ask(cms, f"drafts/{step.draft_id}")

        assert answer.status_code in {403, 409}  # type: ignore[attr-defined]
        assert not PublicationRequest.objects.exists()

    def test_needs_the_right_of_the_source(self, make: PublishingMaker, now: datetime, stranger: Cms) -> None:
        from content.drafts.queries import authenticate

        step = make.ready(cms=authenticate(plaintext=stranger.token, at=now).machine, at=now)

        answer = self.ask(stranger, f"drafts/{step.draft_id}")

        assert (answer.status_code, code_of(answer)) == (403, "request_not_allowed")  # type: ignore[attr-defined]


class TestNoProgram:
    def test_signs_whatever_it_calls(self, cms: Cms, make: PublishingMaker, machine: Machine, now: datetime) -> None:
        """Every route, every method, with a token of all scopes, over a case that only lacks a sign-off."""
        from content.api.urls import ROUTES

        step = make.edited(cms=machine, at=now)
        draft = get_draft(draft_id=step.draft_id)
        called = 0
        for route in ROUTES:
            path = _filled(str(route.pattern), str(step.draft_id))
            for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
                answer = cms._client.generic(
                    method,
                    f"/api/v1/{path}",
                    b'{"reason": "x", "digest": "sha256:' + b"0" * 64 + b'", "url": "https://127.0.0.1/x"}',
                    content_type="application/json",
                    headers={"Authorization": f"Bearer {cms.token}", "If-Match": '"9-999999999999"'},
                )
                called += answer.status_code != 405
                assert answer.status_code < 500

        assert called > len(ROUTES)
        assert not SignOff.objects.exists()
        assert get_draft(draft_id=step.draft_id).head_id == draft.head_id


def _filled(pattern: str, draft_id: str) -> str:
    values = {"<str:ref>": draft_id, "<int:number>": "1", "<str:code>": "people_only"}
    values |= {"<int:endpoint_id>": "1", "<int:delivery_id>": "1"}
    values |= {"<str:publication_id>": draft_id, "<str:attestation_id>": draft_id}
    values |= {"<form:form>": "md"}
    for place, value in values.items():
        pattern = pattern.replace(place, value)
    return pattern
