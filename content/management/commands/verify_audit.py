"""Recompute the record of Events and the log."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from content.attestation.queries import log
from content.events import queries as events


class Command(BaseCommand):
    """Reads only. Exits with 1 if a record was changed, dropped or put in."""

    help = "Recomputes every chain of Events, and every log entry against its checkpoints."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--chain", help="one chain only: a draft's id, or 'system'; the log is then left out")

    def handle(self, *_args: object, **options: object) -> None:
        chain = str(options["chain"]) if options["chain"] else None
        broken = events.broken_links(chain=chain)
        for link in broken:
            self.stdout.write(f"event {link.seq} of chain {link.chain}: {link.reason}")
        faults = () if chain else log.problems()
        for fault in faults:
            self.stdout.write(f"log: {fault}")
        if broken or faults:
            raise SystemExit(1)
        self.stdout.write("The record is whole.")
