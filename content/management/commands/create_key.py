"""Make a signing key, before anything else is there."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from content.attestation.signers.file2 import KeyExists, create_key


class Command(BaseCommand):
    """Writes PATH; works without settings for keys and without a database, as both come after it."""

    help = "Writes a new Ed25519 key to PATH, readable by its owner alone; settings name it as file2:PATH."
    requires_system_checks = ()  # the checks ask for the very key that this makes

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *_args: object, **options: object) -> None:
        path = Path(str(options["path"]))
        try:
            keyid = create_key(path)
        except (KeyExists, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{path}: key {keyid}")
