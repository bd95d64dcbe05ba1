"""Give a source a token for the API; it is printed once and stored nowhere."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from content.actors import SYSTEM
from content.drafts import queries as drafts
from content.drafts.actions import sources
from content.drafts.states import Mode
from content.errors import ReviewDeskError
from content.permissions import Scope

DEFAULT_SCOPES = "drafts:write,drafts:read,events:read,publications:read"


class Command(BaseCommand):
    help = "Give a source a token for the API. The token is printed once; only its SHA-256 is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help="short name of the source; see create_source")
        parser.add_argument("--scopes", default=DEFAULT_SCOPES, help="words apart by commas, or 'all'")
        parser.add_argument("--name", default="command line", help="what it is for")
        parser.add_argument("--days", type=int, default=None, help="life in days, at most 365")
        parser.add_argument("--test", action="store_true", help="a token of mode test: its drafts never go live")

    def handle(self, **options: Any) -> None:
        try:
            issued = sources.create_token(
                source_id=drafts.get_source(slug=options["source"]).pk,
                name=options["name"],
                scopes=self._scopes(options["scopes"]),
                mode=Mode.TEST if options["test"] else Mode.LIVE,
                days=options["days"],
                by=SYSTEM,
                at=timezone.now(),
            )
        except ReviewDeskError as refusal:
            raise CommandError(refusal.detail) from refusal
        self.stderr.write(f"Shown once; good until {issued.expires_at:%Y-%m-%d}:")
        self.stdout.write(issued.plaintext)

    def _scopes(self, given: str) -> list[Scope]:
        if given == "all":
            return list(Scope)
        words = [word.strip() for word in given.split(",") if word.strip()]
        unknown = [word for word in words if word not in set(Scope)]
        if unknown:
            raise CommandError(f"No such scope: {', '.join(unknown)}. There are: {', '.join(Scope)}.")
        return [Scope(word) for word in words]
