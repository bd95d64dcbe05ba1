"""Commands for whoever operates the server."""

import hashlib
import io
import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from content import pipeline
from content.actors import SYSTEM
from content.drafts import queries as drafts
from content.errors import NotFound
from content.events.models import Event, Job
from content.insights.models import CaseFigures, MetricPoint
from content.permissions import Permission, Role
from tests.database import triggers_off
from tests.events.facts import Work, flowing, ring
from tests.make import Maker


def run(name: str, *arguments: object, status: int = 0) -> str:
    """Run a command, expect an exit status, return what it printed."""
    out, code = io.StringIO(), 0
    try:
        call_command(name, *map(str, arguments), stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    assert code == status, out.getvalue()
    return out.getvalue()


@pytest.mark.django_db
class TestDoctor:
    def test_finds_nothing_in_a_fresh_database(self) -> None:
        assert "invariants checked, 0 findings" in run("doctor")

    def test_prints_json_for_programs(self) -> None:
        report = json.loads(run("doctor", "--json"))

        assert report["findings"] == []
        assert {name.partition(".")[0] for name in report["checked"]} == {f"D{number:02}" for number in range(1, 11)}

    def test_names_a_job_that_was_given_up(self) -> None:
        work = Work()
        work.error = NotFound()
        with flowing(work.kind()):
            ring(draft_id=None, by=SYSTEM, at=timezone.now())
            pipeline.run_ready()

        assert "D05  job" in run("doctor", status=1)

    def test_names_a_job_that_nobody_works(self) -> None:
        with flowing(Work().kind()):
            ring(draft_id=None, by=SYSTEM, at=timezone.now() - timedelta(minutes=5))

        assert "is a worker running?" in run("doctor", status=1)

    def test_names_a_key_that_others_can_read(self, settings: object, tmp_path: Path) -> None:
        key = tmp_path / "key.pem"
        key.write_text("")
        key.chmod(0o644)
        settings.REVIEWDESK = {**settings.REVIEWDESK, "LOG_KEY": f"file2:{key}"}  # type: ignore[attr-defined]

        assert "others can read it (chmod 600)" in run("doctor", status=1)

    def test_names_a_key_that_is_gone(self, settings: object, tmp_path: Path) -> None:
        settings.REVIEWDESK = {**settings.REVIEWDESK, "LOG_KEY": f"file2:{tmp_path / 'none'}"}  # type: ignore[attr-defined]

        assert "cannot be read" in run("doctor", status=1)

    @pytest.mark.usefixtures("unguarded")
    def test_names_figures_that_are_not_the_sum_of_their_cases(self, make: Maker) -> None:
        MetricPoint.objects.create(
            metric="acceptance.v1",
            day=timezone.now().date(),
            source=make.source(),
            kind="documentation",
            model="m",
            n=1,
            total=0,
            total_of_squares=0,
            bins={"published": 1},
        )

        assert "run rebuild_rollups" in run("doctor", status=1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("unguarded")
class TestTampering:
    def test_with_the_record_is_named_by_both_commands(self) -> None:
        event_id = ring(draft_id=None, by=SYSTEM, at=timezone.now())
        with triggers_off(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE reviewdesk_event SET actor = 'somebody' WHERE id = %s", [event_id])

        assert "event 1 of chain system: it was changed" in run("verify_audit", status=1)
        assert "D04  event 1 of chain system" in run("doctor", status=1)

    def test_with_a_trigger_is_named(self) -> None:
        with triggers_off():
            assert "D07  trigger reviewdesk_event_" in run("doctor", status=1)


@pytest.mark.django_db
class TestVerifyAudit:
    def test_says_that_the_record_is_whole(self) -> None:
        ring(draft_id=None, by=SYSTEM, at=timezone.now())

        assert run("verify_audit") == "The record is whole.\n"

    def test_reads_one_chain_alone(self) -> None:
        assert "whole" in run("verify_audit", "--chain", "system")


@pytest.mark.django_db
class TestJobs:
    @pytest.fixture
    def dead(self) -> int:
        work = Work()
        work.error = NotFound("no such draft")
        with flowing(work.kind()):
            ring(draft_id=None, by=SYSTEM, at=timezone.now())
            pipeline.run_ready()
        return Job.objects.get().pk

    def test_are_listed_with_what_went_wrong(self, dead: int) -> None:
        printed = run("jobs", "list")

        assert "interactive: 0 ready, 0 running, 1 dead" in printed
        assert f"{dead}  tests.answer" in printed
        assert "not_found: no such draft" in printed

    def test_are_replayed_in_a_manager_s_name(self, dead: int, make: Maker) -> None:
        manager = make.person(Role.MANAGER, email="manager@desk.example")
        run("jobs", "replay", dead, "--by", "MANAGER@desk.example")

        assert Job.objects.get().state == "ready"
        assert Event.objects.get(fact="job_replayed.v1").actor == str(manager.id)

    def test_are_dropped_by_kind(self, dead: int, make: Maker) -> None:
        make.person(Role.MANAGER, email="manager@desk.example")
        run("jobs", "drop", "--kind", "tests.answer", "--by", "manager@desk.example")

        assert not Job.objects.exists()

    def test_are_left_alone_without_a_name(self, dead: int) -> None:
        with pytest.raises(CommandError, match="Say who does this"):
            run("jobs", "replay", dead)

    def test_are_left_alone_by_those_who_may_not(self, dead: int, make: Maker) -> None:
        make.person(Role.EDITOR, email="editor@desk.example")

        with pytest.raises(CommandError, match="permission"):
            run("jobs", "replay", dead, "--by", "editor@desk.example")


@pytest.mark.django_db
class TestRunJobs:
    def test_works_what_is_due_and_ends(self) -> None:
        work = Work()
        with flowing(work.kind()):
            ring(draft_id=None, by=SYSTEM, at=timezone.now())

            assert run("run_jobs") == "1 Jobs worked\n"
        assert len(work.done) == 1


@pytest.mark.django_db
class TestPing:
    def test_says_when_nobody_answers(self) -> None:
        with pytest.raises(CommandError, match="No worker did the work within 0 s"):
            run("ping", "--seconds", "0")

    def test_hears_a_worker(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # The command waits in this thread, so the worker works while it sleeps.
        monkeypatch.setattr("content.management.commands.ping.time.sleep", lambda _seconds: pipeline.run_ready())

        assert run("ping").startswith("A worker answered after")


@pytest.mark.django_db
class TestGrantRole:
    def test_gives_a_role_everywhere(self, make: Maker) -> None:
        person = make.person(email="new@desk.example")
        run("grant_role", "New@desk.example", "editor")

        assert drafts.person_of(user_id=person.id).may(Permission.SIGN)

    def test_gives_a_role_for_one_source(self, make: Maker) -> None:
        person = make.person(email="new@desk.example")
        source = make.source()
        run("grant_role", "new@desk.example", "editor", "--source", source.slug)

        (grant,) = drafts.person_of(user_id=person.id).grants
        assert (grant.role, grant.source_id) == (Role.EDITOR, source.pk)

    def test_refuses_an_unknown_account(self) -> None:
        with pytest.raises(CommandError, match="0 accounts"):
            run("grant_role", "nobody@desk.example", "editor")

    def test_refuses_an_unknown_source(self, make: Maker) -> None:
        make.person(email="new@desk.example")

        with pytest.raises(CommandError):
            run("grant_role", "new@desk.example", "editor", "--source", "none")

    def test_refuses_an_unknown_role(self, make: Maker) -> None:
        make.person(email="new@desk.example")

        with pytest.raises(CommandError, match="invalid choice"):
            run("grant_role", "new@desk.example", "king")


@pytest.mark.django_db
class TestRebuildRollups:
    def test_counts_nothing_in_an_empty_desk(self) -> None:
        assert run("rebuild_rollups") == "0 cases counted\n"
        assert not CaseFigures.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestBackup:
    def test_holds_the_database_and_a_manifest_of_digests(self, make: Maker, tmp_path: Path) -> None:
        make.draft()
        run("backup", tmp_path / "copy")

        manifest = json.loads((tmp_path / "copy" / "manifest.json").read_text())
        for name, entry in manifest["files"].items():
            assert hashlib.sha256((tmp_path / "copy" / name).read_bytes()).hexdigest() == entry["sha256"]
        assert any(name.startswith("database.") for name in manifest["files"])

    def test_can_be_opened_and_holds_what_was_there(self, make: Maker, tmp_path: Path) -> None:
        make.draft(external_id="page:kept")
        run("backup", tmp_path / "copy")

        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(tmp_path / "copy" / "database.sqlite3")) as copy:
                rows = copy.execute("SELECT external_id FROM reviewdesk_draft").fetchall()
            assert rows == [("page:kept",)]
        else:
            assert (tmp_path / "copy" / "database.dump").read_bytes()[:5] == b"PGDMP"

    def test_overwrites_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "kept").write_text("mine")

        with pytest.raises(CommandError, match="not empty"):
            run("backup", tmp_path)

    def test_holds_no_private_key(self, make: Maker, tmp_path: Path) -> None:
        make.draft()
        run("backup", tmp_path / "copy")

        assert not any(b"PRIVATE KEY" in path.read_bytes() for path in (tmp_path / "copy").iterdir())
