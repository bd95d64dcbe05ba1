"""The settings demand in production what evaluation may leave open."""

import os
import subprocess
import sys

import pytest

from reviewdesk.databases import database
from tests.house.tree import ROOT


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """Load the project's settings in a process of their own, with nothing set but `environment`."""
    return subprocess.run(
        [sys.executable, "-c", "import reviewdesk.settings as s; print(s.DEBUG, s.SESSION_COOKIE_NAME)"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


class TestProduction:
    def test_does_not_start_half_configured(self) -> None:
        started = start(REVIEWDESK_ENV="production")

        assert started.returncode != 0
        missing = ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "ISSUER_ID", "SIGNING_KEY", "LOG_KEY", "SECRETS_KEY")
        assert [name for name in missing if name not in started.stderr] == []

    def test_takes_no_known_key_for_a_public_host(self) -> None:
        started = start(REVIEWDESK_ENV="embedded", ALLOWED_HOSTS="desk.example.org")

        assert "SECRET_KEY (or SECRET_KEY_FILE) is needed" in started.stderr


class TestEvaluation:
    def test_needs_nothing_and_prefixes_no_cookie_on_plain_http(self) -> None:
        started = start(REVIEWDESK_ENV="embedded")

        assert started.stdout.split() == ["False", "reviewdesk"], started.stderr


class TestDatabases:
    def test_of_postgresql_take_a_socket_and_a_password_from_elsewhere(self) -> None:
        made = database("postgres://desk@/desk?host=/run/pg", password="hush", process="web", statement_seconds=30)

        assert (made["USER"], made["NAME"], made["HOST"], made["PASSWORD"]) == ("desk", "desk", "/run/pg", "hush")
        assert "statement_timeout=30s" in made["OPTIONS"]["options"]

    @pytest.mark.parametrize("pragma", ["recursive_triggers=ON", "synchronous=FULL", "journal_mode=WAL"])
    def test_of_sqlite_keep_records_and_keep_them_through_a_power_cut(self, pragma: str) -> None:
        made = database("sqlite:///:memory:", password="", process="web", statement_seconds=30)

        assert f"PRAGMA {pragma};" in made["OPTIONS"]["init_command"]
        assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
