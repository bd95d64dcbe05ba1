"""Name who answers for published texts."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from content.actors import SYSTEM
from content.errors import ReviewDeskError
from content.review.actions.cases import set_responsible_party


class Command(BaseCommand):
    """Without somebody responsible nothing is signed."""

    help = "Adds a person or desk that answers for texts, with an https page that the public can open."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("role")
        parser.add_argument("contact_url")

    def handle(self, *_args: object, **options: object) -> None:
        try:
            party = set_responsible_party(
                name=str(options["name"]),
                role=str(options["role"]),
                contact_url=str(options["contact_url"]),
                by=SYSTEM,
                at=timezone.now(),
            )
        except ReviewDeskError as error:
            raise CommandError(f"{error.code}: {error.detail}") from error
        self.stdout.write(f"{party.name} answers for texts from now on.")
