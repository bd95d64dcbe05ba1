"""Any order of acts by anybody: nothing is ready without two valid yeses to exactly its text, and nothing gets lost."""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from content.actors import SYSTEM, Person
from content.drafts import queries as drafts
from content.errors import ReviewDeskError
from content.events.models import Event
from content.permissions import Role
from content.review.actions import closing, comments, judging, leases, second, text
from content.review.models import Lease, SignOff
from content.review.queries import cases as case_queries
from content.review.queries import gate as gates
from content.review.queries.facts import facts_of
from content.review.queries.problems import problems
from content.review.states import OPEN_STATES, CaseState, Purpose, SignOffKind
from tests.make import NOON, Maker
from tests.making_cases import EDITED, Step

EXAMPLES = int(os.environ.get("REVIEW_MACHINE_EXAMPLES", "6"))
"The nightly lane sets 2,000."
TEXTS = (
    EDITED,
    EDITED.replace("Linen", "Cotton"),
    EDITED.replace("\n\nNever", "\n\n\nNever"),
    EDITED.replace("Toast", "Roast"),
)
MACHINE_TEXTS = (EDITED, "# Bread\n\nWritten anew by a machine.\n")
SIGNED_BY_TWO = 2


class Review(RuleBasedStateMachine):
    """One case, three editors, two approvers, somebody with two accounts, a program, and a clock that jumps."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.make = Maker()
        self.cms = self.make.cms()
        self.now = NOON
        twice = "twice@example.org"
        self.editors = [self.make.editor(), self.make.editor(), self.make.person(Role.EDITOR, email=twice)]
        self.approvers = [self.make.approver(), self.make.person(Role.APPROVER, email=twice)]
        self.manager = self.make.manager()
        self.step: Step = self.make.edited(editor=self.editors[0], cms=self.cms)
        self.saved = {EDITED}
        self.typed: dict[int, str] = {}
        self.closed: str = ""

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def attempt(self, act: Callable[[], Any]) -> bool:
        """Do something that may be refused; a refusal changes nothing."""
        before = (Event.objects.count(), SignOff.objects.count(), Lease.objects.count())
        try:
            with transaction.atomic():
                act()
        except ReviewDeskError:
            assert (Event.objects.count(), SignOff.objects.count(), Lease.objects.count()) == before
            return False
        return True

    def held_by(self, person: Person) -> Step:
        """Return the case as this person would hold it."""
        lease = Lease.objects.filter(case=self.step.case_id).order_by("-id").first()
        return Step(
            case_id=self.step.case_id,
            draft_id=self.step.draft_id,
            at=self.now,
            editor=person,
            approver=person,
            lease=lease,
        )

    @rule(seconds=st.sampled_from([1, 50, 400, 1900, 200_000]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(who=st.integers(0, 2))
    def claim(self, who: int) -> None:
        by = self.editors[who]
        self.attempt(lambda: leases.claim(case_id=self.step.case_id, purpose=Purpose.EDIT, by=by, at=self.now))

    @rule(who=st.integers(0, 1))
    def claim_to_approve(self, who: int) -> None:
        by = self.approvers[who]
        self.attempt(lambda: leases.claim(case_id=self.step.case_id, purpose=Purpose.APPROVE, by=by, at=self.now))

    @rule(who=st.integers(0, 2), body=st.sampled_from(TEXTS))
    def type(self, who: int, body: str) -> None:
        if self.attempt(lambda: self.make.type(self.held_by(self.editors[who]), body)):
            self.typed[who] = body

    @rule(who=st.integers(0, 2), body=st.sampled_from(TEXTS))
    def save(self, who: int, body: str) -> None:
        if self.attempt(lambda: self.make.save(self.held_by(self.editors[who]), body)):
            self.saved.add(body)
            self.typed.pop(who, None)

    @rule(who=st.integers(0, 2), number=st.integers(1, 4))
    def restore(self, who: int, number: int) -> None:
        step = self.held_by(self.editors[who])
        self.attempt(
            lambda: text.restore(case_id=step.case_id, fence=step.fence, number=number, by=step.editor, at=self.now)
        )

    @rule()
    def check(self) -> None:
        self.attempt(lambda: self.make.check_all(self.held_by(self.editors[0])))

    @rule(who=st.integers(0, 2))
    def sign(self, who: int) -> None:
        self.attempt(lambda: self.make.sign(self.held_by(self.editors[who])))

    @rule(who=st.integers(0, 1))
    def approve(self, who: int) -> None:
        self.attempt(lambda: self.make.approve(self.held_by(self.approvers[who])))

    @rule(who=st.integers(0, 4))
    def release(self, who: int) -> None:
        by = [*self.editors, *self.approvers][who]
        self.attempt(lambda: leases.release(case_id=self.step.case_id, by=by, at=self.now))

    @rule(who=st.integers(0, 1))
    def send_back(self, who: int) -> None:
        self.attempt(
            lambda: second.send_back(
                case_id=self.step.case_id,
                reason_code="facts",
                reason="The second paragraph has no source.",
                by=self.approvers[who],
                at=self.now,
            )
        )

    @rule()
    def lift(self) -> None:
        for objection in facts_of(case_id=self.step.case_id).objections:
            self.attempt(
                lambda each=objection: second.lift_objection(  # type: ignore[misc]
                    objection_id=each.id, reason="It was a misunderstanding.", by=self.manager, at=self.now
                )
            )

    @rule()
    def remark(self) -> None:
        self.attempt(
            lambda: comments.comment(case_id=self.step.case_id, body="Really?", by=self.approvers[0], at=self.now)
        )

    @rule()
    def answer(self) -> None:
        for thread in self.make.threads(self.step):
            self.attempt(
                lambda each=thread: comments.resolve_thread(  # type: ignore[misc]
                    comment_id=each.pk, by=self.manager, at=self.now
                )
            )

    @rule(body=st.sampled_from(MACHINE_TEXTS))
    def resubmit(self, body: str) -> None:
        def send() -> None:
            if self.make.resubmit(self.step, self.cms, body, at=self.now).changed:
                assert facts_of(case_id=self.step.case_id).valid_sign_offs == ()

        self.attempt(send)

    @rule()
    def sweep(self) -> None:
        leases.expire_leases(by=SYSTEM, at=self.now)
        judging.judge(draft_id=self.step.draft_id, by=SYSTEM, at=self.now)

    @precondition(lambda self: facts_of(case_id=self.step.case_id).state is CaseState.READY)
    @rule()
    def publish(self) -> None:
        found = gates.publishable(case_id=self.step.case_id, at=self.now)
        done = self.attempt(
            lambda: closing.close_case(case_id=self.step.case_id, revision_id=found.revision_id, by=SYSTEM, at=self.now)
        )
        assert done == found.may_go_out
        if done:
            self.closed = CaseState.CLOSED_PUBLISHED.value

    @invariant()
    def nothing_is_ready_without_two_people(self) -> None:
        facts = facts_of(case_id=self.step.case_id)
        if facts.state not in {CaseState.READY, CaseState.CLOSED_PUBLISHED}:
            return
        kinds = {each.kind: each for each in facts.valid_sign_offs}
        assert set(kinds) == set(SignOffKind)
        assert len({each.identity_key for each in kinds.values()}) == SIGNED_BY_TWO
        assert kinds[SignOffKind.APPROVER].identity_key not in facts.contributors
        for each in kinds.values():
            assert each.digest == facts.head_digest or facts.head_id in each.carried_to

    @invariant()
    def no_closed_case_opens_again(self) -> None:
        state = case_queries.get_case(case_id=self.step.case_id).state
        if self.closed:
            assert state == self.closed
        elif CaseState(state) not in OPEN_STATES:
            self.closed = state

    @invariant()
    def no_text_is_lost(self) -> None:
        kept = {revision.text for revision in drafts.revisions_of(draft_id=self.step.draft_id)}
        for editor in self.editors:
            typed = drafts.working_copy(draft_id=self.step.draft_id, person_id=editor.id)
            kept |= {typed.text} if typed else set()
        assert kept >= self.saved | set(self.typed.values())

    @invariant()
    def doctor_finds_nothing(self) -> None:
        assert problems(at=self.now) == ()


@pytest.mark.django_db
class TestReview:
    def test_keeps_its_promises_in_any_order(self) -> None:
        run_state_machine_as_test(
            Review,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
