"""From the figures of cases to the points that are stored: one metric, one day, one Source, kind and model."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import NamedTuple, Protocol

import content.insights.metrics  # noqa: F401  # the metrics register themselves
from content.insights.bins import bin_of
from content.insights.metric import METRICS, MOMENTS, Figures, Metric


class Scope(NamedTuple):
    """Whose drafts a point counts."""

    source_id: int
    kind: str
    model: str


class Scoped(Figures, Protocol):
    """Figures that know whose they are."""

    source_id: int
    kind: str
    model: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """What is stored of one metric, day and scope. `n` counts cases; `bins` count values or categories."""

    metric: str
    day: date
    scope: Scope
    n: int
    total: float
    total_of_squares: float
    bins: dict[str, int]


@dataclass(kw_only=True, slots=True)
class _Tally:
    n: int = 0
    values: list[float] = field(default_factory=list)
    bins: dict[str, int] = field(default_factory=dict)

    def add(self, metric: Metric, figures: Figures) -> None:
        value = metric.value(figures)
        keys = list(metric.categories(figures))
        if value is not None:
            self.values.append(value)
            keys.append(str(bin_of(value, metric.unit)))
        self.n += 1
        for key in keys:
            self.bins[key] = self.bins.get(key, 0) + 1


def day_of(moment: datetime) -> date:
    """Return the day, in UTC, on which something counts."""
    return moment.astimezone(UTC).date()


def days_of(figures: Figures | None) -> Iterator[tuple[str, date]]:
    """Yield each moment of a case and the day it counts on."""
    for moment in MOMENTS if figures is not None else ():
        at: datetime | None = getattr(figures, moment)
        if at is not None:
            yield moment, day_of(at)


def points(moment: str, day: date, cases: Iterable[Scoped]) -> list[Point]:
    """Return the points of every metric that counts on this day of `moment`.

    :param cases: the figures whose `moment` lies on the day; sums do not depend on their order.
    """
    metrics: Sequence[Metric] = [METRICS[name] for name in METRICS if METRICS[name].moment == moment]
    tallies: dict[tuple[str, Scope], _Tally] = {}
    for figures in cases:
        scope = Scope(figures.source_id, figures.kind, figures.model)
        for metric in metrics:
            if metric.counts(figures):
                tallies.setdefault((metric.name, scope), _Tally()).add(metric, figures)
    return [
        Point(
            metric=name,
            day=day,
            scope=scope,
            n=tally.n,
            total=math.fsum(tally.values),
            total_of_squares=math.fsum(value * value for value in tally.values),
            bins=dict(sorted(tally.bins.items())),
        )
        for (name, scope), tally in sorted(tallies.items())
    ]
