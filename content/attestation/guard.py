"""The guard file: what the log last signed, remembered outside the database and its backups.

A database that was rolled back or edited would have the log sign a second tree of some size; the guard notices.
It lies on the one host that runs the sequencer. Format: the signed checkpoint itself, byte for byte.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content.proof.note import Checkpoint, NoteMalformed, read_checkpoint


class GuardUnreadable(ValueError):
    """The guard file is there, but holds no checkpoint."""


@contextmanager
def locked(path: Path) -> Iterator["Guard"]:
    """Hold the guard for oneself while the block runs; waits for whoever holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.lock").open("a", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Guard(path)


class Guard:
    """The guard while it is locked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Checkpoint | None:
        """Return the checkpoint that was signed last; None if there is no file.

        :raises GuardUnreadable: if the file holds anything else.
        """
        try:
            return read_checkpoint(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (NoteMalformed, UnicodeDecodeError) as error:
            raise GuardUnreadable(str(self._path)) from error

    def write(self, note: str) -> None:
        """Remember a signed checkpoint; it is on disk, whole, when this returns."""
        fresh = self._path.with_name(f"{self._path.name}.new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
