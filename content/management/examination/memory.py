"""D04 to D07: the record of Events, the work that follows, and the seals of append-only tables."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.db import connection

from content.events import queries as events
from content.management.examination.finding import QUESTIONS
from content.migrations._append_only import TABLES, statements

READY_AT_MOST = timedelta(seconds=120)
LEASE_OVER_AT_MOST = timedelta(seconds=30)


@QUESTIONS.register("D04.event_chains")
def event_chains(_at: datetime) -> Iterator[str]:
    """Check that every chain of Events is whole."""
    for broken in events.broken_links():
        yield f"event {broken.seq} of chain {broken.chain}: {broken.reason}"


@QUESTIONS.register("D05.jobs")
def jobs(at: datetime) -> Iterator[str]:
    """Check that no Job waits long past its time, runs long past its lease, or is dead."""
    for job in events.overdue_jobs(ready_before=at - READY_AT_MOST, lease_before=at - LEASE_OVER_AT_MOST):
        since = job.run_at if job.lease_until is None else job.lease_until
        yield f"job {job.pk} ({job.kind}) is {job.state} since {since:%Y-%m-%d %H:%M:%S}; is a worker running?"
    for job in events.dead_jobs():
        yield f"job {job.pk} ({job.kind}) was given up: {job.last_error[:200]}"


@QUESTIONS.register("D07.seals")
def seals(_at: datetime) -> Iterator[str]:
    """Check that the triggers of append-only tables are there as the migration made them, and switched on."""
    found = _sqlite_triggers() if connection.vendor == "sqlite" else _postgresql_triggers()
    models = {model._meta.model_name: model for model in apps.get_app_config("reviewdesk").get_models()}  # noqa: SLF001 (Django's own name for it)
    for table in TABLES:
        for statement in statements(models[table], connection.vendor):
            name = statement.split()[2]
            if not _is_there(found.get(name), statement):
                yield f"trigger {name} is missing, changed or switched off; run the migrations again"
    if connection.vendor == "sqlite" and not _triggers_recurse():
        yield "PRAGMA recursive_triggers is off; REPLACE would walk past a delete trigger"


def _is_there(found: str | None, statement: str) -> bool:
    """Compare definitions; PostgreSQL writes them in its own words, so there only being switched on counts."""
    if connection.vendor == "postgresql":
        return found in {"O", "A"}
    return found == statement


def _sqlite_triggers() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _postgresql_triggers() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, t.tgenabled::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND p.proname = 'reviewdesk_refuse' AND p.prosrc LIKE '%%RAISE EXCEPTION%%'",
            [],
        )
        return dict(cursor.fetchall())


def _triggers_recurse() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers")
        return bool(cursor.fetchone()[0])
