"""Write the OpenAPI document that clients are generated from, or tell whether the approved one is current."""

import json
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import RequestFactory
from django.urls import resolve, reverse

APPROVED = Path("docs/openapi.yaml")


class _Plain(yaml.SafeDumper):
    """Writes shared values out each time: anchors mean nothing to readers of a diff."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 (as the library calls it)
        return True


class Command(BaseCommand):
    help = "Write docs/openapi.yaml; with --check, fail if it differs from what the code says."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the file is not current")
        parser.add_argument("--file", type=Path, default=APPROVED)

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        text = yaml.dump(self._document(), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100)
        if not options["check"]:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"{path} written")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError(f"{path} is not what the code says; run manage.py openapi and read the diff.")

    def _document(self) -> Any:
        """Return the document as the API serves it: doors do not import each other."""
        address = reverse("reviewdesk:api_openapi")
        found = resolve(address)
        return json.loads(found.func(RequestFactory().get(address), *found.args, **found.kwargs).content)
