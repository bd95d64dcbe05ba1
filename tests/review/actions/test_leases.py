from datetime import timedelta

import pytest

from content.actors import NotPermitted
from content.conf import conf
from content.drafts import queries as drafts
from content.drafts.refusals import LeaseLost
from content.permissions import Role
from content.review.actions import cases, leases
from content.review.facts import CaseId
from content.review.queries.facts import facts_of
from content.review.refusals import (
    LeaseHeld,
    NotADistinctPerson,
    NothingWaits,
    NotInState,
    ReasonTooShort,
    WipLimit,
)
from content.review.states import Purpose
from tests.make import NOON, Maker
from tests.making_cases import EDITED, later

EXPIRY = timedelta(seconds=1801)


class TestClaim:
    def test_gives_the_case_to_an_editor(self, make: Maker) -> None:
        case, editor = make.case(), make.editor()

        lease = leases.claim(case_id=CaseId(case.pk), purpose=Purpose.EDIT, by=editor, at=NOON)

        facts = facts_of(case_id=CaseId(case.pk))
        assert (facts.state, facts.lease and facts.lease.holder_id) == ("in_review", editor.id)
        assert lease.expires_at == NOON + timedelta(seconds=conf.lease_seconds)
        assert lease.fence == facts.fence == 1

    def test_is_refused_while_somebody_holds_it(self, make: Maker) -> None:
        step = make.claimed()

        with pytest.raises(NotInState):
            leases.claim(case_id=step.case_id, purpose=Purpose.EDIT, by=make.editor(), at=NOON)

    def test_is_refused_while_an_approver_holds_it(self, make: Maker) -> None:
        step = make.reviewed()

        with pytest.raises(LeaseHeld):
            leases.claim(case_id=step.case_id, purpose=Purpose.EDIT, by=step.editor, at=NOON)

    def test_needs_the_permission(self, make: Maker) -> None:
        case = make.case()

        with pytest.raises(NotPermitted):
            leases.claim(case_id=CaseId(case.pk), purpose=Purpose.EDIT, by=make.approver(), at=NOON)

    def test_needs_a_grant_that_reaches_the_case(self, make: Maker) -> None:
        case = make.case()

        with pytest.raises(NotPermitted):
            leases.claim(
                case_id=CaseId(case.pk), purpose=Purpose.EDIT, by=make.person(Role.EDITOR, kind="news"), at=NOON
            )

    def test_stops_at_five(self, make: Maker) -> None:
        editor = make.editor()
        for _ in range(conf.wip_limit):
            make.claimed(editor=editor)

        with pytest.raises(WipLimit):
            make.claimed(editor=editor)

    def test_takes_over_what_ran_out_and_keeps_its_text(self, make: Maker) -> None:
        step = make.claimed()
        make.type(step, EDITED)

        leases.claim(case_id=step.case_id, purpose=Purpose.EDIT, by=make.editor(), at=NOON + EXPIRY)

        head = drafts.head_of(draft_id=step.draft_id)
        assert (head.number, head.text, head.author) == (2, EDITED, f"person:{step.editor.id}")

    def test_to_approve_is_not_for_contributors(self, make: Maker) -> None:
        both = make.person(Role.EDITOR, Role.APPROVER)
        step = make.signed(editor=both)

        with pytest.raises(NotADistinctPerson):
            make.claim_to_approve(step, both)

    def test_to_approve_is_not_for_a_second_account_of_a_contributor(self, make: Maker) -> None:
        step = make.signed(editor=make.person(Role.EDITOR, email="ada@example.org"))

        with pytest.raises(NotADistinctPerson):
            make.claim_to_approve(step, make.person(Role.APPROVER, email="Ada@Example.org"))

    def test_to_approve_leaves_the_state(self, make: Maker) -> None:
        step = make.reviewed()

        assert make.state(step) == "awaiting_second"


class TestClaimNext:
    def test_takes_the_most_urgent(self, make: Maker) -> None:
        make.case(priority="normal")
        urgent = make.case(priority="urgent")

        lease = leases.claim_next(by=make.editor(), at=NOON)

        assert lease.case_id == urgent.pk

    def test_takes_the_one_that_is_due_first(self, make: Maker) -> None:
        make.case(due_at="2026-11-28T12:00:00Z")
        first = make.case(due_at="2026-11-26T12:00:00Z")

        assert leases.claim_next(by=make.editor(), at=NOON).case_id == first.pk

    def test_prefers_what_is_assigned_and_leaves_what_others_have(self, make: Maker) -> None:
        manager, mine, other = make.manager(), make.editor(), make.editor()
        taken, assigned = make.case(priority="urgent"), make.case(priority="low")
        cases.assign(case_id=CaseId(taken.pk), user_id=other.id, by=manager, at=NOON)
        cases.assign(case_id=CaseId(assigned.pk), user_id=mine.id, by=manager, at=NOON)

        assert leases.claim_next(by=mine, at=NOON).case_id == assigned.pk
        with pytest.raises(NothingWaits):
            leases.claim_next(by=mine, at=NOON)

    def test_looks_where_the_grants_reach(self, make: Maker) -> None:
        make.case(language="en")

        with pytest.raises(NothingWaits):
            leases.claim_next(by=make.person(Role.EDITOR, language="de"), at=NOON)

    def test_says_that_one_holds_enough(self, make: Maker) -> None:
        editor = make.editor()
        for _ in range(conf.wip_limit):
            make.claimed(editor=editor)
        make.case()

        with pytest.raises(WipLimit):
            leases.claim_next(by=editor, at=NOON)

    def test_finds_what_to_approve_among_what_one_did_not_write(self, make: Maker) -> None:
        both = make.person(Role.EDITOR, Role.APPROVER)
        make.signed(editor=both, priority="urgent")
        foreign = make.signed()

        lease = leases.claim_next(purpose=Purpose.APPROVE, by=both, at=NOON)

        assert lease.case_id == foreign.case_id


class TestRenew:
    def test_extends_the_lease_and_counts_the_time(self, make: Maker) -> None:
        step = make.claimed()

        leases.renew(case_id=step.case_id, fence=step.fence, by=step.editor, at=later(30))
        lease = leases.renew(case_id=step.case_id, fence=step.fence, by=step.editor, at=later(75))

        assert lease.active_seconds == 75
        assert lease.expires_at == later(75) + timedelta(seconds=conf.lease_seconds)

    def test_counts_no_silence_of_more_than_a_minute(self, make: Maker) -> None:
        step = make.claimed()

        lease = leases.renew(case_id=step.case_id, fence=step.fence, by=step.editor, at=later(61))

        assert lease.active_seconds == 0

    def test_is_refused_with_an_old_fence(self, make: Maker) -> None:
        step = make.claimed()

        with pytest.raises(LeaseLost):
            leases.renew(case_id=step.case_id, fence=step.fence - 1, by=step.editor, at=NOON)

    def test_is_refused_once_the_time_is_over(self, make: Maker) -> None:
        step = make.claimed()

        with pytest.raises(LeaseLost):
            leases.renew(case_id=step.case_id, fence=step.fence, by=step.editor, at=NOON + EXPIRY)

    def test_records_no_fact(self, make: Maker) -> None:
        step = make.claimed()
        before = facts_of(case_id=step.case_id).version

        leases.renew(case_id=step.case_id, fence=step.fence, by=step.editor, at=later(5))

        assert facts_of(case_id=step.case_id).version == before


class TestRelease:
    def test_gives_the_case_back_with_its_text(self, make: Maker) -> None:
        step = make.claimed()
        make.type(step, EDITED)

        leases.release(case_id=step.case_id, by=step.editor, at=later(60))

        assert make.state(step) == "queued"
        assert drafts.head_of(draft_id=step.draft_id).text == EDITED

    def test_gives_ready_back_when_nothing_was_changed(self, make: Maker) -> None:
        step = make.ready()
        leases.claim(case_id=step.case_id, purpose=Purpose.EDIT, by=step.editor, at=NOON)
        assert make.state(step) == "in_review"

        leases.release(case_id=step.case_id, by=step.editor, at=later(60))

        assert make.state(step) == "ready"

    def test_voids_the_sign_offs_when_something_was(self, make: Maker) -> None:
        step = make.ready()
        lease = leases.claim(case_id=step.case_id, purpose=Purpose.EDIT, by=step.editor, at=NOON)
        make.type(make.holding(step, lease), EDITED.replace("Linen", "Cotton or linen"))

        leases.release(case_id=step.case_id, by=step.editor, at=later(60))

        assert make.state(step) == "queued"
        assert [each.void_cause for each in facts_of(case_id=step.case_id).sign_offs] == ["substantive"] * 2

    def test_of_another_needs_a_manager_and_a_reason(self, make: Maker) -> None:
        step, manager = make.claimed(), make.manager()

        with pytest.raises(NotPermitted):
            leases.release(case_id=step.case_id, by=make.editor(), at=NOON)
        with pytest.raises(ReasonTooShort):
            leases.release(case_id=step.case_id, by=manager, reason="gone", at=NOON)
        leases.release(case_id=step.case_id, by=manager, reason="On leave until Monday.", at=NOON)

        assert make.state(step) == "queued"

    def test_of_nothing_is_refused(self, make: Maker) -> None:
        case = make.case()

        with pytest.raises(LeaseLost):
            leases.release(case_id=CaseId(case.pk), by=make.editor(), at=NOON)


class TestHandOver:
    def test_gives_case_and_text_to_another(self, make: Maker) -> None:
        step, other = make.claimed(), make.editor()
        make.type(step, EDITED)

        lease = leases.hand_over(case_id=step.case_id, to=other, note="Check paragraph two.", by=step.editor, at=NOON)

        assert (lease.holder_id, make.state(step)) == (other.id, "in_review")
        assert drafts.head_of(draft_id=step.draft_id).text == EDITED
        assert facts_of(case_id=step.case_id).open_threads == 0

    def test_needs_a_note(self, make: Maker) -> None:
        step = make.claimed()

        with pytest.raises(ReasonTooShort):
            leases.hand_over(case_id=step.case_id, to=make.editor(), note="yours", by=step.editor, at=NOON)

    def test_needs_somebody_who_may_take_it(self, make: Maker) -> None:
        step = make.claimed()

        with pytest.raises(NotPermitted):
            leases.hand_over(
                case_id=step.case_id, to=make.approver(), note="Please look at it.", by=step.editor, at=NOON
            )
        assert facts_of(case_id=step.case_id).lease is not None

    def test_is_for_the_holder(self, make: Maker) -> None:
        step, other = make.claimed(), make.editor()

        with pytest.raises(LeaseLost):
            leases.hand_over(case_id=step.case_id, to=other, note="I take this one.", by=other, at=NOON)
