"""The whole flow on one page: which work follows which fact, and how one Job is worked. Knows nothing of Celery."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from content.actors import SYSTEM
from content.errors import NotFound, Refused, ReviewDeskError
from content.events import actions as events
from content.events import flow
from content.events import queries as event_queries
from content.events.facts import Fact
from content.events.flow import Flow, JobKind, NotYet, Queue, Wake, arguments

if TYPE_CHECKING:
    from content.events.models import Job

log = logging.getLogger("reviewdesk.jobs")

PING = JobKind(name="events.ping", action=events.ping, queue=Queue.INTERACTIVE, priority=1)

KINDS: tuple[JobKind, ...] = (PING,)

FLOW: Flow = {}

SIGNALS: Mapping[type[Fact], Signal] = {}


def install(*, wake: Wake = flow.installed.wake) -> None:
    """Hand the flow to `events`, which follows it without knowing the parts."""
    flow.install(flow=FLOW, kinds=KINDS, wake=wake, announce=announce)


def announce(fact: Fact, at: datetime) -> None:
    """Tell the host project's listeners about a fact, after commit."""
    signal: Signal | None = SIGNALS.get(type(fact))
    if signal is not None:
        signal.send_robust(sender=type(fact), fact=fact, at=at)


def run_job(job_id: int, *, clock: Callable[[], datetime] = timezone.now) -> bool:
    """Work one Job: claim it, do its work, and mark it done in the transaction of its effect.

    What we refuse on purpose for good (not found, not permitted) makes the Job dead at once; anything else is tried
    again until its attempts are used up.

    :return: False if there was nothing to do: somebody has it, it is over, or it is not due.
    """
    job = events.claim_job(job_id=job_id, by=SYSTEM, at=clock())
    if job is None:
        return False
    try:
        _work(job, clock)
    except NotYet:
        events.postpone_job(job_id=job.pk, fence=job.fence, by=SYSTEM, at=clock())
    except Exception as error:
        log.exception("job_failed", extra={"job": job.pk, "kind": job.kind, "attempt": job.attempts})
        code = error.code if isinstance(error, ReviewDeskError) else type(error).__name__
        events.fail_job(
            job_id=job.pk,
            fence=job.fence,
            code=code,
            message=str(error),
            permanent=isinstance(error, NotFound | Refused),
            by=SYSTEM,
            at=clock(),
        )
    return True


def _work(job: "Job", clock: Callable[[], datetime]) -> None:
    kind = flow.installed.kinds[job.kind]
    asked = arguments(job.payload)
    if kind.prepare is not None:
        asked["prepared"] = kind.prepare(**asked, at=clock())
    at = clock()
    with transaction.atomic():
        kind.action(**asked, by=SYSTEM, at=at)
        events.finish_job(job_id=job.pk, fence=job.fence, by=SYSTEM, at=at)


def run_ready(*, limit: int = 1000, clock: Callable[[], datetime] = timezone.now) -> int:
    """Work Jobs that are due, oldest first by priority, until none is left or `limit` are done.

    :return: how many were worked.
    """
    worked = 0
    while worked < limit:
        due = event_queries.due_jobs(at=clock(), limit=limit - worked)
        if not due:
            break
        worked += sum(run_job(job_id, clock=clock) for job_id in due)
    return worked
