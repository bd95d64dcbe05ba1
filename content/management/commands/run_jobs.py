"""Work the Jobs without Celery."""

import signal
import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from content import pipeline
from content.actors import SYSTEM
from content.events import actions as events

PAUSE_SECONDS = 1.0
SWEEP_SECONDS = 10.0


class Command(BaseCommand):
    """One loop in the foreground; several may run at once, each Job is worked by one of them."""

    help = "Works all Jobs that are due, then ends; with --forever it goes on until it is told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--forever", action="store_true", help="go on until SIGTERM or Ctrl-C")

    def handle(self, *_args: object, **options: object) -> None:
        if not options["forever"]:
            self.stdout.write(f"{pipeline.run_ready()} Jobs worked")
            return
        self._stopped = False
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)
        swept = 0.0
        while not self._stopped:
            if time.monotonic() - swept >= SWEEP_SECONDS:
                events.sweep(by=SYSTEM, at=timezone.now())
                pipeline.tick(at=timezone.now())
                swept = time.monotonic()
            if not pipeline.run_ready(limit=50):
                time.sleep(PAUSE_SECONDS)

    def _stop(self, *_signal: object) -> None:
        """End after the Job that is being worked."""
        self._stopped = True
