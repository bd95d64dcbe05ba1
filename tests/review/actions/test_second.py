import pytest

from content.actors import NotPermitted, PeopleOnly, ScopeMissing
from content.drafts.refusals import StaleRevision
from content.events.models import Event
from content.permissions import Role, Scope
from content.review.actions import closing, leases, second
from content.review.facts import CaseId
from content.review.queries import cases as case_queries
from content.review.queries.facts import facts_of
from content.review.refusals import (
    AlreadyPublished,
    CaseClosed,
    LeaseHeld,
    NothingToChange,
    NotInState,
    ObjectionNotFound,
    ReasonTooShort,
)
from content.review.states import Purpose
from tests.make import NOON, Maker

REASON = "The second paragraph has no source."


class TestSendBack:
    @pytest.mark.parametrize(("code", "reason"), [("facts", "no"), ("mood", REASON), ("", REASON), ("facts", " " * 30)])
    def test_needs_a_reason_to_act_on(self, make: Maker, code: str, reason: str) -> None:
        step = make.reviewed()

        with pytest.raises(ReasonTooShort):
            second.send_back(case_id=step.case_id, reason_code=code, reason=reason, by=step.approver, at=NOON)  # type: ignore[arg-type]

    def test_is_for_approvers(self, make: Maker) -> None:
        step = make.signed()

        with pytest.raises(NotPermitted):
            second.send_back(case_id=step.case_id, reason_code="facts", reason=REASON, by=make.manager(), at=NOON)

    def test_waits_while_another_approver_holds_the_case(self, make: Maker) -> None:
        step = make.reviewed()

        with pytest.raises(LeaseHeld):
            second.send_back(case_id=step.case_id, reason_code="facts", reason=REASON, by=make.approver(), at=NOON)

    def test_is_not_possible_before_a_sign_off(self, make: Maker) -> None:
        step = make.edited()

        with pytest.raises(NotInState):
            second.send_back(case_id=step.case_id, reason_code="facts", reason=REASON, by=make.approver(), at=NOON)

    def test_gives_the_case_to_its_editor(self, make: Maker) -> None:
        step = make.reviewed()

        make.end_by("send_back", step)

        assert case_queries.get_case(case_id=step.case_id).assignee_id == step.editor.id
        voided = Event.objects.get(fact="sign_off_voided.v1")
        assert (voided.actor_kind, voided.payload["void_cause"]) == ("system", "sent_back")
        assert voided.cause == Event.objects.get(fact="case_sent_back.v1").pk


class TestLiftObjection:
    def test_is_for_its_author(self, make: Maker) -> None:
        step = make.reviewed()
        make.end_by("send_back", step)
        (objection,) = facts_of(case_id=step.case_id).objections

        second.lift_objection(objection_id=objection.id, by=step.approver, at=NOON)  # type: ignore[arg-type]

        assert facts_of(case_id=step.case_id).objections == ()

    def test_is_for_a_manager_who_says_why(self, make: Maker) -> None:
        step, manager = make.reviewed(), make.manager()
        make.end_by("send_back", step)
        (objection,) = facts_of(case_id=step.case_id).objections

        with pytest.raises(NotPermitted):
            second.lift_objection(objection_id=objection.id, by=make.approver(), reason=REASON, at=NOON)
        with pytest.raises(ReasonTooShort):
            second.lift_objection(objection_id=objection.id, by=manager, at=NOON)
        second.lift_objection(objection_id=objection.id, by=manager, reason=REASON, at=NOON)

        with pytest.raises(ObjectionNotFound):
            second.lift_objection(objection_id=objection.id, by=manager, reason=REASON, at=NOON)

    def test_of_nothing_is_refused(self, make: Maker) -> None:
        with pytest.raises(ObjectionNotFound):
            second.lift_objection(objection_id=4711, by=make.manager(), at=NOON)


class TestRequestChanges:
    def test_needs_a_comment_for_the_source(self, make: Maker) -> None:
        step = make.claimed()

        with pytest.raises(NothingToChange):
            second.request_changes(case_id=step.case_id, by=step.editor, at=NOON)

    def test_waits_for_the_source(self, make: Maker) -> None:
        step = make.claimed()

        make.end_by("request_changes", step)

        assert make.state(step) == "changes_requested"
        assert len(Event.objects.get(fact="changes_requested.v1").payload["comment_ids"]) == 1

    def test_by_an_approver_voids_the_sign_off(self, make: Maker) -> None:
        step = make.edited()
        make.ask_source(step)
        thread = make.threads(step)[0]
        make.resolve(thread, step)
        make.sign(step)
        second_step = make.claim_to_approve(step, make.approver())
        make.reopen(thread, step)

        second.request_changes(case_id=step.case_id, by=second_step.approver, at=NOON)  # type: ignore[arg-type]

        facts = facts_of(case_id=step.case_id)
        assert (facts.state, [each.void_cause for each in facts.sign_offs]) == (
            "changes_requested",
            ["changes_requested"],
        )

    def test_ends_with_a_claim(self, make: Maker) -> None:
        step = make.claimed()
        make.end_by("request_changes", step)

        lease = leases.claim(case_id=step.case_id, purpose=Purpose.EDIT, by=step.editor, at=NOON)
        leases.release(case_id=CaseId(lease.case_id), by=step.editor, at=NOON)

        assert make.state(step) == "queued"


class TestReject:
    def test_ends_the_case(self, make: Maker) -> None:
        step = make.claimed()

        make.end_by("reject", step)

        case = case_queries.get_case(case_id=step.case_id)
        assert (case.state, case.closing_code, case.closed_at) == ("rejected", "not_needed", NOON)
        assert case.closed_by.startswith("person:")

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.COMMENTER, Role.AUDITOR, Role.PUBLISHER])
    def test_is_for_approvers_and_managers(self, make: Maker, role: Role) -> None:
        step = make.claimed()

        with pytest.raises(NotPermitted):
            closing.reject(case_id=step.case_id, reason_code="wrong", reason=REASON, by=make.person(role), at=NOON)

    def test_needs_a_reason(self, make: Maker) -> None:
        step = make.claimed()

        with pytest.raises(ReasonTooShort):
            closing.reject(case_id=step.case_id, reason_code="wrong", reason="bad", by=make.manager(), at=NOON)

    def test_happens_once(self, make: Maker) -> None:
        step = make.claimed()
        make.end_by("reject", step)

        with pytest.raises(CaseClosed):
            make.end_by("reject", step)


class TestWithdraw:
    def test_is_for_the_source_of_the_draft(self, make: Maker) -> None:
        cms = make.cms()
        step = make.claimed(cms=cms)

        case = closing.withdraw(case_id=step.case_id, by=cms, reason="Written twice.", at=NOON)

        assert (case.state, case.closed_by) == ("withdrawn", f"source:{cms.source_id}")

    def test_keeps_what_an_editor_was_typing(self, make: Maker) -> None:
        cms = make.cms()
        step = make.claimed(cms=cms)
        make.type(step, "# Bread\n\nTyped and not saved.\n")

        closing.withdraw(case_id=step.case_id, by=cms, at=NOON)

        assert make.head(step).text == "# Bread\n\nTyped and not saved.\n"

    def test_is_not_for_another_source(self, make: Maker) -> None:
        step = make.claimed()

        with pytest.raises(ScopeMissing):
            closing.withdraw(case_id=step.case_id, by=make.cms(), at=NOON)

    def test_needs_the_scope(self, make: Maker) -> None:
        source = make.source()
        cms = make.cms(source=source)
        step = make.claimed(cms=cms)
        reader = make.program(source, Scope.DRAFTS_READ)

        with pytest.raises(ScopeMissing):
            closing.withdraw(case_id=step.case_id, by=reader, at=NOON)

    def test_is_for_managers_among_people(self, make: Maker) -> None:
        step = make.claimed()

        with pytest.raises(NotPermitted):
            closing.withdraw(case_id=step.case_id, by=step.editor, at=NOON)

    def test_compares_what_the_caller_saw(self, make: Maker) -> None:
        cms = make.cms()
        step = make.claimed(cms=cms)
        seen = case_queries.etag_of(draft=case_queries.get_case(case_id=step.case_id).draft)
        make.save(step, "# Bread\n\nAnother text altogether.\n")

        with pytest.raises(StaleRevision) as refused:
            closing.withdraw(case_id=step.case_id, by=cms, expected_etag=seen, at=NOON)

        now = case_queries.etag_of(draft=case_queries.get_case(case_id=step.case_id).draft)
        assert refused.value.params["current"] == now
        assert closing.withdraw(case_id=step.case_id, by=cms, expected_etag=now, at=NOON).state == "withdrawn"

    def test_is_too_late_once_a_version_was_out(self, make: Maker) -> None:
        cms = make.cms()
        step = make.published(cms=cms)
        make.resubmit(step, cms, "# Bread\n\nA new text by the machine, on loaves.\n")
        case = case_queries.open_case_of(draft_id=step.draft_id)
        assert case

        with pytest.raises(AlreadyPublished):
            closing.withdraw(case_id=CaseId(case.pk), by=cms, at=NOON)


class TestPrograms:
    def test_can_do_no_persons_act(self, make: Maker) -> None:
        cms = make.cms()
        step = make.reviewed(cms=cms)

        for act in (
            lambda: leases.claim(case_id=step.case_id, purpose=Purpose.EDIT, by=cms, at=NOON),  # type: ignore[arg-type]
            lambda: leases.release(case_id=step.case_id, by=cms, at=NOON),  # type: ignore[arg-type]
            lambda: second.send_back(case_id=step.case_id, reason_code="facts", reason=REASON, by=cms, at=NOON),  # type: ignore[arg-type]
            lambda: second.request_changes(case_id=step.case_id, by=cms, at=NOON),  # type: ignore[arg-type]
            lambda: closing.reject(case_id=step.case_id, reason_code="wrong", reason=REASON, by=cms, at=NOON),  # type: ignore[arg-type]
        ):
            with pytest.raises(PeopleOnly):
                act()
