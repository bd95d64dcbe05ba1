"""Fill an empty ReviewDesk with a demo: three people, three sources and drafts all along the way."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from content import pipeline
from content.drafts import queries as drafts
from content.management.demo.cast import assemble
from content.management.demo.desk_work import Clock
from content.management.demo.scenes import scenes
from content.management.demo.story import play


class Command(BaseCommand):
    """Does nothing where there is a source already, so it may run at every start."""

    help = (
        "Fills an empty ReviewDesk with three people, three sources and drafts in every state. "
        "DEMO_PASSWORD_FILE names the file with their password; a token of the first source goes to DEMO_TOKEN_FILE."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        if drafts.sources():
            self.stdout.write("There are sources already; the demo is left as it is.")
            return
        password = _password()
        now = timezone.now()
        stories = scenes()
        cast = assemble(password=password, at=stories[0].begins_at(now))
        _keep_token(cast.token)
        for number, scene in enumerate(stories, 1):
            self.stdout.write(f"  {number:2} of {len(stories)}  {scene.title}")
            play(scene, cast, Clock(now=scene.begins_at(now)))
        pipeline.tick(at=timezone.now())
        pipeline.run_ready()


def _password() -> str:
    name = os.environ.get("DEMO_PASSWORD_FILE", "")
    if not name:
        raise CommandError("DEMO_PASSWORD_FILE must name a file with the password of the demo people.")
    password = Path(name).read_text(encoding="utf-8").strip()
    if len(password) < 12:  # noqa: PLR2004 (the length that log-in asks for)
        raise CommandError("The demo password needs 12 characters or more.")
    return password


def _keep_token(token: str) -> None:
    name = os.environ.get("DEMO_TOKEN_FILE", "")
    if name:
        path = Path(name)
        path.touch(mode=0o600)
        path.write_text(f"{token}\n", encoding="utf-8")
