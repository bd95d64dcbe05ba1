"""Take a case, keep it, give it back, hand it over."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from content.actors import SYSTEM, Person, System, require_system
from content.drafts.facts import DraftId
from content.drafts.refusals import LeaseLost
from content.events import actions as events
from content.events.writing import action, bulk_action, quiet_action
from content.permissions import Permission
from content.review import transitions
from content.review.actions.conclusions import conclude
from content.review.actions.holding import begin_lease, demand_lease, end_lease, touch_lease
from content.review.facts import CaseClaimed, CaseHandedOver, CaseId, LeaseExpired, LeaseReleased
from content.review.guards import holds_lease
from content.review.models import Case, Comment, Lease
from content.review.queries import cases as case_queries
from content.review.queries.counts import is_open
from content.review.queries.facts import facts_of
from content.review.queries.reach import reached_by
from content.review.refusals import NothingWaits, ReasonTooShort
from content.review.situation import CaseFacts
from content.review.states import CaseState, LeaseEnd, Purpose

NOTE_LENGTH = 10
REASON_LENGTH = 20
TRIES = 20
"Cases that `claim_next` looks at before it says that nothing waits."
EXPIRED_AT_ONCE = 200
CLAIMS = {Purpose.EDIT: "claim", Purpose.APPROVE: "claim_to_approve"}
NEXT_IN = {Purpose.EDIT: CaseState.QUEUED, Purpose.APPROVE: CaseState.AWAITING_SECOND}


@action
def claim(*, case_id: CaseId, purpose: Purpose, by: Person, at: datetime) -> Lease:
    """Take a case to edit or to approve; whoever let it run out loses it, their text is kept.

    :raises LeaseHeld: if somebody works on it.
    :raises WipLimit: if the person holds as many cases as one may.
    :raises NotADistinctPerson: to approve, for whoever worked on the text.
    :raises Conflict: in a state that does not allow it.
    :raises NotPermitted: without CLAIM or APPROVE.
    """
    case = case_queries.lock_case(case_id=case_id)
    facts = _freed(case, facts_of(case_id=case_id, by=by), by, at)
    transitions.check(CLAIMS[purpose], facts, by)
    return _take(case, purpose, by, at)


@action
def claim_next(*, by: Person, at: datetime, purpose: Purpose = Purpose.EDIT) -> Lease:
    """Take the most urgent case that waits for somebody like this person. Two people never get the same one.

    :raises NothingWaits: if there is none.
    :raises WipLimit: if the person holds as many cases as one may.
    """
    passed: list[UUID] = []
    while len(passed) < TRIES:
        case = _waiting(purpose, by).exclude(pk__in=passed).first()
        if case is None:
            break
        facts = facts_of(case_id=CaseId(case.pk), by=by)
        found = transitions.refusals(CLAIMS[purpose], facts, by)
        if not found:
            return _take(case, purpose, by, at)
        if found[0].code == "wip_limit":
            transitions.check(CLAIMS[purpose], facts, by)
        passed.append(case.pk)
    raise NothingWaits


def _waiting(purpose: Purpose, by: Person) -> QuerySet[Case]:
    """Return the cases that this person might take, in the order of the queue, each locked when it is fetched."""
    permission = Permission.CLAIM if purpose is Purpose.EDIT else Permission.APPROVE
    return (
        Case.objects.select_for_update(
            no_key=True,
            of=("draft", "self"),
            skip_locked=connection.features.has_select_for_update_skip_locked,
        )
        .select_related("draft")
        .filter(
            is_open(),
            reached_by(person=by, permission=permission),
            Q(assignee=None) | Q(assignee=by.id),
            ~Exists(Lease.objects.filter(case=OuterRef("pk"), ended_at=None)),
            state=NEXT_IN[purpose].value,
        )
        .order_by(F("assignee").asc(nulls_last=True), "-priority", "due_at", "-risk", "id")
    )


def _freed(case: Case, facts: CaseFacts, by: Person, at: datetime) -> CaseFacts:
    """End a lease whose time is over, so that the sweeper's delay holds nobody up."""
    if facts.lease is None or not facts.lease.is_over(at):
        return facts
    expire_lease(case=case, by=SYSTEM, at=at)
    return facts_of(case_id=CaseId(case.pk), by=by)


def _take(case: Case, purpose: Purpose, by: Person, at: datetime) -> Lease:
    lease = begin_lease(case=case, holder=by, purpose=purpose, by=by, at=at)
    if purpose is Purpose.EDIT:
        Case.objects.filter(pk=case.pk).update(changes_requested_at=None, state=CaseState.IN_REVIEW.value)
    claimed = CaseClaimed(
        draft_id=DraftId(case.draft_id),
        case_id=CaseId(case.pk),
        lease_id=lease.pk,
        purpose=purpose.value,
        fence=lease.fence,
    )
    events.record(claimed, by=by, at=at)
    return lease


@quiet_action
def renew(*, case_id: CaseId, fence: int, by: Person, at: datetime) -> Lease:
    """Extend a lease: somebody is there.

    :raises LeaseLost: if it ran out or somebody else has the case now.
    """
    case_queries.lock_case(case_id=case_id)
    facts = facts_of(case_id=case_id, by=by)
    transitions.check("release", facts, by)
    demand_lease(facts=facts, fence=fence, at=at)
    return touch_lease(lease=Lease.objects.get(case=case_id, ended_at=None), by=by, at=at)


@action
def release(*, case_id: CaseId, by: Person, at: datetime, reason: str = "") -> Lease:
    """Give a case back. Somebody who may ASSIGN releases another's, with a reason.

    :raises LeaseLost: if nobody holds the case.
    :raises ReasonTooShort: for another's lease, without a reason of 20 characters.
    :raises NotPermitted: for another's lease, without ASSIGN.
    """
    case = case_queries.lock_case(case_id=case_id)
    facts = facts_of(case_id=case_id, by=by)
    mine = facts.lease is None or holds_lease(facts, by) is None
    transitions.check("release" if mine else "release_for", facts, by)
    if not mine and len(reason.strip()) < REASON_LENGTH:
        raise ReasonTooShort(f"Say why in {REASON_LENGTH} characters or more; the holder reads it.")
    ended = end_lease(case=case, why=LeaseEnd.RELEASED, by=by, at=at)
    if not mine:
        _add_note(case, f"Released by a manager: {reason.strip()}", by, at)
    if ended is None:
        raise LeaseLost
    released = LeaseReleased(draft_id=DraftId(case.draft_id), case_id=case_id, lease_id=ended.lease.pk)
    cause = events.record(released, by=by, at=at)
    conclude(case_id=case_id, cause=cause, at=at)
    return ended.lease


@action
def hand_over(*, case_id: CaseId, to: Person, note: str, by: Person, at: datetime) -> Lease:
    """Give a case that one holds to somebody else, with a note; the text typed so far is kept as a version.

    :raises LeaseLost: unless `by` holds it to edit.
    :raises ReasonTooShort: for a note under 10 characters.
    :raises WipLimit: if the other holds as many cases as one may.
    :raises NotPermitted: if the other may not take it.
    """
    case = case_queries.lock_case(case_id=case_id)
    facts = facts_of(case_id=case_id, by=by)
    transitions.check("hand_over", facts, by)
    if len(note.strip()) < NOTE_LENGTH:
        raise ReasonTooShort(f"Write a note of {NOTE_LENGTH} characters or more.")
    end_lease(case=case, why=LeaseEnd.HANDED_OVER, by=by, at=at)
    conclude(case_id=case_id, at=at)
    transitions.check("claim", facts_of(case_id=case_id, by=to), to)
    comment = _add_note(case, note.strip(), by, at)
    lease = begin_lease(case=case, holder=to, purpose=Purpose.EDIT, by=by, at=at)
    Case.objects.filter(pk=case_id).update(state=CaseState.IN_REVIEW.value, changes_requested_at=None)
    handed = CaseHandedOver(draft_id=DraftId(case.draft_id), case_id=case_id, to_user_id=to.id, comment_id=comment.pk)
    events.record(handed, by=by, at=at)
    return lease


def _add_note(case: Case, body: str, by: Person, at: datetime) -> Comment:
    """Keep a note as a comment that asks for no answer."""
    return Comment.objects.create(
        case=case,
        author_id=by.id,
        body=body,
        created_at=at,
        resolved_at=at,
        resolved_by=f"person:{by.id}",
    )


@bulk_action
def expire_leases(*, by: System, at: datetime) -> list[CaseId]:
    """End the leases whose time is over; the text typed under them is kept.

    :return: the cases they were for.
    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    due = Lease.objects.filter(ended_at=None, expires_at__lte=at).order_by("expires_at")
    ended = []
    for case_id in due.values_list("case", flat=True)[:EXPIRED_AT_ONCE]:
        case = case_queries.lock_case(case_id=CaseId(case_id))
        facts = facts_of(case_id=CaseId(case_id))
        if facts.lease is not None and facts.lease.is_over(at):
            _expire(case, by, at)
            ended.append(CaseId(case_id))
    return ended


@action
def expire_lease(*, case: Case, by: System, at: datetime) -> None:
    """End the lease of one case, whose rows the caller has locked.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    _expire(case, by, at)


def _expire(case: Case, by: System, at: datetime) -> None:
    ended = end_lease(case=case, why=LeaseEnd.EXPIRED, by=by, at=at)
    if ended is None:
        return
    expired = LeaseExpired(draft_id=DraftId(case.draft_id), case_id=CaseId(case.pk), lease_id=ended.lease.pk)
    cause = events.record(expired, by=by, at=at)
    conclude(case_id=CaseId(case.pk), cause=cause, at=at)
