"""Questions about what happened and about the work that is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from content.errors import NotFound
from content.events.chain import FIRST, Link
from content.events.models import Event, Job, JobFailure, JobState


class EventNotFound(NotFound):
    """There is no such event."""

    code = "event_not_found"


@dataclass(frozen=True, kw_only=True, slots=True)
class Backlog:
    """How one queue stands. `oldest_ready_at` is when its oldest waiting Job became due."""

    queue: str
    ready: int
    running: int
    dead: int
    oldest_ready_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokenLink:
    """A place of a chain whose record does not fit the one before it."""

    chain: str
    seq: int
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EventMark:
    """That an Event is there, and which draft it is about."""

    id: int
    at: datetime
    draft_id: UUID | None


def get_event(*, event_id: int) -> Event:
    """Return one Event.

    :raises EventNotFound: if there is none.
    """
    event: Event | None = Event.objects.filter(pk=event_id).first()
    if event is None:
        raise EventNotFound(event_id=event_id)
    return event


def history_of(*, draft_id: UUID, limit: int = 500) -> QuerySet[Event]:
    """Return the whole life of a draft, newest first."""
    return Event.objects.filter(chain=str(draft_id)).order_by("-seq")[:limit]


def events_after(*, event_id: int, limit: int = 500) -> Sequence[Event]:
    """Return Events with a higher id, oldest first."""
    return list(Event.objects.filter(pk__gt=event_id).order_by("pk")[:limit])


def marks_after(*, event_id: int, limit: int = 5000) -> list[EventMark]:
    """Return which drafts the Events with a higher id are about, oldest first."""
    rows = Event.objects.filter(pk__gt=event_id).order_by("pk").values_list("pk", "at", "draft_id")
    return [EventMark(id=pk, at=at, draft_id=draft_id) for pk, at, draft_id in rows[:limit]]


def whole_history_of(*, draft_id: UUID, limit: int = 20_000) -> list[Event]:
    """Return the whole life of a draft, oldest first."""
    return list(Event.objects.filter(chain=str(draft_id)).order_by("seq")[:limit])


def due_jobs(*, at: datetime, limit: int = 1000) -> list[int]:
    """Return the ids of Jobs that wait and are due, by priority and age."""
    ready = Job.objects.ready().filter(run_at__lte=at).order_by("priority", "run_at", "id")
    return list(ready.values_list("pk", flat=True)[:limit])


def dead_jobs(*, limit: int = 200) -> QuerySet[Job]:
    """Return the Jobs that were given up, newest first."""
    return Job.objects.dead().order_by("-finished_at")[:limit]


def failures_of(*, job_id: int, limit: int = 50) -> QuerySet[JobFailure]:
    """Return what went wrong with a Job, newest first."""
    return JobFailure.objects.filter(job_id=job_id).order_by("-id")[:limit]


def state_of(*, job_id: int) -> str:
    """Return the state of a Job, or an empty string when there is none any more."""
    return Job.objects.filter(pk=job_id).values_list("state", flat=True).first() or ""


def backlog(*, at: datetime) -> list[Backlog]:
    """Return how each queue stands, in alphabetical order."""
    open_states = [JobState.READY.value, JobState.RUNNING.value, JobState.DEAD.value]
    rows = (
        Job.objects.filter(state__in=open_states, run_at__lte=at)
        .values("queue", "state")
        .annotate(n=Count("pk"), oldest=Min("run_at"))
        .order_by("queue")
    )
    found: dict[str, dict[str, tuple[int, datetime]]] = {}
    for row in rows:
        found.setdefault(row["queue"], {})[row["state"]] = (row["n"], row["oldest"])
    return [
        Backlog(
            queue=queue,
            ready=states.get("ready", (0, None))[0],
            running=states.get("running", (0, None))[0],
            dead=states.get("dead", (0, None))[0],
            oldest_ready_at=states["ready"][1] if "ready" in states else None,
        )
        for queue, states in found.items()
    ]


def overdue_jobs(*, ready_before: datetime, lease_before: datetime, limit: int = 50) -> list[Job]:
    """Return Jobs that nobody works although they are due, and running ones whose lease is long over."""
    waiting = Job.objects.ready().filter(run_at__lt=ready_before).order_by("run_at")[:limit]
    stuck = Job.objects.filter(state=JobState.RUNNING.value, lease_until__lt=lease_before)[:limit]
    return [*waiting, *stuck]


def work_waits_since(*, at: datetime) -> datetime | None:
    """Return when the oldest due Job became due; None when nothing waits."""
    oldest: datetime | None = Job.objects.ready().filter(run_at__lte=at).aggregate(oldest=Min("run_at"))["oldest"]
    return oldest


def broken_links(*, chain: str | None = None, limit: int = 50) -> list[BrokenLink]:
    """Recompute every chain (or one) and return the places that do not fit, in order."""
    events = Event.objects.order_by("chain", "seq")
    if chain is not None:
        events = events.filter(chain=chain)
    broken: list[BrokenLink] = []
    before: Event | None = None
    for event in events.iterator(chunk_size=2000):
        previous = before if before is not None and before.chain == event.chain else None
        reason = _fault(event, previous)
        if reason:
            broken.append(BrokenLink(chain=event.chain, seq=event.seq, reason=reason))
            if len(broken) >= limit:
                break
        before = event
    return broken


def _fault(event: Event, previous: Event | None) -> str:
    if _id_of(event.draft_id) != event.payload.get("draft_id") or _id_of(event.case_id) != event.payload.get("case_id"):
        return "it stands under another draft or case than it tells of"
    if event.seq != (previous.seq + 1 if previous else 1):
        return "a record is missing before this one"
    if event.previous_digest != (previous.digest if previous else FIRST):
        return "it does not follow the record before it"
    link = Link(
        chain=event.chain,
        seq=event.seq,
        fact=event.fact,
        at=event.at,
        actor_kind=event.actor_kind,
        actor=event.actor,
        cause=event.cause,
        payload=event.payload,
        previous_digest=event.previous_digest,
    )
    return "" if link.digest() == event.digest else "it was changed after it was written"


def _id_of(value: UUID | None) -> str | None:
    return None if value is None else str(value)
