"""Give a person a role."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from content.actors import SYSTEM
from content.drafts import queries as drafts
from content.drafts.actions import people
from content.errors import ReviewDeskError
from content.permissions import Role


class Command(BaseCommand):
    """For whoever operates the server; managers do the same on the administrators' page."""

    help = "Gives the account with this e-mail a role, everywhere or for one source, kind or language."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=[role.value for role in Role])
        parser.add_argument("--source", help="slug of the one source it is for")
        parser.add_argument("--kind", default="", help="the one kind of text it is for")
        parser.add_argument("--language", default="", help="the one language it is for")

    def handle(self, *_args: Any, **options: Any) -> None:
        users = list(get_user_model().objects.filter(email__iexact=options["email"])[:2])
        if len(users) != 1:
            raise CommandError(f"{len(users)} accounts have this e-mail; one is needed.")
        try:
            source = drafts.get_source(slug=options["source"]).pk if options["source"] else None
            people.grant_role(
                user_id=users[0].pk,
                role=Role(options["role"]),
                source_id=source,
                kind=options["kind"],
                language=options["language"],
                by=SYSTEM,
                at=timezone.now(),
            )
        except ReviewDeskError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['email']} is {options['role']} now.")
