"""What may happen to a case: one table, pure guards that say why not, and the state that follows from the facts.

The table drives the actions, `queries.desk.allowed_actions`, and the tests that walk every state, role and action.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn

from content.actors import Actor, Machine, Person, System
from content.permissions import Permission, Scope
from content.review.guards import (
    Guard,
    Reason,
    has_no_lease,
    has_room,
    holds_lease,
    holds_to_approve,
    holds_to_edit,
    is_distinct,
    is_free,
    says_what_to_change,
    was_never_out,
)
from content.review.refusals import BY_CODE
from content.review.situation import CaseFacts
from content.review.states import OPEN_STATES, CaseState, Purpose

QUEUED, IN_REVIEW, ASKED, SECOND, READY = OPEN_STATES
OPEN = frozenset(OPEN_STATES)
SETTLE = "settle"


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition:
    """One row of the table. `target` is a state, or `settle` where the facts decide.

    `permission` is a person's; `scope` a program's, where one may act. Neither: the flow alone.
    """

    action: str
    sources: frozenset[CaseState]
    target: str
    permission: Permission | None
    guards: tuple[Guard, ...] = ()
    event: str = ""
    scope: Scope | None = None
    door: str = "desk"


def settle(facts: CaseFacts) -> CaseState:
    """Return the open state that follows from the facts; a closed case stays what it is."""
    if not facts.is_open:
        return facts.state
    if facts.lease is not None and facts.lease.purpose is Purpose.EDIT:
        return IN_REVIEW
    if facts.changes_asked:
        return ASKED
    if facts.editor_sign_off is None:
        return QUEUED
    return READY if facts.gate_approved and not facts.objections else SECOND


def with_gate(facts: CaseFacts, *, approved: bool) -> CaseFacts:
    """Return the facts after the gate has judged the head for approval."""
    return replace(facts, gate_approved=approved)


def in_state(facts: CaseFacts, state: CaseState) -> CaseFacts:
    """Return the facts after the state was written."""
    return replace(facts, state=state)


def without_lapsed_lease(facts: CaseFacts, at: datetime) -> CaseFacts:
    """Return the facts as they stand once the sweeper has ended a lease whose time is over."""
    if facts.lease is None or not facts.lease.is_over(at):
        return facts
    freed = replace(facts, lease=None)
    return replace(freed, state=settle(freed))


def refusals(action: str, facts: CaseFacts, by: Actor) -> tuple[Reason, ...]:
    """Return every reason why `by` cannot do `action` now; nothing when they can."""
    transition = TABLE[action]
    found = [_actor(transition, facts, by), _state(transition, facts)]
    if facts.is_open and not isinstance(by, System):
        found += [guard(facts, by) for guard in transition.guards]
    return tuple(reason for reason in found if reason is not None)


def check(action: str, facts: CaseFacts, by: Actor) -> None:
    """Refuse `action` with the first reason there is.

    :raises PeopleOnly: if a program tries a person's act.
    :raises NotPermitted: without a grant that covers the case.
    :raises Conflict: with the code of the state or guard that is in the way.
    """
    found = refusals(action, facts, by)
    if found:
        refuse(found[0])


def refuse(reason: Reason) -> NoReturn:
    """Raise the error that a reason stands for.

    :raises ReviewDeskError: always, with the code of the reason.
    """
    raise BY_CODE[reason.code](reason.reason, **reason.params)


def _actor(transition: Transition, facts: CaseFacts, by: Actor) -> Reason | None:
    match by:
        case System():
            return None if transition.permission is None else _people_only()
        case Machine():
            return _program(transition, facts, by)
        case Person():
            return _person(transition, facts, by)


def _program(transition: Transition, facts: CaseFacts, by: Machine) -> Reason | None:
    if transition.scope is None:
        return _people_only()
    if transition.scope in by.scopes and by.source_id == facts.source_id:
        return None
    return Reason(code="scope_missing", reason=f"This token lacks the scope '{transition.scope}'.")


def _person(transition: Transition, facts: CaseFacts, by: Person) -> Reason | None:
    permission = transition.permission
    if permission is None:
        return Reason(code="not_permitted", reason="Only the flow itself takes this step.")
    if by.may(permission, facts.subject):
        return None
    return Reason(
        code="not_permitted",
        reason=f"You need the permission '{permission}' for this; a manager can grant it.",
        params={"permission": permission.value},
    )


def _people_only() -> Reason:
    return Reason(code="people_only", reason="Only a person who is logged in can do this.")


def _state(transition: Transition, facts: CaseFacts) -> Reason | None:
    if facts.state in transition.sources:
        return None
    if not facts.is_open:
        return Reason(code="case_closed", reason="This case has ended.", params={"state": facts.state.value})
    return Reason(
        code="not_in_state",
        reason=f"Not possible while the case is {facts.state.value.replace('_', ' ')}.",
        params={"state": facts.state.value},
    )


P = Permission
TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        action="claim",
        sources=frozenset({QUEUED, ASKED, SECOND, READY}),
        target="in_review",
        permission=P.CLAIM,
        guards=(has_no_lease, has_room),
        event="CaseClaimed",
    ),
    Transition(
        action="claim_to_approve",
        sources=frozenset({SECOND}),
        target="awaiting_second",
        permission=P.APPROVE,
        guards=(has_no_lease, has_room, is_distinct),
        event="CaseClaimed",
    ),
    Transition(
        action="edit", sources=frozenset({IN_REVIEW}), target="in_review", permission=P.EDIT, guards=(holds_to_edit,)
    ),
    Transition(
        action="release",
        sources=OPEN,
        target=SETTLE,
        permission=P.VIEW,
        guards=(holds_lease,),
        event="LeaseReleased",
    ),
    Transition(action="release_for", sources=OPEN, target=SETTLE, permission=P.ASSIGN, event="LeaseReleased"),
    Transition(
        action="hand_over",
        sources=frozenset({IN_REVIEW}),
        target="in_review",
        permission=P.CLAIM,
        guards=(holds_to_edit,),
        event="CaseHandedOver",
    ),
    Transition(action="assign", sources=OPEN, target=SETTLE, permission=P.ASSIGN, event="CaseAssigned"),
    Transition(action="check_claims", sources=OPEN, target=SETTLE, permission=P.CHECK_CLAIMS, event="ClaimChecked"),
    Transition(
        action="comment",
        sources=OPEN,
        target=SETTLE,
        permission=P.COMMENT,
        event="CommentAdded",
        scope=Scope.COMMENTS_WRITE,
    ),
    Transition(action="resolve_thread", sources=OPEN, target=SETTLE, permission=P.COMMENT, event="ThreadResolved"),
    Transition(
        action="dismiss_finding", sources=OPEN, target=SETTLE, permission=P.DISMISS_FINDINGS, event="FindingDismissed"
    ),
    Transition(action="declare_pasted", sources=OPEN, target=SETTLE, permission=P.EDIT, event="PasteDeclared"),
    Transition(
        action="sign",
        sources=frozenset({IN_REVIEW}),
        target=SETTLE,
        permission=P.SIGN,
        guards=(holds_to_edit,),
        event="SignOffGiven",
    ),
    Transition(
        action="approve",
        sources=frozenset({SECOND}),
        target=SETTLE,
        permission=P.APPROVE,
        guards=(holds_to_approve, is_distinct),
        event="SignOffGiven",
    ),
    Transition(
        action="send_back",
        sources=frozenset({SECOND, READY}),
        target=SETTLE,
        permission=P.SEND_BACK,
        guards=(is_free,),
        event="CaseSentBack",
    ),
    Transition(action="lift_objection", sources=OPEN, target=SETTLE, permission=P.VIEW, event="ObjectionLifted"),
    Transition(
        action="request_changes",
        sources=frozenset({IN_REVIEW}),
        target="changes_requested",
        permission=P.SIGN,
        guards=(holds_to_edit, says_what_to_change),
        event="ChangesRequested",
    ),
    Transition(
        action="request_changes_as_approver",
        sources=frozenset({SECOND}),
        target="changes_requested",
        permission=P.APPROVE,
        guards=(is_free, says_what_to_change),
        event="ChangesRequested",
    ),
    Transition(action="reject", sources=OPEN, target="rejected", permission=P.REJECT, event="CaseRejected"),
    Transition(
        action="withdraw",
        sources=OPEN,
        target="withdrawn",
        permission=P.ASSIGN,
        guards=(was_never_out,),
        event="DraftWithdrawn",
        scope=Scope.DRAFTS_WRITE,
        door="api",
    ),
    Transition(
        action="close_case",
        sources=frozenset({READY}),
        target="closed_published",
        permission=None,
    ),
)
TABLE = {each.action: each for each in TRANSITIONS}
OFFERED_BY_NOBODY = frozenset(
    {"release_for", "request_changes_as_approver", "resolve_thread", "lift_objection", "close_case"}
)
"Rows that `allowed_actions` does not name: variants of an offered action, acts on one thread, acts of the flow."
