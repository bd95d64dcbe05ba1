"""Make the managers' figures anew from the first Event on."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from content.actors import SYSTEM
from content.insights import actions as insights
from content.insights.queries import recount


class Command(BaseCommand):
    """The figures come out as they were: they follow from Events alone."""

    help = "Throws the rollups of the dashboard away and makes them again from all Events."

    def handle(self, *_args: object, **_options: object) -> None:
        insights.forget_rollups(by=SYSTEM, at=timezone.now())
        cases, before = 0, -1
        while recount.position() != before:
            before = recount.position()
            cases += insights.roll_up(by=SYSTEM, at=timezone.now())
        self.stdout.write(f"{cases} cases counted")
