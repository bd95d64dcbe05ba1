"""D10: the machine and the set-up around the data."""

import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from content.conf import conf
from content.management.examination.finding import QUESTIONS

SKEW_AT_MOST = 2.0
"Seconds between the clocks of this machine and the database."
FREE_AT_LEAST = 0.1


@QUESTIONS.register("D10.migrations")
def migrations(_at: datetime) -> Iterator[str]:
    """Check that every migration is applied."""
    executor = MigrationExecutor(connection)
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"migration {migration.app_label}.{migration.name} is not applied; run `manage.py migrate`"


@QUESTIONS.register("D10.clock")
def clock(_at: datetime) -> Iterator[str]:
    """Check that the clocks of the database and of this machine agree."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT strftime('%s', 'now')")
            theirs = float(cursor.fetchone()[0])
        else:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            theirs = float(cursor.fetchone()[0])
    skew = abs(datetime.now(UTC).timestamp() - theirs)
    if skew > SKEW_AT_MOST:
        yield f"the database's clock is {skew:.1f} s off this machine's"


@QUESTIONS.register("D10.disk")
def disk(_at: datetime) -> Iterator[str]:
    """Check that a tenth of the disk is free where the data or the log guard are."""
    folders = {Path(connection.settings_dict["NAME"]).parent} if connection.vendor == "sqlite" else set[Path]()
    folders |= {Path(conf.log_guard).parent} if conf.log_guard else set()
    for folder in sorted(each for each in folders if each.is_dir()):
        usage = shutil.disk_usage(folder)
        if usage.free < FREE_AT_LEAST * usage.total:
            yield f"{folder}: {usage.free / usage.total:.0%} of the disk is free"


@QUESTIONS.register("D10.secrets")
def secrets(_at: datetime) -> Iterator[str]:
    """Check that key files are there and readable by their owner alone."""
    for name, uri in (("SIGNING_KEY", conf.signing_key), ("LOG_KEY", conf.log_key)):
        scheme, _, path = uri.partition(":")
        if scheme != "file2":
            continue
        try:
            mode = stat.S_IMODE(Path(path).stat().st_mode)
        except OSError as error:
            yield f"{name}: {path} cannot be read: {error.strerror}"
            continue
        if mode & 0o077:
            yield f"{name}: {path} has mode {mode:o}; others can read it (chmod 600)"


@QUESTIONS.register("D10.connections")
def connections(_at: datetime) -> Iterator[str]:
    """Check that PostgreSQL has room for more connections."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), current_setting('max_connections')::int FROM pg_stat_activity")
        used, most = cursor.fetchone()
    if used > most - 5:
        yield f"{used} of {most} connections are in use"
