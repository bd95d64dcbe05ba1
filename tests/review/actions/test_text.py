import hashlib

import pytest

from content.actors import NotPermitted
from content.drafts import queries as drafts
from content.drafts.journal import JournalEntry, JournalMismatch
from content.drafts.refusals import LeaseLost, SequenceGap, StaleRevision
from content.events.models import Event
from content.review.actions import leases, text
from content.review.models import GateResult
from content.review.queries.facts import facts_of
from content.review.states import Purpose
from tests.make import NOON, Maker
from tests.making_cases import BODY, EDITED, Step, later


def typed(step: Step, insert: str, *, start: int = 0, base: str = BODY, at_ms: int = 1000) -> text.SavedText:
    """Type something at the start of the text, with a record of it."""
    entries = [
        JournalEntry(
            at_ms + 200 * index,
            "input.type",
            ((0, letter), len(base) + index) if not index else (index, (0, letter), len(base)),
        )
        for index, letter in enumerate(insert)
    ]
    after = insert + base
    return text.save_text(
        case_id=step.case_id,
        fence=step.fence,
        base=1,
        start=start,
        entries=entries,
        base_sha256=hashlib.sha256(base.encode()).hexdigest(),
        sha256=hashlib.sha256(after.encode()).hexdigest(),
        by=step.editor,
        at=later(30),
    )


class TestSaveText:
    def test_says_how_the_text_stands(self, make: Maker) -> None:
        step = make.claimed()

        saved = make.type(step, EDITED)

        assert saved.judgement.measures["words"] == 55
        assert 0.3 < (saved.judgement.evidence.effective_human_share or 0) < 0.5
        assert {each.code for each in saved.judgement.decision.blocking} >= {"declaration_asked"}
        assert saved.judgement.runs

    def test_counts_what_was_typed_in_full(self, make: Maker) -> None:
        step = make.claimed()

        saved = typed(step, "Warm loaves breathe. ")

        assert saved.seq == 21
        assert saved.judgement.measures["typed_words"] == 3

    def test_stores_nothing_but_the_working_copy(self, make: Maker) -> None:
        step = make.claimed()
        before = (Event.objects.count(), GateResult.objects.count(), facts_of(case_id=step.case_id).version)

        make.type(step, EDITED)

        assert (Event.objects.count(), GateResult.objects.count(), facts_of(case_id=step.case_id).version) == before

    def test_renews_the_lease(self, make: Maker) -> None:
        step = make.claimed()

        make.type(step, EDITED, at=later(40))

        lease = facts_of(case_id=step.case_id).lease
        assert lease
        assert (lease.seen_at, lease.active_seconds) == (later(40), 40)

    def test_names_the_entry_that_is_missing(self, make: Maker) -> None:
        step = make.claimed()
        typed(step, "On ")

        with pytest.raises(SequenceGap) as refused:
            typed(step, "More on ", start=7)

        assert refused.value.params["expected"] == 3

    def test_refuses_a_record_that_leads_elsewhere(self, make: Maker) -> None:
        step = make.claimed()

        with pytest.raises(JournalMismatch):
            typed(step, "On ", base="Another text.")

    def test_refuses_an_old_fence(self, make: Maker) -> None:
        step = make.claimed()
        leases.hand_over(case_id=step.case_id, to=make.editor(), note="Please go on.", by=step.editor, at=NOON)

        with pytest.raises(LeaseLost):
            make.type(step, EDITED)

    def test_refuses_another_base_than_the_head(self, make: Maker) -> None:
        step = make.claimed()
        make.save(step, EDITED)

        with pytest.raises(StaleRevision):
            typed(step, "On ")

    def test_is_not_for_approvers(self, make: Maker) -> None:
        step = make.reviewed()

        with pytest.raises(NotPermitted):
            text.save_version(case_id=step.case_id, fence=step.fence, base=2, by=step.approver, at=NOON)  # type: ignore[arg-type]


class TestSaveVersion:
    def test_measures_and_judges_at_once(self, make: Maker) -> None:
        step = make.claimed()
        make.type(step, EDITED)

        saved = text.save_version(case_id=step.case_id, fence=step.fence, base=1, by=step.editor, at=later(60))

        assert (saved.revision.number, saved.changed) == (2, True)
        assert saved.judgement.evidence.waits_for == ()
        assert GateResult.objects.filter(revision=saved.revision).count() == 1

    def test_changes_nothing_when_nothing_was_typed(self, make: Maker) -> None:
        step = make.claimed()

        saved = text.save_version(case_id=step.case_id, fence=step.fence, base=1, by=step.editor, at=NOON)

        assert (saved.revision.number, saved.changed) == (1, False)

    def test_says_what_the_attribution_says(self, make: Maker) -> None:
        step = make.claimed()
        autosaved = make.type(step, EDITED)

        saved = text.save_version(case_id=step.case_id, fence=step.fence, base=1, by=step.editor, at=NOON)

        assert saved.judgement.measures == autosaved.judgement.measures
        assert saved.judgement.evidence.digest == autosaved.judgement.evidence.digest

    def test_voids_what_was_signed_before(self, make: Maker) -> None:
        step = make.again(make.ready())

        make.save(step, EDITED.replace("waste nothing", "throw nothing away"))

        assert facts_of(case_id=step.case_id).valid_sign_offs == ()

    def test_carries_sign_offs_over_white_space(self, make: Maker) -> None:
        step = make.again(make.ready())

        make.save(step, EDITED.replace("\n\nNever", "\n\n\nNever"))
        leases.release(case_id=step.case_id, by=step.editor, at=later(60))

        facts = facts_of(case_id=step.case_id)
        assert (len(facts.valid_sign_offs), facts.state) == (2, "ready")
        assert {each.carried_to for each in facts.sign_offs} == {frozenset({facts.head_id})}

    def test_carries_nothing_where_the_policy_does_not(self, make: Maker) -> None:
        step = make.again(make.ready(kind="news"))

        make.save(step, EDITED.replace("\n\nNever", "\n\n\nNever"))

        assert facts_of(case_id=step.case_id).valid_sign_offs == ()


class TestRestore:
    def test_makes_an_older_text_a_new_version(self, make: Maker) -> None:
        step = make.edited()

        saved = text.restore(case_id=step.case_id, fence=step.fence, number=1, by=step.editor, at=later(60))

        assert (saved.revision.number, saved.revision.text) == (3, BODY)

    def test_brings_no_sign_off_back(self, make: Maker) -> None:
        step = make.again(make.signed())
        make.save(step, EDITED.replace("Linen", "Cotton"))

        text.restore(case_id=step.case_id, fence=step.fence, number=2, by=step.editor, at=later(60))
        leases.release(case_id=step.case_id, by=step.editor, at=later(61))

        facts = facts_of(case_id=step.case_id)
        assert drafts.head_of(draft_id=step.draft_id).text == EDITED
        assert (facts.valid_sign_offs, facts.state) == ((), "queued")


class TestClaimingAgain:
    def test_to_edit_keeps_what_was_signed_until_something_changes(self, make: Maker) -> None:
        step = make.signed()

        leases.claim(case_id=step.case_id, purpose=Purpose.EDIT, by=make.editor(), at=NOON)

        assert len(facts_of(case_id=step.case_id).valid_sign_offs) == 1
