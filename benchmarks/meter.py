"""Counts what a piece of work costs: CPU of this process and of those it starts, and statements to the database.

CPU comes from the clocks of the processes and not from the wall: it is the same on a busy machine, nearly. BEGIN,
COMMIT and ROLLBACK are not counted as statements; savepoints are.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psutil  # type: ignore[import-untyped]  # only for child processes
from django.db import connection

NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """CPU in milliseconds, own and of child processes; statements to the database; milliseconds by the wall."""

    cpu_ms: float = 0.0
    queries: int = 0
    wall_ms: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            cpu_ms=self.cpu_ms + other.cpu_ms,
            queries=self.queries + other.queries,
            wall_ms=self.wall_ms + other.wall_ms,
        )


@dataclass(kw_only=True, slots=True)
class Tally:
    """What each step of one run cost, in order."""

    steps: list[tuple[str, Cost]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what happens inside and note it under a name."""
        with measured() as cost:
            yield
        self.steps.append((name, cost()))

    def by_name(self) -> dict[str, Cost]:
        """Return the sum of each step's costs, in the order in which they came first."""
        sums: dict[str, Cost] = {}
        for name, cost in self.steps:
            sums[name] = sums.get(name, Cost()) + cost
        return sums

    def costs(self, name: str) -> list[Cost]:
        """Return what a step cost each time it was taken."""
        return [cost for each, cost in self.steps if each == name]


class _Statements:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += not sql.startswith(NOT_COUNTED)
        return execute(sql, params, many, context)


@contextmanager
def measured() -> Iterator[Callable[[], Cost]]:
    """Measure what happens inside; call what is yielded for the cost, after the end."""
    statements = _Statements()
    ended: list[Cost] = []
    wall, children, own = time.perf_counter(), _children_seconds(), time.process_time()
    with connection.execute_wrapper(statements):
        yield lambda: ended[0]
    own = time.process_time() - own
    ended.append(
        Cost(
            cpu_ms=1000 * (own + _children_seconds() - children),
            queries=statements.count,
            wall_ms=1000 * (time.perf_counter() - wall),
        )
    )


def _children_seconds() -> float:
    """Return the CPU that child processes have used: those that ended, and those that run."""
    ended = os.times()
    running = [child.cpu_times()[:4] for child in psutil.Process().children()]  # user, system, and their children's
    return float(ended.children_user + ended.children_system + sum(map(sum, running)))


def median(values: Sequence[float]) -> float:
    """Return the middle of some values."""
    return float(statistics.median(values))


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return quartiles and extremes, for the record of a run."""
    low, middle, high = statistics.quantiles(values, n=4) if len(values) > 1 else (values[0],) * 3
    return {"min": min(values), "p25": low, "median": middle, "p75": high, "max": max(values), "n": len(values)}
