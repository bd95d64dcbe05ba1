"""What every benchmark reports: figures with their targets, the run they come from, a table for people."""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
COLUMNS = ("figure", "value", "unit", "target", "holds", "peer")


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One measured number.

    :param target: what it is to reach, in words such as `<= 60`; empty for a number without one.
    :param holds: whether it does; None without a target.
    :param peer: the same number of somebody else's program, from the same run; None if there is none.
    """

    name: str
    value: float
    unit: str
    target: str = ""
    holds: bool | None = None
    peer: float | None = None


def at_most(name: str, value: float, unit: str, limit: float, *, peer: float | None = None) -> Figure:
    """Return a figure that is to stay at or under `limit`."""
    return Figure(name=name, value=value, unit=unit, target=f"<= {limit:g}", holds=value <= limit, peer=peer)


def at_least(name: str, value: float, unit: str, limit: float, *, peer: float | None = None) -> Figure:
    """Return a figure that is to reach `limit`."""
    return Figure(name=name, value=value, unit=unit, target=f">= {limit:g}", holds=value >= limit, peer=peer)


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """All figures of one benchmark, and the run they come from.

    :param run: machine, load, versions, and whatever the benchmark adds: raw samples, quantiles, query counts.
    """

    name: str
    figures: Sequence[Figure]
    run: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_noisy(self) -> bool:
        """Tell whether the machine had more to do than it has cores when the run began."""
        return bool(self.run.get("noisy"))

    def table(self) -> str:
        """Return the figures as a table for people."""
        rows = [COLUMNS, *(_row(figure) for figure in self.figures)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        noisy = ["noisy: the load was higher than the number of cores, so no figure counts as held"] * self.is_noisy
        return "\n".join([self.name, *lines, *noisy]) + "\n"

    def write(self, path: Path) -> None:
        """Write everything as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {"name": self.name, "figures": [asdict(figure) for figure in self.figures], "run": self.run}
        path.write_text(json.dumps(content, indent=1, default=str) + "\n", encoding="utf-8")

    @property
    def passes(self) -> bool:
        """Tell whether every target holds; a noisy run proves nothing and passes nothing."""
        return not self.is_noisy and all(figure.holds is not False for figure in self.figures)


def _row(figure: Figure) -> tuple[str, ...]:
    holds = {None: "", True: "yes", False: "NO"}[figure.holds]
    peer = "" if figure.peer is None else f"{figure.peer:,.4g}"
    return (figure.name, f"{figure.value:,.4g}", figure.unit, figure.target, holds, peer)


def circumstances(**more: object) -> dict[str, object]:
    """Return what a reader of the figures needs to know of this run; call it before the measuring begins."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.system()} {platform.machine()}",
        "cores": cores,
        "load_average": load,
        "noisy": load > cores,
        "python": platform.python_version(),
        "commit": commit,
        **more,
    }


def parser(name: str, description: str) -> argparse.ArgumentParser:
    """Return a parser with the options that every benchmark takes; a benchmark adds its own."""
    made = argparse.ArgumentParser(prog=f"script/bench {name}", description=description)
    made.add_argument("--json", type=Path, default=RESULTS / f"{name}.json", help="where the figures go")
    made.add_argument("--db", choices=("sqlite", "postgres"), default="sqlite", help="the database to measure with")
    made.add_argument("--seconds", type=float, default=10, help="how long to measure, about")
    made.add_argument("--peer", action="store_true", help="measure somebody else's program beside ours")
    return made


def finish(report: Report, path: Path) -> int:
    """Print and write a report; return the exit code: 0 if every target holds."""
    sys.stdout.write(report.table())
    report.write(path)
    sys.stdout.write(f"written to {path}\n")
    return 0 if report.passes else 1
