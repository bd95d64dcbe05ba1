"""The demo: every state of a draft, made by the actions that people take, with nothing broken on the way."""

import contextlib
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from content.management.demo.scenes import scenes


@pytest.fixture
def seeded(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    password = tmp_path / "password"
    password.write_text("a password of the demo\n")
    monkeypatch.setenv("DEMO_PASSWORD_FILE", str(password))
    monkeypatch.setenv("DEMO_TOKEN_FILE", str(tmp_path / "token"))

    def seed() -> str:
        said = StringIO()
        call_command("seed_demo", stdout=said)
        return said.getvalue()

    return seed


class TestSeedDemo:
    def test_leaves_drafts_in_every_state_that_doctor_finds_whole(
        self, seeded: Callable[[], str], client: Client, tmp_path: Path
    ) -> None:
        seeded()

        token = (tmp_path / "token").read_text().strip()
        mine = client.get("/api/v1/drafts?limit=200", headers={"Authorization": f"Bearer {token}"}).json()["results"]
        front = client.get("/").content.decode()
        report = StringIO()
        with contextlib.suppress(SystemExit):
            call_command("doctor", stdout=report)
        published = [scene for scene in scenes() if scene.state.startswith("published")]
        assert {draft["state"] for draft in mine} >= {"queued", "changes_requested", "closed_published"}
        assert front.count("<article") == len(published)
        assert "0 findings" in report.getvalue(), report.getvalue()
        assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600
        assert "are sources already" in seeded()

    def test_refuses_to_start_without_a_password(self, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("DEMO_PASSWORD_FILE", raising=False)

        with pytest.raises(CommandError, match="DEMO_PASSWORD_FILE"):
            call_command("seed_demo")


class TestScenes:
    def test_are_told_in_the_order_in_which_they_came_in(self) -> None:
        told = scenes()

        assert [scene.begins_ago for scene in told] == sorted((scene.begins_ago for scene in told), reverse=True)
        assert len({scene.external_id for scene in told}) == len(told) >= 12
