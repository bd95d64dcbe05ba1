"""Copy everything that cannot be made again: database, public keys, log. Private keys never."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from argparse import ArgumentParser
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from content.attestation.queries import keys, log
from content.errors import NotFound


class Command(BaseCommand):
    """Writes DIR/database.*, keys.json, checkpoint.txt, status.jsonl and a manifest with their digests."""

    help = "Copies the database, the public keys and the head of the log to a new folder. Keep private keys elsewhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *_args: object, **options: object) -> None:
        folder = Path(str(options["folder"]))
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} is not empty; nothing was written.")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if connection.vendor == "sqlite":
            _copy_sqlite(folder / "database.sqlite3")
        else:
            _dump_postgresql(folder / "database.dump", connection.settings_dict)
        _write_public_record(folder)
        files = _digests(folder)
        manifest = {"made_at": timezone.now().isoformat(), "database": connection.vendor, "files": files}
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(files)} files in {folder}")


def _copy_sqlite(target: Path) -> None:
    """Copy a live database page by page; writers wait for no more than moments (SQLite online backup API)."""
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)


def _dump_postgresql(target: Path, settings: Mapping[str, object]) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise CommandError("pg_dump is not on PATH; it comes with PostgreSQL's client programs.")
    asked = {"--host": settings["HOST"], "--port": settings["PORT"], "--username": settings["USER"]}
    command = [program, "--format=custom", f"--file={target}"]
    command += [f"{name}={value}" for name, value in asked.items() if value]
    environment = os.environ | {"PGPASSWORD": str(settings["PASSWORD"] or "")}
    done = subprocess.run(  # noqa: S603 (a program of PATH, arguments from the settings)
        [*command, str(settings["NAME"])], env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise CommandError(f"pg_dump failed: {done.stderr.strip()[-500:]}")


def _write_public_record(folder: Path) -> None:
    """Write what verifiers need; a desk that never published has neither keys nor log."""
    try:
        (folder / "keys.json").write_bytes(keys.key_set())
        (folder / "checkpoint.txt").write_text(log.checkpoint(), encoding="utf-8")
    except NotFound:
        return
    (folder / "status.jsonl").write_bytes(b"".join(line + b"\n" for line in log.status_lines()))


def _digests(folder: Path) -> dict[str, dict[str, object]]:
    return {
        path.name: {"bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in sorted(folder.iterdir())
    }
