"""The table: what follows from facts, and that what is offered succeeds and what is not is refused with its code."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from content.actors import SYSTEM, Actor, SourceId
from content.drafts import queries as drafts
from content.drafts.facts import DraftId, RevisionId
from content.errors import ReviewDeskError
from content.permissions import Role
from content.review.actions import cases, claims, closing, comments, findings, leases, second, text
from content.review.facts import CaseId
from content.review.queries import desk
from content.review.queries.facts import facts_of
from content.review.situation import CaseFacts, LeaseFacts, ObjectionFacts
from content.review.states import CaseState, ClaimState, PasteOrigin, Purpose, SignOffKind
from content.review.transitions import OFFERED_BY_NOBODY, TABLE, TRANSITIONS, settle
from tests.make import NOON, Maker
from tests.making_cases import Step, later
from tests.review.test_four_eyes import sign_off

QUIET = CaseFacts(
    case_id=CaseId(DraftId(None)),  # type: ignore[arg-type]
    draft_id=DraftId(None),  # type: ignore[arg-type]
    state=CaseState.QUEUED,
    source_id=SourceId(1),
    kind="news",
    language="en",
    version=1,
    fence=1,
    opened_at=NOON,
    head_id=RevisionId(2),
    head_number=2,
    head_digest="d2",
    policy_id=1,
    policy_version=1,
    four_eyes="strict",
)
LEASE = LeaseFacts(
    id=1,
    holder_id=1,
    purpose=Purpose.EDIT,
    fence=1,
    taken_at=NOON,
    seen_at=NOON,
    expires_at=later(1800),
    active_seconds=0,
)
SIGNED = (sign_off(SignOffKind.EDITOR, "a"),)
OBJECTION = ObjectionFacts(id=1, person_id=2, reason_code="facts", reason="", at=NOON)


class TestSettle:
    @pytest.mark.parametrize(
        ("changes", "state"),
        [
            ({}, "queued"),
            ({"lease": LEASE}, "in_review"),
            ({"lease": LEASE, "sign_offs": SIGNED, "gate_approved": True}, "in_review"),
            ({"lease": replace(LEASE, purpose=Purpose.APPROVE), "sign_offs": SIGNED}, "awaiting_second"),
            ({"changes_asked": True}, "changes_requested"),
            ({"changes_asked": True, "lease": LEASE}, "in_review"),
            ({"sign_offs": SIGNED}, "awaiting_second"),
            ({"sign_offs": (replace(SIGNED[0], is_valid=False),), "gate_approved": True}, "queued"),
            ({"sign_offs": SIGNED, "gate_approved": True}, "ready"),
            ({"sign_offs": SIGNED, "gate_approved": True, "objections": (OBJECTION,)}, "awaiting_second"),
            ({"gate_approved": True}, "queued"),
            ({"state": CaseState.REJECTED, "lease": LEASE}, "rejected"),
            ({"state": CaseState.CLOSED_PUBLISHED, "sign_offs": SIGNED}, "closed_published"),
        ],
    )
    def test_draws_the_state_from_the_facts(self, changes: dict[str, Any], state: str) -> None:
        assert settle(replace(QUIET, **changes)) == state


class TestTheTable:
    def test_names_each_action_once(self) -> None:
        assert len(TABLE) == len(TRANSITIONS)

    def test_lets_no_program_sign(self) -> None:
        assert {each.action for each in TRANSITIONS if each.scope is not None} == {"comment", "withdraw"}

    def test_is_offered_as_a_whole(self) -> None:
        assert {each.action for each in TRANSITIONS} == set(desk.OFFERED) | OFFERED_BY_NOBODY


Act = Callable[[Maker, Step, Any], object]
REASON = "Because this test asks for it."


def _head(step: Step) -> str:
    return drafts.head_of(draft_id=step.draft_id).text


def _fence(step: Step) -> int:
    return facts_of(case_id=step.case_id).fence


ACTS: dict[str, Act] = {
    "claim": lambda _, step, by: leases.claim(case_id=step.case_id, purpose=Purpose.EDIT, by=by, at=NOON),
    "claim_to_approve": lambda _, step, by: leases.claim(case_id=step.case_id, purpose=Purpose.APPROVE, by=by, at=NOON),
    "release": lambda _, step, by: leases.release(case_id=step.case_id, reason=REASON, by=by, at=NOON),
    "hand_over": lambda make, step, by: leases.hand_over(
        case_id=step.case_id, to=make.editor(), note=REASON, by=by, at=NOON
    ),
    "edit": lambda _, step, by: text.save_version(
        case_id=step.case_id, fence=_fence(step), base=drafts.head_of(draft_id=step.draft_id).number, by=by, at=NOON
    ),
    "check_claims": lambda make, step, by: claims.check_claims(
        case_id=step.case_id, sentence_hashes=[make.some_claim(step)], state=ClaimState.UNCHECKED, by=by, at=NOON
    ),
    "declare_pasted": lambda _, step, by: findings.declare_pasted(
        case_id=step.case_id, passage=_head(step)[:20], origin=PasteOrigin.OWN, note=REASON, by=by, at=NOON
    ),
    "comment": lambda _, step, by: comments.comment(case_id=step.case_id, body=REASON, by=by, at=NOON),
    "sign": lambda make, step, by: make.sign(step, by=by),
    "approve": lambda make, step, by: make.approve(step, by=by),
    "send_back": lambda _, step, by: second.send_back(
        case_id=step.case_id, reason_code="facts", reason=REASON, by=by, at=NOON
    ),
    "request_changes": lambda _, step, by: second.request_changes(case_id=step.case_id, by=by, at=NOON),
    "assign": lambda _, step, by: cases.assign(case_id=step.case_id, user_id=None, by=by, at=NOON),
    "reject": lambda _, step, by: closing.reject(
        case_id=step.case_id, reason_code="wrong", reason=REASON, by=by, at=NOON
    ),
    "withdraw": lambda _, step, by: closing.withdraw(case_id=step.case_id, by=by, at=NOON),
}
STATES: dict[str, Callable[[Maker], Step]] = {
    "queued": lambda make: make.step(make.case(body=make.BODY)),
    "in_review": lambda make: make.claimed(body=make.BODY),
    "in_review and checked": lambda make: make.edited(body=make.EDITED),
    "awaiting_second": lambda make: make.signed(),
    "awaiting_second and held": lambda make: make.reviewed(),
    "ready": lambda make: make.ready(),
    "changes_requested": lambda make: make.asked(),
    "rejected": lambda make: make.rejected(),
}


@contextmanager
def undone() -> Iterator[None]:
    """Roll back what the block does."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome(act: Act, make: Maker, step: Step, by: Actor) -> str:
    """Return "ok", or the code of the refusal."""
    try:
        with undone():
            act(make, step, by)
    except ReviewDeskError as refused:
        return refused.code
    return "ok"


BUSY = (Role.EDITOR, Role.APPROVER, Role.MANAGER)
FOR_EVERY_ROLE = {"queued", "awaiting_second and held"}


class TestWhatIsOffered:
    @pytest.mark.parametrize("state", STATES)
    def test_succeeds_and_nothing_else_does(self, make: Maker, state: str) -> None:
        cms = make.cms()
        make.default_cms = cms
        step = STATES[state](make)
        people: list[Actor] = [step.editor, *([step.approver] if step.approver else []), cms, SYSTEM]
        people += [make.person(role) for role in Role if state in FOR_EVERY_ROLE]
        wrong = []

        for by in [*people, make.person(*BUSY), make.outsider()]:
            for offered in desk.allowed_actions(case_id=step.case_id, by=by, at=NOON):
                if offered.action == "dismiss_finding":  # it needs a finding, which `test_findings` brings
                    continue
                codes = {each.code for each in offered.reasons}
                found = outcome(ACTS[offered.action], make, step, by)
                if (found == "ok") != offered.ok or (codes and found not in codes):
                    wrong.append((by, offered.action, sorted(codes), found))

        assert wrong == []
