from datetime import timedelta
from typing import Any

import pytest

from content.actors import SYSTEM, NotPermitted, PeopleOnly
from content.drafts.refusals import LeaseLost, UnsavedText
from content.events.models import Event
from content.permissions import Role
from content.policy import actions as policies
from content.policy.shipped import SHIPPED
from content.review.models import GateResult, SignOff
from content.review.queries import gate as gates
from content.review.queries.facts import facts_of
from content.review.refusals import (
    DeclarationIncomplete,
    DigestMismatch,
    EvidenceNotReady,
    GatePending,
    NotADistinctPerson,
    NotInState,
    ReauthenticationRequired,
)
from tests.make import NOON, Maker
from tests.making_cases import EDITED, later


class TestSign:
    def test_binds_a_person_to_exact_bytes(self, make: Maker) -> None:
        step = make.edited()

        sign_off = make.sign(step)

        facts = facts_of(case_id=step.case_id)
        assert (sign_off.digest, sign_off.revision_id) == (facts.head_digest, facts.head_id)
        assert (sign_off.kind, sign_off.person_id, sign_off.contributor) == ("editor", step.editor.id, True)
        assert (sign_off.statement, len(sign_off.statement_sha256)) == ("editor.v1", 64)
        assert sign_off.declaration["competence"] == "practitioner"
        assert facts.state == "awaiting_second"

    def test_keeps_what_the_gate_saw(self, make: Maker) -> None:
        step = make.edited()

        sign_off = make.sign(step)

        result = GateResult.objects.get(pk=sign_off.gate_result_id)
        assert (result.stage, result.approved, result.claim_level) == ("sign", True, "substantially_edited")
        assert result.disclosure == "out_of_scope"
        assert result.evidence_digest == sign_off.evidence_digest

    def test_records_one_fact_of_the_person_and_draws_the_rest_itself(self, make: Maker) -> None:
        step = make.edited()

        make.sign(step)

        given = Event.objects.get(fact="sign_off_given.v1")
        drawn = Event.objects.filter(pk__gt=given.pk)
        assert (given.actor_kind, given.actor) == ("person", str(step.editor.id))
        assert {(each.actor_kind, each.cause) for each in drawn} <= {("system", given.pk)}

    @pytest.mark.parametrize("role", [each for each in Role if each is not Role.EDITOR])
    def test_is_for_editors(self, make: Maker, role: Role) -> None:
        step = make.edited()

        with pytest.raises(NotPermitted):
            make.sign(step, by=make.person(role))

    def test_is_never_done_by_a_program(self, make: Maker) -> None:
        step, cms = make.edited(), make.cms()

        with pytest.raises(PeopleOnly):
            make.sign(step, by=cms)
        with pytest.raises(PeopleOnly):
            make.sign(step, by=SYSTEM)

    def test_needs_the_lease(self, make: Maker) -> None:
        step = make.edited()

        with pytest.raises(LeaseLost):
            make.sign(step, fence=step.fence - 1)
        with pytest.raises(LeaseLost):
            make.sign(step, by=make.editor())
        with pytest.raises(LeaseLost):
            make.sign(step, at=later(1801))

    @pytest.mark.parametrize("seconds", [301, 86_400])
    def test_needs_a_fresh_log_in(self, make: Maker, seconds: int) -> None:
        step = make.edited()

        with pytest.raises(ReauthenticationRequired):
            make.sign(step, authenticated_at=NOON - timedelta(seconds=seconds))

    def test_takes_a_log_in_of_five_minutes(self, make: Maker) -> None:
        step = make.edited()

        assert make.sign(step, authenticated_at=NOON - timedelta(seconds=300)).auth_method == "password"

    @pytest.mark.parametrize("shown", [{"digest": "sha256:" + "0" * 64}, {"policy_version": 7}])
    def test_is_refused_for_what_was_not_shown(self, make: Maker, shown: dict[str, Any]) -> None:
        step = make.edited()

        with pytest.raises(DigestMismatch):
            make.sign(step, **shown)

    def test_is_refused_after_the_policy_changed(self, make: Maker) -> None:
        step = make.edited()
        shown = facts_of(case_id=step.case_id).policy_version
        body = SHIPPED["documentation"] | {"due": "9d"}
        drafted = policies.draft_policy(
            slug="documentation", kind="documentation", body=body, by=make.manager(), at=NOON
        )
        policies.activate_policy(policy_id=drafted.pk, by=make.manager(), at=NOON)

        with pytest.raises(DigestMismatch):
            make.sign(step, policy_version=shown)
        assert make.sign(step).policy_id == drafted.pk

    def test_is_refused_while_something_is_typed_and_not_saved(self, make: Maker) -> None:
        step = make.edited()
        make.type(step, EDITED + "\nOne more.\n")

        with pytest.raises(UnsavedText):
            make.sign(step)

    def test_takes_a_working_copy_that_says_the_same(self, make: Maker) -> None:
        step = make.edited()
        make.type(step, EDITED)

        assert make.sign(step).kind == "editor"

    @pytest.mark.parametrize(
        ("answers", "fields"),
        [
            ({"facts_checked": False}, ("facts_checked",)),
            ({"tools": None}, ("tools",)),
            ({"competence_note": ""}, ("competence_note",)),
            ({"public_interest": None}, ("public_interest",)),
            ({"responsible_id": None}, ("responsible",)),
            ({"reading_note": ""}, ("reading_note",)),
        ],
    )
    def test_names_the_answers_that_are_missing(
        self, make: Maker, answers: dict[str, Any], fields: tuple[str, ...]
    ) -> None:
        step = make.edited()

        with pytest.raises(DeclarationIncomplete) as refused:
            make.sign(step, declaration=make.declaration(**answers))

        assert refused.value.fields == fields

    def test_lists_every_verdict_in_the_way(self, make: Maker) -> None:
        step = make.claimed()
        make.save(step, EDITED)
        make.ask_source(step)

        with pytest.raises(GatePending) as refused:
            make.sign(step)

        assert {each.to_value()["code"] for each in refused.value.verdicts} == {"threads_open"} | {
            each.code for each in make.judgement(step).decision.not_asked
        }

    def test_waits_for_a_text_that_is_not_measured(self, make: Maker) -> None:
        case = make.unmeasured_case()
        step = make.claim(case)

        with pytest.raises(EvidenceNotReady):
            make.sign(step)

    def test_refuses_somebody_who_answers_for_nothing(self, make: Maker) -> None:
        step = make.edited()

        with pytest.raises(GatePending):
            make.sign(step, declaration=make.declaration(responsible_id=4711))

    def test_changes_nothing_when_it_is_refused(self, make: Maker) -> None:
        step = make.claimed()
        before = (Event.objects.count(), GateResult.objects.count(), facts_of(case_id=step.case_id))

        with pytest.raises(GatePending):
            make.sign(step)

        after = (Event.objects.count(), GateResult.objects.count(), facts_of(case_id=step.case_id))
        assert after == before

    def test_claims_only_a_review_for_what_a_tool_wrote(self, make: Maker) -> None:
        step = make.edited()
        tools = [{"name": "writer", "ai": True, "used_for": "wrote_text", "passages": [[0, 40]]}]

        sign_off = make.sign(step, declaration=make.declare(tools=tools))

        assert GateResult.objects.get(pk=sign_off.gate_result_id).claim_level == "reviewed"

    def test_happens_once(self, make: Maker) -> None:
        step = make.edited()
        make.sign(step)

        with pytest.raises(NotInState):
            make.sign(step)
        assert SignOff.objects.count() == 1


class TestApprove:
    def test_makes_a_case_ready(self, make: Maker) -> None:
        step = make.reviewed()

        sign_off = make.approve(step)

        assert (sign_off.kind, sign_off.statement, make.state(step)) == ("approver", "approver.v1", "ready")
        ready = Event.objects.get(fact="case_ready.v1")
        assert (ready.actor_kind, ready.payload["digest"]) == ("system", sign_off.digest)

    def test_is_judged_as_if_it_were_given(self, make: Maker) -> None:
        step = make.reviewed()
        assert not gates.gate_of(case_id=step.case_id, at=NOON).decision.approved

        make.approve(step)

        assert gates.gate_of(case_id=step.case_id, at=NOON).decision.approved

    @pytest.mark.parametrize("role", [each for each in Role if each is not Role.APPROVER])
    def test_is_for_approvers(self, make: Maker, role: Role) -> None:
        step = make.reviewed()

        with pytest.raises(NotPermitted):
            make.approve(step, by=make.person(role))

    def test_is_never_done_by_a_program(self, make: Maker) -> None:
        step, cms = make.reviewed(), make.cms()

        with pytest.raises(PeopleOnly):
            make.approve(step, by=cms)

    def test_needs_the_lease(self, make: Maker) -> None:
        step = make.reviewed()

        with pytest.raises(LeaseLost):
            make.approve(step, fence=step.fence - 1)
        with pytest.raises(LeaseLost):
            make.approve(step, by=make.approver())

    def test_needs_a_fresh_log_in(self, make: Maker) -> None:
        step = make.reviewed()

        with pytest.raises(ReauthenticationRequired):
            make.approve(step, authenticated_at=NOON - timedelta(hours=1))

    def test_is_bound_to_the_text_that_was_shown(self, make: Maker) -> None:
        step = make.reviewed()

        with pytest.raises(DigestMismatch):
            make.approve(step, digest="sha256:" + "0" * 64)

    def test_is_not_for_who_asked_the_model(self, make: Maker) -> None:
        approver = make.person(Role.APPROVER, email="cleo@example.org")
        step = make.signed(requested_by={"subject": "cleo@example.org"})

        with pytest.raises(NotADistinctPerson):
            make.claim_to_approve(step, approver)

    def test_asks_for_a_whole_declaration(self, make: Maker) -> None:
        step = make.reviewed()

        with pytest.raises(DeclarationIncomplete):
            make.approve(step, declaration=make.declaration(sources_checked=False))

    def test_lifts_the_approvers_own_objection(self, make: Maker) -> None:
        approver = make.approver()
        step = make.reviewed(approver=approver)
        make.end_by("send_back", step)
        again = make.again(step)
        make.sign(again)

        make.approve(make.claim_to_approve(step, approver))

        assert (make.state(step), facts_of(case_id=step.case_id).objections) == ("ready", ())

    def test_does_not_lift_anothers(self, make: Maker) -> None:
        step = make.reviewed()
        make.end_by("send_back", step)
        make.sign(make.again(step))
        other = make.claim_to_approve(step, make.approver())

        with pytest.raises(GatePending) as refused:
            make.approve(other)

        assert [each.to_value()["code"] for each in refused.value.verdicts] == ["objection_open"]
