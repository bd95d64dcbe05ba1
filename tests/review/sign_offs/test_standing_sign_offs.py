from datetime import timedelta
from typing import Any

import pytest

from content.actors import SYSTEM, NotPermitted
from content.permissions import Role
from content.policy import actions as policies
from content.policy import queries as policy_queries
from content.policy.shipped import SHIPPED
from content.review.actions import closing, leases, second
from content.review.models import GateResult
from content.review.queries import gate as gates
from content.review.queries.facts import facts_of
from content.review.refusals import (
    DigestMismatch,
    GatePending,
    NotInState,
)
from content.review.states import Purpose
from tests.make import NOON, Maker
from tests.making_cases import EDITED


class TestFourEyes:
    def policy(self, make: Maker, **changes: Any) -> None:
        body = SHIPPED["documentation"] | changes
        drafted = policies.draft_policy(slug="house", kind="documentation", body=body, by=make.manager(), at=NOON)
        policies.activate_policy(policy_id=drafted.pk, by=make.manager(), at=NOON)

    def test_let_one_person_do_while_solo_is_in_force(self, make: Maker) -> None:
        self.policy(make, four_eyes="solo", solo_until="2026-12-31")

        step = make.signed()

        assert make.state(step) == "ready"
        assert gates.publishable(case_id=step.case_id, at=NOON).four_eyes == "no"

    def test_ask_for_two_again_once_solo_is_over(self, make: Maker) -> None:
        self.policy(make, four_eyes="solo", solo_until="2026-11-24")

        assert make.state(make.signed()) == "awaiting_second"

    def test_let_an_earlier_editor_approve_under_last_push(self, make: Maker) -> None:
        self.policy(make, four_eyes="last_push")
        first = make.person(Role.EDITOR, Role.APPROVER)
        step = make.edited(editor=first)
        leases.hand_over(case_id=step.case_id, to=make.editor(), note="Please go on.", by=first, at=NOON)
        step = make.taken_over(step)
        make.save(step, EDITED.replace("Linen", "Cotton"))
        make.check_all(step)
        make.sign(step)

        make.approve(make.claim_to_approve(step, first))

        assert make.state(step) == "ready"


class TestPublishable:
    def test_holds_for_a_ready_case(self, make: Maker) -> None:
        step = make.ready()

        found = gates.publishable(case_id=step.case_id, at=NOON)

        assert found.may_go_out
        assert {each.digest for each in found.sign_offs} == {found.digest}
        assert found.four_eyes == "yes"

    def test_ends_when_the_sign_offs_age(self, make: Maker) -> None:
        step = make.ready()

        assert gates.publishable(case_id=step.case_id, at=NOON + timedelta(days=30)).may_go_out
        assert not gates.publishable(case_id=step.case_id, at=NOON + timedelta(days=31)).may_go_out

    def test_ends_with_a_stricter_policy(self, make: Maker) -> None:
        step = make.ready()
        rules: Any = SHIPPED["documentation"]["rules"]
        two = [each | {"count": 2} if each["rule"] == "required_approvals.v1" else each for each in rules]
        body = SHIPPED["documentation"] | {"rules": two}
        drafted = policies.draft_policy(
            slug="documentation", kind="documentation", body=body, by=make.manager(), at=NOON
        )
        policies.activate_policy(policy_id=drafted.pk, by=make.manager(), at=NOON)

        found = gates.publishable(case_id=step.case_id, at=NOON)

        assert policy_queries.policy_for(kind="documentation").pk == found.policy.pk == drafted.pk
        assert not found.may_go_out

    def test_does_not_hold_before_the_approval(self, make: Maker) -> None:
        step = make.signed()

        assert not gates.publishable(case_id=step.case_id, at=NOON).may_go_out


class TestCloseCase:
    def test_ends_a_ready_case(self, make: Maker) -> None:
        step = make.ready()
        head = facts_of(case_id=step.case_id).head_id

        found = closing.close_case(case_id=step.case_id, revision_id=head, by=SYSTEM, at=NOON)

        assert make.state(step) == "closed_published"
        assert found.may_go_out
        assert GateResult.objects.filter(stage="publish", approved=True).count() == 1
        assert gates.published_number(draft_id=step.draft_id) == 2

    def test_is_refused_for_another_revision(self, make: Maker) -> None:
        step = make.ready()

        with pytest.raises(DigestMismatch):
            closing.close_case(case_id=step.case_id, revision_id=0, by=SYSTEM, at=NOON)  # type: ignore[arg-type]

    def test_is_refused_before_the_case_is_ready(self, make: Maker) -> None:
        step = make.signed()

        with pytest.raises(NotInState):
            closing.close_case(
                case_id=step.case_id, revision_id=facts_of(case_id=step.case_id).head_id, by=SYSTEM, at=NOON
            )

    def test_is_refused_by_an_old_sign_off(self, make: Maker) -> None:
        step = make.ready()

        with pytest.raises(GatePending):
            closing.close_case(
                case_id=step.case_id,
                revision_id=facts_of(case_id=step.case_id).head_id,
                by=SYSTEM,
                at=NOON + timedelta(days=40),
            )

    def test_is_no_business_of_a_person(self, make: Maker) -> None:
        step = make.ready()

        with pytest.raises(NotPermitted):
            closing.close_case(
                case_id=step.case_id,
                revision_id=facts_of(case_id=step.case_id).head_id,
                by=make.manager(),  # type: ignore[arg-type]
                at=NOON,
            )


class TestAClaimToEditWhileReady:
    def test_keeps_the_case_from_going_out(self, make: Maker) -> None:
        step = make.ready()

        leases.claim(case_id=step.case_id, purpose=Purpose.EDIT, by=step.editor, at=NOON)

        assert not gates.publishable(case_id=step.case_id, at=NOON).may_go_out


class TestSendBack:
    def test_voids_the_editors_sign_off_and_stands_until_lifted(self, make: Maker) -> None:
        step = make.reviewed()

        make.end_by("send_back", step)

        facts = facts_of(case_id=step.case_id)
        assert (facts.state, facts.valid_sign_offs, len(facts.objections)) == ("queued", (), 1)

    def test_of_a_ready_case_keeps_it_from_going_out(self, make: Maker) -> None:
        step = make.ready()

        second.send_back(
            case_id=step.case_id,
            reason_code="legal",
            reason="The quotation needs a licence.",
            by=make.approver(),
            at=NOON,
        )

        assert make.state(step) == "queued"
