"""Commands that make keys, name who is responsible, and write the log out."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from content.actors import SYSTEM
from content.attestation.queries.keys import key_set
from content.attestation.queries.log import log_size
from content.policy.actions import install_policies
from content.review.models import ResponsibleParty
from tests.make import NOON
from tests.publishing.maker import PublishingMaker

ROOT = Path(__file__).parents[3]


def run(*command: str) -> str:
    said = StringIO()
    call_command(*command, stdout=said)
    return said.getvalue()


class TestCreateKey:
    def test_works_before_any_key_or_database_is_there(self, tmp_path: Path) -> None:
        path = tmp_path / "key.pem"
        bare = {"PATH": os.environ["PATH"], "REVIEWDESK_DATA": str(tmp_path), "REVIEWDESK_ENV": "development"}

        done = subprocess.run(
            [sys.executable, "manage.py", "create_key", str(path)],
            cwd=ROOT,
            env=bare,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

        assert (done.returncode, done.stderr) == (0, "")
        assert path.stat().st_mode & 0o777 == 0o600

    def test_refuses_a_file_that_is_there(self, tmp_path: Path) -> None:
        path = tmp_path / "key.pem"
        path.write_text("something")

        with pytest.raises(CommandError, match="never overwritten"):
            run("create_key", str(path))
        assert path.read_text() == "something"


@pytest.mark.django_db
class TestRotateKey:
    def test_registers_the_keys_at_first_start(self) -> None:
        assert run("rotate_key").count("in use from now on") == 2
        assert key_set()

    def test_again_says_that_nothing_changed(self) -> None:
        run("rotate_key")

        assert "already" in run("rotate_key")


@pytest.mark.django_db
class TestAddResponsible:
    def test_names_who_answers(self) -> None:
        run("add_responsible", "Docs team", "editorial desk", "https://example.org/imprint")

        assert ResponsibleParty.objects.get().name == "Docs team"

    def test_refuses_a_page_without_https(self) -> None:
        with pytest.raises(CommandError, match="party_invalid"):
            run("add_responsible", "Docs team", "editorial desk", "http://example.org/imprint")


@pytest.mark.django_db
class TestExportLog:
    def test_writes_what_is_served(self, tmp_path: Path, client: Client) -> None:
        install_policies(by=SYSTEM, at=NOON)
        PublishingMaker().out()

        run("export_log", str(tmp_path))

        tile = f"tile/0/000.p/{log_size()}"
        for name in ("checkpoint", "status.jsonl", tile, tile.replace("tile/0", "tile/entries")):
            assert (tmp_path / name).read_bytes() == client.get(f"/log/{name}").content

    def test_of_an_empty_log_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError):
            run("export_log", str(tmp_path))
