"""The server that a journey plays on: one of its own, or one that runs already."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 240
EDITOR, APPROVER = "editor@example.org", "approver@example.org"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a server answers, and what opens it: a source token, and the password of the demo people."""

    base: str
    token: str
    password: str


def running(url: str, data: Path) -> Place:
    """Return a server that runs; its secrets lie in the data folder that it was started with."""
    secrets = data / "secrets"
    return Place(
        base=url.rstrip("/") + "/",
        token=(secrets / "demo_token").read_text().strip(),
        password=(secrets / "demo_password").read_text().strip(),
    )


@contextmanager
def own(port: int) -> Iterator[Place]:
    """Start an embedded server in a folder of its own, and stop it afterwards."""
    with tempfile.TemporaryDirectory(prefix="reviewdesk-journey-") as folder:
        command = [str(ROOT / "script" / "server"), "--data", folder, "--port", str(port)]
        with (Path(folder) / "server.out").open("wb") as log:
            server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
            try:
                _wait(server, f"http://127.0.0.1:{port}/", Path(folder))
                yield running(f"http://127.0.0.1:{port}", Path(folder))
            finally:
                server.terminate()
                server.wait(60)


def _wait(server: subprocess.Popen[bytes], base: str, folder: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            if requests.get(f"{base}readyz", timeout=2).ok and (folder / "secrets" / "demo_token").exists():
                return
        except (requests.ConnectionError, requests.Timeout):
            time.sleep(0.2)
    said = (folder / "server.out").read_text(encoding="utf-8", errors="replace")[-2000:]
    sys.stderr.write(said)
    raise SystemExit("journey: the embedded server did not start; its last words stand above")
