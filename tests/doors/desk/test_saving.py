"""What the editor's script sends while somebody writes, and that no answer loses a word."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from content.drafts import queries as draft_queries
from content.review.actions import leases
from content.review.queries import claims as claim_queries
from content.review.states import ClaimState
from tests.doors.desk.visitor import Visitor, address, now_claimed, sha256, whole
from tests.make import Maker
from tests.making_cases import BODY, EDITED, Step

WITH_CLAIM = "# Bread\n\nIn 2024 every bakery sold 40 loaves. It keeps well.\n"


def typed(step: Step, word: str, **changes: object) -> dict[str, object]:
    """Return the body of a save that carries a record of one word typed in front."""
    entries = [[1_795_000_000_000 + 90 * at, "input.type", _insert(at, letter)] for at, letter in enumerate(word)]
    asked: dict[str, object] = {
        "base": 1,
        "fence": step.fence,
        "from": 0,
        "journal": {"base_sha256": sha256(BODY), "entries": entries},
        "sha256": sha256(word + BODY),
    }
    return asked | changes


def _insert(at: int, letter: str) -> list[object]:
    return ([at] if at else []) + [[0, letter], len(BODY)]


class TestAutosave:
    def test_keeps_what_was_typed_and_answers_how_the_text_stands(self, make: Maker) -> None:
        step = now_claimed(make)

        answer = Visitor(step.editor).ask("PATCH", "working_copy", step.case_id, **typed(step, "Fresh "))

        body = answer.json()
        assert answer.status_code == 200, body
        assert body["seq"] == 6
        assert body["measures"]["typed_words"] == 1
        assert {"verdicts", "runs", "claims", "paragraphs", "changes", "claim_level", "disclosure"} <= set(body)
        copy = draft_queries.working_copy(draft_id=step.draft_id, person_id=step.editor.id)
        assert copy is not None
        assert copy.text == f"Fresh {BODY}"

    def test_keeps_changed_fields(self, make: Maker) -> None:
        step = now_claimed(make)
        fields = {"title": "Bread, kept", "summary": "How to.", "extras": {}}

        answer = Visitor(step.editor).ask("PATCH", "working_copy", step.case_id, **whole(step, BODY, fields=fields))

        copy = draft_queries.working_copy(draft_id=step.draft_id, person_id=step.editor.id)
        assert answer.status_code == 200
        assert copy is not None
        assert (copy.title, copy.summary) == ("Bread, kept", "How to.")

    def test_asks_for_what_is_missing(self, make: Maker) -> None:
        step = now_claimed(make)

        answer = Visitor(step.editor).ask("PATCH", "working_copy", step.case_id, **typed(step, "Fresh ", **{"from": 3}))

        assert answer.status_code == 409
        assert answer.json()["code"] == "sequence_gap"
        assert answer.json()["expected"] == 0

    def test_refuses_a_record_that_leads_elsewhere(self, make: Maker) -> None:
        step = now_claimed(make)

        body = typed(step, "Fresh ", sha256=sha256("something else"))
        answer = Visitor(step.editor).ask("PATCH", "working_copy", step.case_id, **body)

        assert answer.status_code == 422
        assert answer.json()["code"] == "journal_mismatch"

    def test_refuses_an_old_base_and_names_the_head(self, make: Maker) -> None:
        step = now_claimed(make)
        make.save(step, EDITED)

        answer = Visitor(step.editor).ask("PATCH", "working_copy", step.case_id, **whole(step, BODY))

        assert answer.status_code == 412
        assert answer.json()["code"] == "stale_revision"

    def test_refuses_whoever_lost_the_case(self, make: Maker) -> None:
        step = now_claimed(make)
        leases.release(case_id=step.case_id, by=step.editor, at=timezone.now())

        answer = Visitor(step.editor).ask("PATCH", "working_copy", step.case_id, **whole(step, EDITED))

        assert answer.status_code == 409
        assert answer.json()["code"] in {"not_in_state", "lease_lost"}

    @pytest.mark.parametrize("when", ["released", "newer version"])
    def test_keeps_a_late_text_beside_the_text(self, make: Maker, when: str) -> None:
        step = now_claimed(make)
        if when == "released":
            leases.release(case_id=step.case_id, by=step.editor, at=timezone.now())
        else:
            make.save(step, EDITED)

        late = whole(step, "# Mine\n\nThis I typed too late.\n", late=True)
        answer = Visitor(step.editor).ask("PATCH", "working_copy", step.case_id, **late)

        assert answer.status_code == 200, answer.json()
        kept = draft_queries.revision(draft_id=step.draft_id, number=answer.json()["kept_as"])
        assert kept.text == "# Mine\n\nThis I typed too late.\n"
        assert kept.placement == "branch"

    def test_refuses_a_text_that_is_too_large(self, make: Maker) -> None:
        step = now_claimed(make)
        text = "word " * 110_000

        answer = Visitor(step.editor).ask("PATCH", "working_copy", step.case_id, **whole(step, text))

        assert answer.status_code == 413
        assert answer.json()["code"] == "text_too_large"

    @pytest.mark.parametrize(
        "changes",
        [
            {"base": "one"},
            {"base": True},
            {"fence": None},
            {"journal": []},
            {"journal": {"entries": "no"}},
            {"journal": {"base_sha256": "", "entries": [["x"]]}},
            {"fields": "no"},
            {"fields": {"extras": {"a": 1}}},
            {"text": 7},
            {"sha256": 7},
        ],
    )
    def test_refuses_what_it_cannot_read(self, make: Maker, changes: dict[str, object]) -> None:
        step = now_claimed(make)

        body = whole(step, EDITED) | changes
        answer = Visitor(step.editor).ask("PATCH", "working_copy", step.case_id, **body)

        assert answer.status_code == 422
        assert answer.json()["detail"]

    @pytest.mark.parametrize("raw", [b"", b"[]", b"\xff", b'{"base": 1', b"null"])
    def test_refuses_what_is_no_object(self, make: Maker, raw: bytes) -> None:
        step = now_claimed(make)
        visitor = Visitor(step.editor)

        answer = visitor.client.generic("PATCH", address("working_copy", step.case_id), raw)

        assert answer.status_code == 422
        assert answer.json()["code"] == "body_invalid"

    def test_lets_nobody_write_who_may_not_edit(self, make: Maker) -> None:
        step = make.reviewed(at=timezone.now())
        assert step.approver is not None

        answer = Visitor(step.approver).ask("PATCH", "working_copy", step.case_id, **whole(step, BODY, base=2))

        assert answer.status_code == 403
        assert answer.json()["code"] == "not_permitted"


class TestAVersion:
    def test_takes_what_was_typed_with_it(self, make: Maker) -> None:
        step = now_claimed(make)

        answer = Visitor(step.editor).ask("POST", "revisions", step.case_id, **typed(step, "Fresh "))

        assert answer.status_code == 200, answer.json()
        assert answer.json()["number"] == 2
        assert make.head(step).text == f"Fresh {BODY}"
        assert answer.json()["measures"]["typed_words"] == 1

    def test_is_made_of_what_was_saved_before(self, make: Maker) -> None:
        step = now_claimed(make)
        make.type(step, EDITED)

        answer = Visitor(step.editor).ask("POST", "revisions", step.case_id, base=1, fence=step.fence, note="A start")

        assert answer.json()["number"] == 2
        assert make.head(step).note == "A start"

    def test_is_not_made_when_nothing_changed(self, make: Maker) -> None:
        step = now_claimed(make)

        answer = Visitor(step.editor).ask("POST", "revisions", step.case_id, base=1, fence=step.fence)

        assert answer.json()["number"] == 1

    def test_of_an_old_base_is_refused_and_the_text_kept(self, make: Maker) -> None:
        step = now_claimed(make)
        make.save(step, EDITED)

        answer = Visitor(step.editor).ask("POST", "revisions", step.case_id, **whole(step, BODY + "More.\n"))

        assert answer.status_code == 412


class TestTheHeartbeat:
    def test_extends_the_lease(self, make: Maker) -> None:
        step = make.claimed(at=timezone.now() - timedelta(minutes=20))
        assert step.lease is not None

        answer = Visitor(step.editor).ask("POST", "lease", step.case_id, fence=step.fence)

        assert answer.status_code == 200
        assert answer.json()["expires_at"] > step.lease.expires_at.isoformat()
        assert answer.json()["warn_at"] < answer.json()["expires_at"]

    def test_says_that_the_lease_is_gone(self, make: Maker) -> None:
        step = now_claimed(make)

        answer = Visitor(step.editor).ask("POST", "lease", step.case_id, fence=step.fence - 1)

        assert answer.status_code == 409
        assert answer.json()["code"] == "lease_lost"


class TestClaims:
    def hashes(self, step: Step, make: Maker) -> list[str]:
        head = make.head(step)
        rows = claim_queries.claims_of(draft_id=step.draft_id, text=head.text, language="en")
        return [row.sentence_hash for row in rows if row.is_open]

    def check(self, step: Step, name: str, **changes: object) -> Any:
        asked = {"fence": step.fence, "sentence_hash": name, "state": "correct", "basis": "own_knowledge"}
        return Visitor(step.editor).ask("POST", "check_claims", step.case_id, **(asked | changes))

    def test_are_checked_one_by_one(self, make: Maker) -> None:
        step = now_claimed(make, body=WITH_CLAIM)
        name = self.hashes(step, make)[0]

        answer = self.check(step, name)

        assert answer.status_code == 200, answer.json()
        assert next(each for each in answer.json()["claims"] if each["sentence_hash"] == name)["state"] == "correct"

    def test_of_a_text_that_is_being_typed_are_checked_there(self, make: Maker) -> None:
        step = now_claimed(make)
        make.type(step, WITH_CLAIM)
        rows = claim_queries.claims_of(draft_id=step.draft_id, text=WITH_CLAIM, language="en")

        answer = self.check(step, rows[0].sentence_hash)

        assert answer.status_code == 200, answer.json()
        assert answer.json()["claims"][0]["state"] == ClaimState.CORRECT

    def test_need_an_address_where_a_source_is_the_basis(self, make: Maker) -> None:
        step = now_claimed(make, body=WITH_CLAIM)

        answer = self.check(step, self.hashes(step, make)[0], basis="source", source_url="")

        assert answer.status_code == 422
        assert answer.json()["code"] == "check_incomplete"

    @pytest.mark.parametrize("changes", [{"state": "fine"}, {"basis": "a hunch"}, {"sentence_hash": 7}])
    def test_refuse_words_that_there_are_not(self, make: Maker, changes: dict[str, object]) -> None:
        step = now_claimed(make, body=WITH_CLAIM)

        assert self.check(step, self.hashes(step, make)[0], **changes).status_code == 422

    def test_that_nobody_stated_are_unknown(self, make: Maker) -> None:
        step = now_claimed(make, body=WITH_CLAIM)

        assert self.check(step, "0" * 64).json()["code"] == "unknown_sentence"


class TestParagraphs:
    def test_stand_once_they_were_read(self, make: Maker) -> None:
        step = now_claimed(make)
        visitor = Visitor(step.editor)
        left = claim_queries.paragraphs_of(draft_id=step.draft_id, reading=make.judgement(step).reading)

        answer = visitor.ask(
            "POST", "stands", step.case_id, fence=step.fence, sentence_hashes=list(left[0].sentence_hashes)
        )

        assert answer.status_code == 200, answer.json()
        assert len(answer.json()["paragraphs"]) == len(left) - 1

    @pytest.mark.parametrize("hashes", ["all", [1], None])
    def test_refuse_what_are_no_hashes(self, make: Maker, hashes: object) -> None:
        step = now_claimed(make)

        answer = Visitor(step.editor).ask("POST", "stands", step.case_id, fence=step.fence, sentence_hashes=hashes)

        assert answer.json()["code"] == "body_invalid"
