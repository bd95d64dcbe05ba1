"""Everything that ReviewDesk needs on one machine, for trying it out: script/server runs this.

Standard library only: it works before anything else does. What it does in order, and why, is in
docs/operating.md; any failure is one sentence with the remedy.
"""

import argparse
import base64
import fcntl
import os
import secrets
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from script import brokers
from script.children import Family
from script.refusal import ALREADY_RUNNING, PORT_TAKEN, CannotGoOn

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
FIRST_PORT, LAST_PORT = 8000, 8020
READY_SECONDS = 60
STOP_ORDER = ("web", "worker", "broker")
QUEUES = "critical,interactive,delivery,nlp,bulk"
PEOPLE = ("editor@example.org", "approver@example.org", "manager@example.org")
EXAMPLE = (
    '{"external_id": "hello-1", "title": "Hello", "body": "A first draft, written by a model.", '
    '"generation": {"provider": "unknown", "model": "unknown"}}'
)
MANAGE = (sys.executable, str(ROOT / "manage.py"))


class Stopped(BaseException):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where one server keeps its things and where it is reached."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Address of the desk, without a slash at its end."""
        return f"http://{HOST}:{self.port}"

    @property
    def secrets(self) -> Path:
        """Folder of keys and passwords, for its owner's eyes."""
        return self.folder / "secrets"

    @property
    def logs(self) -> Path:
        """Folder of the logs."""
        return self.folder / "log"


def main(arguments: list[str]) -> int:
    """Run until stopped; return the exit code."""
    options = parse(arguments)
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        serve(options)
    except Stopped:
        sys.stdout.write("server: stopped\n")
        return 0
    except CannotGoOn as refusal:
        sys.stderr.write(f"server: {refusal}\n")
        return refusal.code
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="script/server", description="Run ReviewDesk with everything it needs.")
    parser.add_argument("--port", type=int, help=f"default: the first free one from {FIRST_PORT} on")
    parser.add_argument("--data", type=Path, default=ROOT / "var", help="folder for all state (default: var)")
    parser.add_argument("--no-demo", action="store_true", help="start without people and drafts to try out")
    return parser.parse_args(arguments)


def serve(options: argparse.Namespace) -> None:
    """Bring everything up and keep it up.

    :raises CannotGoOn: whenever something does not come up, or does not stay.
    """
    if os.environ.get("REVIEWDESK_ENV") == "production":
        raise CannotGoOn("This is for evaluation and will not run with REVIEWDESK_ENV=production; see docker/.")
    folder = options.data.resolve()
    for name in ("run", "secrets", "log", "valkey", "guard"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "secrets").chmod(0o700)
    with (folder / "run" / "server.lock").open("a+") as lock:
        take(lock.fileno(), folder / "run" / "server.lock")
        place = Place(folder=folder, port=free_port(options.port))
        lock.truncate(0)
        lock.write(f"{os.getpid()} {place.url}\n")
        lock.flush()
        run(place, demo=not options.no_demo)


def take(descriptor: int, path: Path) -> None:
    """Take the lock of a data folder; the kernel gives it back however this process ends.

    :raises CannotGoOn: if another server has it.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid, _, url = path.read_text().strip().partition(" ")
        raise CannotGoOn(
            f"ReviewDesk is already running at {url or 'an address not known yet'} (pid {pid or 'unknown'}); "
            "stop it, or use --data for a second one.",
            code=ALREADY_RUNNING,
        ) from None


def free_port(wanted: int | None) -> int:
    """Return `wanted`, or the first port that nobody listens on.

    :raises CannotGoOn: if there is none.
    """
    for port in [wanted] if wanted is not None else range(FIRST_PORT, LAST_PORT + 1):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    what = f"port {wanted} is" if wanted is not None else f"ports {FIRST_PORT} to {LAST_PORT} are"
    raise CannotGoOn(f"{what} in use; choose another with --port N", code=PORT_TAKEN)


def run(place: Place, *, demo: bool) -> None:
    """Start the children, tell where they are, and watch them."""
    make_secret(place.secrets / "secret_key", lambda: secrets.token_urlsafe(50))
    make_secret(place.secrets / "secrets_key", lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    make_secret(place.secrets / "demo_password", lambda: secrets.token_urlsafe(12))
    listens_at = None if os.environ.get("REDIS_URL") else brokers.socket_path(place.folder / "valkey")
    family = Family(folder=ROOT, logs=place.logs, environment=environment(place, listens_at=listens_at))
    try:
        if listens_at is not None:
            program = brokers.valkey_program()
            family.start(
                "broker",
                brokers.command(program=program, folder=place.folder / "valkey", listens_at=listens_at),
            )
            family.wait_until(lambda: brokers.answers(listens_at), seconds=READY_SECONDS, what="the broker")
        prepare(family, place, demo=demo)
        family.start("web", web(place))
        family.start("worker", worker(place))
        family.wait_until(lambda: is_ready(place.url), seconds=READY_SECONDS, what=f"{place.url}/readyz")
        family.run("setup", [*MANAGE, "ping"])
        sys.stdout.write(welcome(place, demo=demo))
        sys.stdout.flush()
        family.watch()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        family.stop(STOP_ORDER)


def make_secret(path: Path, content: Callable[[], str]) -> None:
    """Write a secret once, readable by its owner only."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{content()}\n")


def environment(place: Place, *, listens_at: Path | None) -> dict[str, str]:
    """Return what every child sees; what the caller has set for itself stands."""
    ours = {
        "REVIEWDESK_ENV": "embedded",
        "REVIEWDESK_DATA": str(place.folder),
        "BASE_URL": place.url,
        "PYTHONUNBUFFERED": "1",
        "WEBHOOK_ALLOW_PRIVATE_CIDRS": "127.0.0.0/8",
        "DEMO_TOKEN_FILE": str(place.secrets / "demo_token"),
    }
    for name in ("SECRET_KEY", "SECRETS_KEY", "SIGNING_KEY", "LOG_KEY", "DEMO_PASSWORD"):
        if name not in os.environ:
            ours[f"{name}_FILE"] = str(place.secrets / name.lower())
    if listens_at is not None:
        ours["REDIS_URL"] = f"unix://{listens_at}"
    return ours | dict(os.environ) | {"BASE_URL": place.url}


def prepare(family: Family, place: Place, *, demo: bool) -> None:
    """Make the keys that are missing, bring the database up to date, and fill an empty one with a demo."""
    for name in ("signing_key", "log_key"):
        path = place.secrets / name
        given = os.environ.get(name.upper()) or os.environ.get(f"{name.upper()}_FILE")
        if not given and not path.exists():
            family.run("setup", [*MANAGE, "create_key", str(path)])
    family.run("setup", [*MANAGE, "migrate", "--no-input"])
    family.run("setup", [*MANAGE, "createcachetable"])
    if demo:
        family.run("setup", [*MANAGE, "seed_demo"])
    family.run("setup", [*MANAGE, "rotate_key"])  # publishes the key set of a first start; else changes nothing


def web(place: Place) -> list[str]:
    """Return the command of the web server. Threads, because a request mostly waits for the database."""
    return [
        *(sys.executable, "-m", "gunicorn", "reviewdesk.wsgi"),
        *("--bind", f"{HOST}:{place.port}"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", "4"),
        *("--no-control-socket", "--timeout", "30", "--graceful-timeout", "20"),
        *("--max-requests", "2000", "--max-requests-jitter", "200"),
    ]


def worker(place: Place) -> list[str]:
    """Return the command of the worker, which also wakes up by the clock what has been forgotten."""
    return [
        *(sys.executable, "-m", "celery", "--quiet", "-A", "reviewdesk", "worker"),
        *("-P", "threads", "-c", "4", "-B", "-s", str(place.folder / "run" / "beat"), "-Q", QUEUES),
        *("--without-gossip", "--without-mingle", "-l", "WARNING"),
    ]


def is_ready(url: str) -> bool:
    """Tell whether the server says that it can work."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def welcome(place: Place, *, demo: bool) -> str:
    """Return what the user needs to know now."""
    lines = [f"\nReviewDesk is running at {place.url}/\n"]
    if demo:
        password = (place.secrets / "demo_password").read_text().strip()
        token = (place.secrets / "demo_token").read_text().strip()
        lines += [
            f"  log in     {', '.join(PEOPLE)}",
            f"  password   {os.environ.get('DEMO_PASSWORD', password)}",
            f"  API        {place.url}/api/v1/",
            f"  try        curl -X POST {place.url}/api/v1/drafts -H 'Authorization: Bearer {token}' \\",
            f"               -H 'Content-Type: application/json' -d '{EXAMPLE}'",
        ]
    lines += [f"  logs       {place.logs}", "  Ctrl-C stops\n"]
    return "\n".join(lines) + "\n"


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
