"""Check every invariant (platform.md, 6.9)."""

import json
from argparse import ArgumentParser
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils import timezone

from content.management.examination import figures, machine, memory, published  # noqa: F401  # each asks its questions
from content.management.examination.finding import QUESTIONS, examine


class Command(BaseCommand):
    """Reads only. Exits with 1 on any finding, so that a script can stop."""

    help = "Checks every invariant of the data and of the set-up; exit status 1 if one does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the findings as one JSON object")

    def handle(self, *_args: object, **options: object) -> None:
        found = list(examine(timezone.now()))
        if options["json"]:
            self.stdout.write(json.dumps({"checked": list(QUESTIONS), "findings": [asdict(each) for each in found]}))
        else:
            for each in found:
                self.stdout.write(f"{each.id}  {each.text}")
            self.stdout.write(f"{len(QUESTIONS)} invariants checked, {len(found)} findings")
        if found:
            raise SystemExit(1)
