"""Make the configured keys the ones in use."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from content.actors import SYSTEM
from content.attestation.actions.keys import rotate_keys
from content.errors import ReviewDeskError


class Command(BaseCommand):
    """Run once after SIGNING_KEY or LOG_KEY was set to a new key; at first start it registers both."""

    help = "Logs what the old key signed, then publishes a key set in which the configured keys take over."

    def handle(self, *_args: object, **_options: object) -> None:
        try:
            new = rotate_keys(by=SYSTEM, at=timezone.now())
        except ReviewDeskError as error:
            raise CommandError(f"{error.code}: {error.detail}") from error
        for keyid in new:
            self.stdout.write(f"in use from now on: {keyid}")
        if not new:
            self.stdout.write("The configured keys are in use already.")
