"""The static checks, the same for people, hooks and continuous integration. script/check runs this."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from script import postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = (sys.executable, "manage.py")
AT_ONCE = 2
# Enough for `check --deploy` to see what production would be; nobody connects to anything.
PRODUCTION = {
    "REVIEWDESK_ENV": "production",
    "SECRET_KEY": "for-the-checks-only-" + "x7" * 25,
    "SECRETS_KEY": "A" * 43 + "=",
    "SIGNING_KEY": "file2:signing_key",
    "LOG_KEY": "file2:log_key",
    "LOG_GUARD": "guard",
    "DATABASE_URL": "postgres://reviewdesk@localhost/reviewdesk",
    "ALLOWED_HOSTS": "desk.example.org",
    "BASE_URL": "https://desk.example.org",
    "ISSUER_ID": "https://example.org",
}
# Published test vectors, the record of the bundle, the digests of the language model, what is known already.
MADE_OF_DIGESTS = ("/vectors/", "/reviewdesk/dist/", "/model_digests.json", "/.secrets.baseline")
# Types are Django's choice, and the connection sets both time-outs (reviewdesk/databases.py).
SQUAWK_LEFT_OUT = (
    *("prefer-text-field", "prefer-bigint-over-int", "prefer-bigint-over-smallint"),
    *("require-lock-timeout", "require-statement-timeout"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What one check found. `said` goes to the reader when it failed."""

    name: str
    ok: bool
    said: str
    seconds: float


def run(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> tuple[bool, str]:
    """Run a command at the root of the repository; return whether it succeeded, and what it said."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | dict(environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout


def own_files() -> list[str]:
    """Return the files that git knows and that are there; those made of digests hold no secrets and are left out."""
    names = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0")
    return [
        name
        for name in names
        if name and (ROOT / name).is_file() and not any(each in f"/{name}" for each in MADE_OF_DIGESTS)
    ]


def secrets() -> tuple[bool, str]:
    """Find secrets in tracked files that .secrets.baseline does not know to be harmless."""
    known = json.loads((ROOT / ".secrets.baseline").read_text(encoding="utf-8"))["results"]
    ok, said = run([BIN / "detect-secrets", "scan", *own_files()])
    if not ok:
        return False, said
    harmless = {(name, each["hashed_secret"]) for name, found in known.items() for each in found}
    fresh = [
        f"{name}:{each['line_number']} looks like a secret ({each['type']})"
        for name, found in json.loads(said)["results"].items()
        for each in found
        if (name, each["hashed_secret"]) not in harmless
    ]
    return not fresh, "\n".join(fresh)


def locks() -> tuple[bool, str]:
    """Look for migrations since the last release that would lock PostgreSQL's tables."""
    tagged, tag = run(["git", "describe", "--tags", "--abbrev=0", "--match", "v*"])
    if not tagged:
        return True, "no release yet: every table is new, so nothing can be locked"
    _, released = run(["git", "ls-tree", "--name-only", tag.strip(), "content/migrations/"])
    fresh = [
        path.stem
        for path in sorted((ROOT / "content" / "migrations").glob("[0-9]*.py"))
        if f"content/migrations/{path.name}" not in released.splitlines()
    ]
    with tempfile.TemporaryDirectory() as folder, postgres.cluster() as url:
        for name in fresh:
            ok, sql = run([*MANAGE, "sqlmigrate", "reviewdesk", name], {"DATABASE_URL": url})
            if not ok:
                return False, sql
            (Path(folder) / f"{name}.sql").write_text(sql, encoding="utf-8")
        leave_out = [f"--exclude={rule}" for rule in SQUAWK_LEFT_OUT]
        return run([BIN / "squawk", f"--pg-version={postgres.FLOOR}", *leave_out, *sorted(Path(folder).iterdir())])


def frontend() -> tuple[bool, str]:
    """Check the browser code where node is there; in CI also build it anew and compare."""
    if shutil.which("npm") is None:
        missing = "NOT RUN: node is not installed; tests/house still compares the bundle with its sources"
        return not os.environ.get("CI"), missing
    folder = ROOT / "content" / "frontend"
    if not os.environ.get("CI"):
        if not (folder / "node_modules").exists():
            return True, "NOT RUN: run script/build-frontend once to have the tools"
        return run(["npx", "--prefix", folder, "tsc", "--noEmit", "-p", folder])
    with tempfile.TemporaryDirectory() as built:
        ok, said = run([ROOT / "script" / "build-frontend", built])
        if not ok:
            return False, said
        committed = ROOT / "content" / "static" / "reviewdesk" / "dist" / "BUILD.json"
        same = (Path(built) / "BUILD.json").read_text() == committed.read_text()
        return same, "" if same else "the committed bundle is not what its sources build; run script/build-frontend"


def command(*words: str | Path, **environment: str) -> Callable[[], tuple[bool, str]]:
    """Return a check that runs one program."""
    return lambda: run(words, environment)


# The slowest first, so that the short ones fill the gaps.
CHECKS: Mapping[str, Callable[[], tuple[bool, str]]] = {
    "types": command(BIN / "mypy"),
    "house": command(BIN / "pytest", "tests/house", "-q", "--durations=0"),
    "frontend": frontend,
    "imports": command(BIN / "lint-imports"),
    "secrets": secrets,
    "deploy": command(*MANAGE, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION),
    "migrations": command(*MANAGE, "makemigrations", "--check", "--dry-run"),
    "openapi": command(*MANAGE, "openapi", "--check"),
    "locks": locks,
    "compose": command(BIN / "compose-lint", "docker/compose.yml"),
    "dockerfile": command(BIN / "hadolint", "docker/Dockerfile"),
    "format": command(BIN / "ruff", "format", "--check", "."),
    "lint": command(BIN / "ruff", "check", "."),
}


def check(name: str) -> Outcome:
    """Run one check."""
    begin = time.monotonic()
    ok, said = CHECKS[name]()
    return Outcome(name=name, ok=ok, said=said.strip(), seconds=time.monotonic() - begin)


def main(arguments: list[str]) -> int:
    """Run the checks that are named, or all; return the exit code."""
    if unknown := set(arguments) - set(CHECKS):
        sys.stderr.write(f"check: there is no {', '.join(sorted(unknown))}; there are: {', '.join(CHECKS)}\n")
        return 2
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(pool.map(check, [name for name in CHECKS if name in arguments or not arguments]))
    for outcome in outcomes:
        if not outcome.ok:
            sys.stdout.write(f"\n--- {outcome.name}\n{outcome.said}\n")
    for outcome in outcomes:
        note = f"  {outcome.said}" if outcome.ok and outcome.said.startswith(("NOT RUN", "no release")) else ""
        sys.stdout.write(f"{'ok  ' if outcome.ok else 'FAIL'} {outcome.name:<11} {outcome.seconds:5.1f} s{note}\n")
    return 0 if all(outcome.ok for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
