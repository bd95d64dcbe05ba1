"""See whether background work gets done."""

import time
import uuid
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from content.actors import SYSTEM
from content.events import actions as events
from content.events import queries as event_queries

POLL_SECONDS = 0.1


class Command(BaseCommand):
    """Puts one Job in line that does nothing, and waits until a worker has done it."""

    help = "Puts one Job in line and waits until it is done; exit status 1 if no worker takes it in time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=float, default=30.0, help="how long to wait (default 30)")

    def handle(self, *_args: object, **options: object) -> None:
        wait = float(str(options["seconds"]))
        begun = time.monotonic()
        job_id = events.enqueue(kind="events.ping", payload={}, key=str(uuid.uuid4()), by=SYSTEM, at=timezone.now())
        while event_queries.state_of(job_id=job_id) not in {"done", "dead"}:
            if time.monotonic() - begun > wait:
                raise CommandError(f"No worker did the work within {wait:g} s. Is one running?")
            time.sleep(POLL_SECONDS)
        if event_queries.state_of(job_id=job_id) == "dead":
            raise CommandError("A worker took the Job and could not do it; see `manage.py jobs list`.")
        self.stdout.write(f"A worker answered after {time.monotonic() - begun:.1f} s.")
