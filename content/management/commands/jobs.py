"""Look at the work that is left, and at what was given up."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from content.actors import Person
from content.drafts import queries as drafts
from content.errors import ReviewDeskError
from content.events import actions as events
from content.events import queries as event_queries


class Command(BaseCommand):
    """Replaying and dropping are acts of a person who may assign work, and recorded as such."""

    help = "jobs list | jobs replay ID... --by EMAIL | jobs drop ID... --by EMAIL"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("list", "replay", "drop"))
        parser.add_argument("ids", nargs="*", type=int, help="ids of dead Jobs")
        parser.add_argument("--kind", help="all dead Jobs of one kind, such as drafts.render")
        parser.add_argument("--by", help="e-mail of the manager who does it")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["what"] == "list":
            self._list()
            return
        act = events.replay_job if options["what"] == "replay" else events.drop_job
        by = self._person(options["by"])
        ids = options["ids"] or [job.pk for job in event_queries.dead_jobs() if job.kind == options["kind"]]
        for job_id in ids:
            try:
                act(job_id=job_id, by=by, at=timezone.now())
            except ReviewDeskError as refusal:
                raise CommandError(f"job {job_id}: {refusal}") from refusal
        self.stdout.write(f"{len(ids)} Jobs: {options['what']}")

    def _list(self) -> None:
        for line in event_queries.backlog(at=timezone.now()):
            self.stdout.write(f"{line.queue}: {line.ready} ready, {line.running} running, {line.dead} dead")
        for job in event_queries.dead_jobs():
            self.stdout.write(f"{job.pk}  {job.kind}  {job.finished_at:%Y-%m-%d %H:%M}  {job.last_error[:120]}")

    def _person(self, email: str | None) -> Person:
        user = get_user_model().objects.filter(email__iexact=email or "").first() if email else None
        if user is None:
            raise CommandError("Say who does this: --by and the e-mail of somebody who has an account.")
        return drafts.person_of(user_id=user.pk)
