"""The lanes of script/test: what each runs, with which database, broker and browser, and one summary at the end."""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from script import brokers, chromium, postgres
from script.refusal import MISSING_PIECE, CannotGoOn

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_DATA = "The evaluation data is not here"
FOUND_NO_TESTS = 5  # exit code of pytest
BY_NATURE = ("vulnerability audit: not run, it needs an advisory service on the network",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How one lane ended."""

    lane: str
    state: str  # ok, FAIL or MISSING
    seconds: float
    passed: int = 0
    failed: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lane:
    """What one lane runs.

    :param marks: pytest's -m expression; empty for the lane of the static checks.
    :param limit: seconds on two warm cores; a slower run is said, not failed.
    """

    marks: str
    limit: int
    more: tuple[str, ...] = ()
    surroundings: Callable[[], "Iterator[Mapping[str, str]]"] = field(default=lambda: iter([{}]))


def with_postgres() -> Iterator[Mapping[str, str]]:
    """Yield the environment of a run on PostgreSQL, with a broker: what production has."""
    with valkey() as redis_url:
        given = os.environ.get("TEST_DATABASE_URL")
        if given:
            yield {"DATABASE_URL": given, "REDIS_URL": redis_url}
            return
        with postgres.cluster() as url:
            yield {"DATABASE_URL": url, "REDIS_URL": redis_url}


def with_browser() -> Iterator[Mapping[str, str]]:
    """Yield the environment of a run with a browser."""
    browser = chromium.obtain()
    yield {} if browser is None else {"CHROMIUM": str(browser)}


@contextmanager
def valkey() -> Iterator[str]:
    """Run a broker while the block runs; yield its REDIS_URL."""
    with tempfile.TemporaryDirectory(prefix="rd-valkey-") as name:
        folder = Path(name)
        listens_at = brokers.socket_path(folder)
        line = brokers.command(program=brokers.valkey_program(), folder=folder, listens_at=listens_at)
        server = subprocess.Popen(line, stdout=subprocess.DEVNULL)
        try:
            give_up = time.monotonic() + postgres.START_SECONDS
            while not brokers.answers(listens_at):
                if server.poll() is not None or time.monotonic() > give_up:
                    raise CannotGoOn(f"Valkey does not start: {line[0]}", code=MISSING_PIECE)
                time.sleep(0.05)
            yield f"unix://{listens_at}"
        finally:
            server.terminate()
            server.wait()


LANES: Mapping[str, Lane] = {
    "checks": Lane(marks="", limit=60),
    "unit": Lane(marks="not database and not browser and not slow", limit=20, more=("--ignore=tests/house",)),
    "sqlite": Lane(marks="database and not browser and not slow", limit=90),
    "postgres": Lane(marks="database and not browser and not slow", limit=90, surroundings=with_postgres),
    "browser": Lane(marks="browser and not slow", limit=90, surroundings=with_browser),
    "slow": Lane(marks="slow", limit=3600, surroundings=with_browser),
}
ALWAYS = [name for name in LANES if name != "slow"]


def run(name: str, options: Sequence[str]) -> Outcome:
    """Run one lane; whatever it misses ends it as MISSING."""
    sys.stdout.write(f"\n=== {name}\n")
    sys.stdout.flush()
    begin = time.monotonic()
    try:
        with contextmanager(LANES[name].surroundings)() as environment:
            return _static(begin) if name == "checks" else _pytest(name, options, environment, begin)
    except CannotGoOn as refusal:
        return Outcome(lane=name, state="MISSING", seconds=time.monotonic() - begin, note=str(refusal))


def _static(begin: float) -> Outcome:
    code = subprocess.run([sys.executable, "-P", "-m", "script.checks"], cwd=ROOT, check=False).returncode
    return Outcome(lane="checks", state="FAIL" if code else "ok", seconds=time.monotonic() - begin)


def _pytest(name: str, options: Sequence[str], environment: Mapping[str, str], begin: float) -> Outcome:
    lane = LANES[name]
    with tempfile.TemporaryDirectory(prefix="rd-report-") as folder:
        report = Path(folder) / "report.xml"
        line = [sys.executable, "-m", "pytest", "-q", "-m", lane.marks, f"--junit-xml={report}", *lane.more, *options]
        # Neither database nor broker of the caller: a lane means what it says.
        inherited = {key: text for key, text in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
        code = subprocess.run(line, cwd=ROOT, env=inherited | dict(environment), check=False).returncode
        passed, failed, skipped = _counts(report)
        unexplained = skipped - _without_data(report)
    note = f"{skipped} skipped, evaluation data is not here" if skipped else ""
    if unexplained:
        note = f"{unexplained} skipped, and nothing may be but for the evaluation data"
    if code == FOUND_NO_TESTS:
        note = "no tests"
    ok = code == 0 and not unexplained
    seconds = time.monotonic() - begin
    return Outcome(lane=name, state="ok" if ok else "FAIL", seconds=seconds, passed=passed, failed=failed, note=note)


def _counts(report: Path) -> tuple[int, int, int]:
    """Return how many tests passed, failed and were skipped; format: JUnit XML as pytest writes it."""
    if not report.exists():
        return 0, 0, 0
    suites = list(ET.parse(report).getroot().iter("testsuite"))
    total, failed, skipped = (
        sum(int(suite.get(key, "0")) for suite in suites for key in keys)
        for keys in (("tests",), ("failures", "errors"), ("skipped",))
    )
    return total - failed - skipped, failed, skipped


def _without_data(report: Path) -> int:
    """Return how many tests were skipped because the evaluation data, which is not part of the project, is not here."""
    if not report.exists():
        return 0
    skips = ET.parse(report).getroot().iter("skipped")
    return sum(str(skip.get("message", "")).startswith(WITHOUT_DATA) for skip in skips)


def versions() -> str:
    """Return what the tests ran on."""
    code = "import sqlite3, django; print('Django', django.__version__, '| SQLite', sqlite3.sqlite_version)"
    said = [
        f"Python {sys.version.split()[0]}",
        subprocess.check_output([sys.executable, "-c", code], text=True).strip(),
    ]
    asked: dict[str, Callable[[], str]] = {
        "PostgreSQL": lambda: str(postgres.version(postgres.programs())),
        "Valkey": lambda: subprocess.check_output([brokers.valkey_program(), "--version"], text=True).split("v=")[1][
            :8
        ],
        "Chromium": lambda: chromium.version(chromium.find()),
    }
    for what, ask in asked.items():
        try:
            said.append(f"{what} {ask()}")
        except CannotGoOn:
            said.append(f"{what} missing")
    return " | ".join(said)


def summary(outcomes: Sequence[Outcome]) -> str:
    """Return one line a lane, what it ran on, and what could not run by nature."""
    lines = ["", "=== summary"]
    for outcome in outcomes:
        slow = "" if outcome.seconds <= LANES[outcome.lane].limit else f"  over {LANES[outcome.lane].limit} s"
        counts = "" if outcome.lane == "checks" else f"{outcome.passed + outcome.failed:6} tests"
        line = f"{outcome.state:<8}{outcome.lane:<9}{counts:<13}{outcome.seconds:7.1f} s{slow}  {outcome.note}"
        lines.append(line.rstrip())
    lines += [versions(), *BY_NATURE]
    passed, failed = (sum(getattr(outcome, which) for outcome in outcomes) for which in ("passed", "failed"))
    return "\n".join([*lines, f"tests: {passed} passed, {failed} failed"]) + "\n"


def main(arguments: list[str]) -> int:
    """Run the lanes that are named, or all but slow; return the exit code."""
    split = arguments.index("--") if "--" in arguments else len(arguments)
    chosen, options = arguments[:split], arguments[split + 1 :]
    if unknown := set(chosen) - set(LANES):
        sys.stderr.write(f"test: there is no lane {', '.join(sorted(unknown))}; there are: {', '.join(LANES)}\n")
        return 2
    outcomes = [run(name, options) for name in chosen or ALWAYS]
    sys.stdout.write(summary(outcomes))
    states = {outcome.state for outcome in outcomes}
    return MISSING_PIECE if "MISSING" in states else int("FAIL" in states)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
