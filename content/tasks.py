"""Celery: a wake-up and nothing more. What is to be done, and whether it was, stands in the database."""

import logging
import time
from collections.abc import Sequence

from celery import Celery, current_app, shared_task
from django.utils import timezone

from content import pipeline
from content.actors import SYSTEM
from content.conf import conf
from content.events import actions as events
from content.events.flow import Queue

log = logging.getLogger("reviewdesk.tasks")
SWEEP_SECONDS = 10.0
PAUSE_SECONDS = 5.0  # after a failed wake-up: the sweeper brings the Jobs, requests must not wait for a dead broker


class _Sender:
    """Wakes workers for Jobs; while the broker is away it stays silent for a few seconds after each failure."""

    def __init__(self) -> None:
        self._silent_until = 0.0

    def __call__(self, jobs: Sequence[tuple[int, Queue]]) -> None:
        if (current_app.conf.broker_url or "memory:").startswith("memory:"):
            return  # no broker is configured; nobody would ever take the messages
        for job_id, queue in jobs:
            if time.monotonic() < self._silent_until:
                return
            try:
                run_job.apply_async(args=(job_id,), queue=conf.queues[queue.value], retry=False)
            except Exception as error:  # noqa: BLE001 (whatever the broker raises: the Job is stored and gets swept)
                self._silent_until = time.monotonic() + PAUSE_SECONDS
                log.warning("wake_failed", extra={"job": job_id, "reason": type(error).__name__})


wake = _Sender()


@shared_task(name="reviewdesk.run_job", ignore_result=True)
def run_job(job_id: int) -> None:
    """Work one Job."""
    pipeline.run_job(job_id)


@shared_task(name="reviewdesk.sweep", ignore_result=True)
def sweep() -> None:
    """Send what got lost, and put the periodic work in line."""
    pipeline.tick(at=timezone.now())
    events.sweep(by=SYSTEM, at=timezone.now())


@current_app.on_after_finalize.connect
def _schedule(sender: Celery, **_: object) -> None:
    signature = sweep.signature(expires=SWEEP_SECONDS - 1, queue=conf.queues[Queue.CRITICAL.value])
    sender.add_periodic_task(SWEEP_SECONDS, signature, name="reviewdesk.sweep")
