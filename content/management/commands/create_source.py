"""Add a CMS or AI system that posts drafts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from content.actors import SYSTEM
from content.drafts.actions import sources
from content.errors import ReviewDeskError


class Command(BaseCommand):
    help = "Add a source: a CMS or AI system that posts drafts. Give it a token with create_token."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="short name: letters, digits, hyphens")
        parser.add_argument("--name", default="", help="name that editors see; default: the short name")
        parser.add_argument("--kind", default="documentation", help="kind of its drafts unless they say another")
        parser.add_argument("--language", default="en", help="language of its drafts unless they say another")
        parser.add_argument("--licence", default="", help="SPDX id or URL for what is published")
        parser.add_argument("--requests-a-minute", type=int, default=600)
        parser.add_argument("--may-request-publication", action="store_true")
        parser.add_argument("--may-assert-human", action="store_true")

    def handle(self, **options: Any) -> None:
        try:
            source = sources.create_source(
                slug=options["slug"],
                name=options["name"] or options["slug"],
                default_kind=options["kind"],
                default_language=options["language"],
                licence=options["licence"],
                requests_a_minute=options["requests_a_minute"],
                may_request_publication=options["may_request_publication"],
                may_assert_human=options["may_assert_human"],
                by=SYSTEM,
                at=timezone.now(),
            )
        except ReviewDeskError as refusal:
            raise CommandError(refusal.detail) from refusal
        self.stdout.write(f"source {source.slug}")
