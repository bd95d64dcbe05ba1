import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.drafts.models import Draft
from content.drafts.queries import head_of
from content.events.models import Event, Job
from tests.doors.api.client import Cms, code_of, field_codes
from tests.make import Maker


class TestPostDrafts:
    def test_answers_with_the_draft(self, cms: Cms, make: Maker) -> None:
        answer = cms.post("drafts", make.payload(external_id="a:1", tags=["x"], context={"page": 7}))

        assert answer.status_code == 201
        draft = answer.json()
        assert answer.headers["Location"] == f"/api/v1/drafts/{draft['id']}"
        assert answer.headers["ETag"] == f'"1-{draft["head"]["digest"][7:19]}"'
        assert (draft["external_id"], draft["state"], draft["version"]) == ("a:1", "received", 1)
        assert (draft["context"], draft["tags"], draft["warnings"]) == ({"page": 7}, ["x"], [])

    def test_stores_the_event_and_its_jobs_with_the_draft(self, cms: Cms, make: Maker) -> None:
        draft = cms.post("drafts", make.payload()).json()

        assert [event.fact for event in Event.objects.filter(draft_id=draft["id"])] == ["draft_received.v1"]
        assert Job.objects.filter(draft_id=draft["id"]).count() == 4

    def test_keeps_the_text_byte_for_byte(self, cms: Cms, make: Maker) -> None:
        body = "# Ünïcödé 🙂\n\n  two spaces  \n\n\n"

        draft = cms.post("drafts", make.payload(body=body)).json()

        assert cms.get(draft["links"]["text"]).json()["text"] == body

    def test_finds_the_same_payload_again(self, cms: Cms, make: Maker) -> None:
        payload = make.payload()
        first = cms.post("drafts", payload)

        second = cms.post("drafts", payload)

        assert second.status_code == 200
        assert second.json()["id"] == first.json()["id"]
        assert second.headers["Content-Location"] == first.headers["Location"]
        assert Event.objects.filter(fact="draft_received.v1").count() == 1

    def test_refuses_another_text_under_the_same_external_id(self, cms: Cms, make: Maker) -> None:
        first = cms.post("drafts", make.payload(external_id="a:1"))

        answer = cms.post("drafts", make.payload(external_id="a:1", body="Another."))

        assert (answer.status_code, code_of(answer)) == (409, "external_id_taken")
        assert answer.json()["draft_id"] == first.json()["id"]
        assert answer.headers["ETag"] == first.headers["ETag"]

    def test_lists_all_faults_at_once(self, cms: Cms) -> None:
        answer = cms.post("drafts", {"external_id": "!", "title": 7, "body": " ", "kind": "poem", "nonsense": 1})

        assert (answer.status_code, code_of(answer)) == (422, "validation_failed")
        assert field_codes(answer) == {
            ("/external_id", "external_id_invalid"),
            ("/title", "title_invalid"),
            ("/body", "body_blank"),
            ("/kind", "kind_unknown"),
            ("/generation", "generation_missing"),
            ("/nonsense", "field_unknown"),
        }

    @pytest.mark.parametrize(
        ("field", "value", "fault"),
        [
            ("title", "Two\nlines", ("/title", "title_invalid")),
            ("title", "x" * 301, ("/title", "title_invalid")),
            ("summary", "x" * 1001, ("/summary", "too_long")),
            ("format", "docx", ("/format", "format_unknown")),
            ("language", "not a language", ("/language", "language_invalid")),
            ("extras", {"A": "x"}, ("/extras/A", "extras_invalid")),
            ("extras", {"alt.a": "x", "alt-a": "y"}, ("/extras/alt-a", "extras_invalid")),
            ("generation", {"provider": "p"}, ("/generation/model", "generation_invalid")),
            ("sources", [{"title": "nowhere"}], ("/sources/0", "sources_invalid")),
            ("sources", [{"url": "ftp://x"}], ("/sources/0/url", "sources_invalid")),
            ("spans", [{"start": 3, "end": 3, "origin": "human"}], ("/spans/0/end", "spans_invalid")),
            ("spans", [{"start": 0, "end": 99_999, "origin": "human"}], ("/spans/0/end", "spans_invalid")),
            ("priority", "now", ("/priority", "priority_unknown")),
            ("due_at", "tomorrow", ("/due_at", "time_invalid")),
            ("due_at", "2026-02-30T00:00:00Z", ("/due_at", "time_invalid")),
            ("due_at", "2099-01-01T00:00:00Z", ("/due_at", "time_invalid")),
            ("tags", ["a,b"], ("/tags/0", "tags_invalid")),
            ("canonical_url", "http://x.example", ("/canonical_url", "url_invalid")),
            ("canonical_url", "https://u:p@x.example", ("/canonical_url", "url_invalid")),
            ("upstream_marks", [{"kind": "stamp"}], ("/upstream_marks/0/kind", "marks_invalid")),
            ("requested_by", {"name": "A"}, ("/requested_by/subject", "requested_by_invalid")),
            ("policy", "no-such-policy", ("/policy", "policy_unknown")),
            ("context", [1], ("/context", "context_invalid")),
        ],
    )
    def test_refuses_a_wrong_field_with_its_place(
        self, cms: Cms, make: Maker, field: str, value: object, fault: tuple[str, str]
    ) -> None:
        answer = cms.post("drafts", make.payload(**{field: value}))

        assert answer.status_code == 422
        assert fault in field_codes(answer)
        assert not Draft.objects.exists()

    def test_refuses_a_text_over_512_kib(self, cms: Cms, make: Maker) -> None:
        answer = cms.post("drafts", make.payload(body="x" * 600 * 1024))

        assert (answer.status_code, code_of(answer)) == (413, "text_too_large")

    def test_records_hidden_characters_and_warns(self, cms: Cms, make: Maker) -> None:
        body = "A\u202eb\u202c and zero\u200bwidth.\n"

        draft = cms.post("drafts", make.payload(body=body, title="Ti\u200btle")).json()

        warned = {warning["field"]: warning for warning in draft["warnings"]}
        assert set(warned) == {"body", "title"}
        assert (warned["body"]["code"], warned["body"]["count"]) == ("hidden_characters", 3)
        assert warned["body"]["spans"][0] == {"start": 1, "end": 2, "kind": "bidi_controls"}
        assert head_of(draft_id=draft["id"]).text == body

    def test_converts_html_and_says_what_got_lost(self, cms: Cms, make: Maker) -> None:
        html = "<h2>Pumps</h2><p>See <a href='https://x.example'>this</a>.</p><video src='x'></video>"

        draft = cms.post("drafts", make.payload(body=html, format="html")).json()

        assert draft["conversion"] == {
            "method": "html_to_markdown.v1",
            "losses": [{"what": "element video", "count": 1}],
        }
        assert cms.get(draft["links"]["text"]).json()["text"] == "## Pumps\n\nSee [this](https://x.example).\n"

    def test_refuses_lossy_html_when_asked_to_be_strict(self, cms: Cms, make: Maker) -> None:
        payload = make.payload(body="<p>x</p><iframe></iframe>", format="html")

        answer = cms.post("drafts", payload, Prefer="handling=strict")

        assert (answer.status_code, code_of(answer)) == (422, "conversion_lossy")

    def test_does_not_vouch_for_people_without_the_right(self, cms: Cms, make: Maker) -> None:
        spans = [{"start": 0, "end": 3, "origin": "human"}]

        draft = cms.post("drafts", make.payload(spans=spans)).json()

        assert draft["spans"] == [{"start": 0, "end": 3, "origin": "unknown"}]
        assert [warning["code"] for warning in draft["warnings"]] == ["human_spans_unverified"]

    def test_takes_seven_queries(self, cms: Cms, make: Maker) -> None:
        cms.post("drafts", make.payload())
        waits_in_line = int(connection.vendor == "postgresql")

        with CaptureQueriesContext(connection) as queries:
            cms.post("drafts", make.payload())

        # token, this draft already?, revision, draft, event, does anybody listen?, jobs
        asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
        assert len(asked) == 7 + waits_in_line


class TestPostBatch:
    def test_takes_as_many_queries_for_ten_drafts_as_for_two(self, cms: Cms, make: Maker) -> None:
        cms.post("drafts", make.payload())
        counts = []
        for size in (2, 10):
            with CaptureQueriesContext(connection) as queries:
                cms.post("drafts/batch", {"drafts": [make.payload() for _ in range(size)]})
            counts.append(len(queries))

        assert counts[0] == counts[1]

    def test_lets_each_draft_stand_for_itself(self, cms: Cms, make: Maker) -> None:
        good = make.payload(external_id="b:1")
        rows = [good, make.payload(title=""), good, make.payload(external_id="b:1", body="Other.")]

        answer = cms.post("drafts/batch", {"drafts": rows})

        assert answer.status_code == 200
        body = answer.json()
        assert [row["status"] for row in body["results"]] == ["created", "failed", "failed", "failed"]
        assert body["results"][1]["problem"]["errors"][0]["pointer"] == "/title"
        assert body["results"][2]["problem"]["code"] == "external_id_taken"
        assert Draft.objects.count() == 1

    def test_finds_drafts_again(self, cms: Cms, make: Maker) -> None:
        payload = make.payload()
        cms.post("drafts", payload)

        body = cms.post("drafts/batch", {"drafts": [payload]}).json()

        assert (body["created"], body["unchanged"], body["failed"]) == (0, 1, 0)

    @pytest.mark.parametrize("body", [{}, {"drafts": []}, {"drafts": [{}] * 101}, {"drafts": [], "x": 1}])
    def test_holds_1_to_100_drafts(self, cms: Cms, body: object) -> None:
        answer = cms.post("drafts/batch", body)

        assert (answer.status_code, code_of(answer)) == (422, "batch_too_large")
