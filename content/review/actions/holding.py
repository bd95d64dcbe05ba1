"""Begins and ends leases inside other actions. Text typed under a lease is never lost: it becomes a Revision."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from content.actors import SYSTEM, Actor, Person, PersonId
from content.conf import conf
from content.drafts.actions import counters, saving
from content.drafts.refusals import LeaseLost
from content.events.writing import quiet_action
from content.review.models import Case, Lease
from content.review.situation import CaseFacts
from content.review.states import LeaseEnd, Purpose

if TYPE_CHECKING:
    from content.drafts.models import Revision

ACTIVE_GAP = timedelta(seconds=60)
"A longer silence is not counted as time with the text."
JUST_SEEN = timedelta(seconds=5)
"A lease that was extended so shortly before is not written again."


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """A lease that is over, and the Revision that the text typed under it became, if any was typed."""

    lease: Lease
    kept: "Revision | None"


def demand_lease(*, facts: CaseFacts, fence: int, at: datetime) -> None:
    """Refuse to go on with a lease that ran out or that somebody else has now.

    :raises LeaseLost: if the fence is not the one in force, or the lease is over.
    """
    lease = facts.lease
    if lease is None or lease.fence != fence or facts.fence != fence or lease.is_over(at):
        raise LeaseLost(fence=facts.fence)


@quiet_action
def begin_lease(*, case: Case, holder: Person, purpose: Purpose, by: Actor, at: datetime) -> Lease:
    """Give a case, whose rows the caller has locked, to a person."""
    fence = counters.raise_fence(draft=case.draft, by=by, at=at)
    return Lease.objects.create(
        case=case,
        holder_id=holder.id,
        purpose=purpose.value,
        fence=fence,
        taken_at=at,
        seen_at=at,
        expires_at=at + timedelta(seconds=conf.lease_seconds),
    )


@quiet_action
def end_lease(
    *, case: Case, why: LeaseEnd, by: Actor, at: datetime, nothing_typed: bool = False, live: Lease | None = None
) -> Ended | None:
    """End the live lease of a case, whose rows the caller has locked; None when nobody holds it.

    :param nothing_typed: the caller has seen that there is no working copy to keep.
    :param live: that lease, where the caller has read it since it locked the rows.
    """
    lease = live or Lease.objects.filter(case=case, ended_at=None).first()
    if lease is None:
        return None
    kept = None
    if lease.purpose == Purpose.EDIT.value and not nothing_typed:
        kept = saving.keep_working_copy(draft_id=case.draft_id, person_id=PersonId(lease.holder_id), by=SYSTEM, at=at)
    lease.ended_at, lease.ended_why = at, why.value
    lease.active_seconds += _active_since(lease, at)
    lease.save(update_fields=["ended_at", "ended_why", "active_seconds"])
    counters.raise_fence(draft=case.draft, by=by, at=at)
    return Ended(lease=lease, kept=kept)


@quiet_action
def touch_lease(*, lease: Lease, by: Person, at: datetime) -> Lease:
    """Extend a lease from now on, and count the time since it was last seen."""
    del by
    if timedelta(0) <= at - lease.seen_at < JUST_SEEN:
        return lease
    lease.active_seconds += _active_since(lease, at)
    lease.seen_at = at
    lease.expires_at = at + timedelta(seconds=conf.lease_seconds)
    lease.save(update_fields=["active_seconds", "seen_at", "expires_at"])
    return lease


def _active_since(lease: Lease, at: datetime) -> int:
    """Return the seconds since a lease was last seen, 0 if that is more than a minute ago."""
    gap = at - lease.seen_at
    return int(gap.total_seconds()) if timedelta(0) < gap <= ACTIVE_GAP else 0
