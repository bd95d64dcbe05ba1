"""What a dashboard shows, as plain numbers: folded from stored points, so that a million cases cost what a few do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from content.insights.bins import Unit, merged, quantile, tenths
from content.insights.metric import METRICS

FEW = 10
"Fewer drafts than this say little: shown grey, without a change, last in any order."
DEFAULT_DAYS = 84
LONGEST_DAYS = 731
AGES = (("under_4_hours", 4), ("under_1_day", 24), ("under_3_days", 72), ("under_7_days", 168), ("older", None))
"Buckets of waiting time: name, hours below which a case is in it."
QUEUE_AGE = "queue_age.v1"
QUEUE_AGE_DEFINITION = "Time since open cases that nobody holds and that wait for a person were opened, as of now."


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What a page is about. Days are in UTC and both counted; None and empty mean "all"."""

    since: date
    until: date
    source_id: int | None = None
    kind: str = ""
    model: str = ""

    @property
    def days(self) -> int:
        """Length of the period."""
        return (self.until - self.since).days + 1

    def before(self) -> "Filters":
        """Return the same for the period of equal length that ended just before."""
        length = timedelta(days=self.days)
        return Filters(
            since=self.since - length,
            until=self.until - length,
            source_id=self.source_id,
            kind=self.kind,
            model=self.model,
        )


class StoredPoint(NamedTuple):
    """A stored point, as far as a page reads it."""

    metric: str
    day: date
    kind: str
    model: str
    n: int
    bins: dict[str, int]


@dataclass(kw_only=True, slots=True)
class Tally:
    """Points added up."""

    n: int = 0
    bins: dict[str, int] = field(default_factory=dict)

    def add(self, point: StoredPoint) -> None:
        """Add a point."""
        self.n += point.n
        self.bins = merged(self.bins, point.bins)


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """How values lie: number of cases, median, and the values below which 10 % and 90 % of them are."""

    n: int
    p10: float | None
    median: float | None
    p90: float | None

    @property
    def is_few(self) -> bool:
        """Tell whether so few drafts say little."""
        return self.n < FEW


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A number of the period and of the one before."""

    now: float | None
    before: float | None
    n: int

    @property
    def is_few(self) -> bool:
        """Tell whether so few drafts say little."""
        return self.n < FEW

    @property
    def difference(self) -> float | None:
        """By how much the number changed; None where that cannot be said."""
        if self.now is None or self.before is None or self.is_few:
            return None
        return self.now - self.before


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """One week, named by its Monday."""

    monday: date
    spread: Spread


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One kind, or one model: how its signed texts and its closed cases came out."""

    name: str
    human_share: Spread
    edit_rate: Spread
    longest_ai_run: Spread
    time_to_sign_off: Spread
    outcomes: dict[str, int]

    @property
    def signed(self) -> int:
        """Number of signed cases."""
        return self.time_to_sign_off.n

    @property
    def acceptance(self) -> float | None:
        """Share of closed cases that were published."""
        closed = sum(self.outcomes.values())
        return self.outcomes.get("published", 0) / closed if closed else None


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleCount:
    """How many of the judged cases did not meet a rule at the first version."""

    rule: str
    refused: int
    judged: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Age:
    """How many cases have waited so long."""

    bucket: str
    cases: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """All numbers of the dashboard for one set of filters."""

    filters: Filters
    signed: Change
    published: Change
    human_share: Change
    time_to_sign_off: Change
    human_share_weeks: tuple[Week, ...]
    sign_off_weeks: tuple[Week, ...]
    human_share_tenths: tuple[int, ...]
    kinds: tuple[Line, ...]
    models: tuple[Line, ...]
    outcomes: dict[str, int]
    disclosures: dict[str, int]
    claims: dict[str, int]
    rules: tuple[RuleCount, ...]
    first_pass: Change
    waiting: int
    ages: tuple[Age, ...]
    oldest_seconds: float | None


def tally(points: Iterable[StoredPoint], metric: str) -> Tally:
    """Add up the points of one metric."""
    total = Tally()
    for point in points:
        if point.metric == metric:
            total.add(point)
    return total


def spread(points: Iterable[StoredPoint], metric: str) -> Spread:
    """Return how the values of one metric lie."""
    total = tally(points, metric)
    return spread_of(total.n, total.bins, METRICS[metric].unit)


def spread_of(n: int, bins: dict[str, int], unit: Unit) -> Spread:
    """Return how values in these bins lie."""
    return Spread(n=n, p10=quantile(bins, 0.1, unit), median=quantile(bins, 0.5, unit), p90=quantile(bins, 0.9, unit))


def weeks(points: Sequence[StoredPoint], metric: str, filters: Filters) -> tuple[Week, ...]:
    """Return every week of the period, those without cases too."""
    first = filters.since - timedelta(days=filters.since.weekday())
    found = []
    for number in range((filters.until - first).days // 7 + 1):
        monday = first + timedelta(weeks=number)
        inside = [point for point in points if monday <= point.day < monday + timedelta(weeks=1)]
        found.append(Week(monday=monday, spread=spread(inside, metric)))
    return tuple(found)


def line(name: str, points: Sequence[StoredPoint]) -> Line:
    """Return the line of one kind or model."""
    return Line(
        name=name,
        human_share=spread(points, "human_share.v1"),
        edit_rate=spread(points, "edit_rate.v1"),
        longest_ai_run=spread(points, "longest_ai_run.v1"),
        time_to_sign_off=spread(points, "time_to_sign_off.v1"),
        outcomes=tally(points, "acceptance.v1").bins,
    )


def lines(points: Sequence[StoredPoint], name: str) -> tuple[Line, ...]:
    """Return a line for each kind, or each model; those with few signed cases come last.

    :param name: field of the points: `kind` or `model`.
    """
    grouped: dict[str, list[StoredPoint]] = {}
    for point in points:
        grouped.setdefault(getattr(point, name), []).append(point)
    found = [line(each, its) for each, its in grouped.items()]
    return tuple(sorted(found, key=lambda each: (each.time_to_sign_off.is_few, -each.signed, each.name)))


def rule_counts(points: Sequence[StoredPoint]) -> tuple[RuleCount, ...]:
    """Return the rules that first versions did not meet, the most frequent first."""
    judged = tally(points, "gate_first_pass.v1").n
    refused = tally(points, "gate_refusals.v1").bins
    rows = sorted(refused.items(), key=lambda row: (-row[1], row[0]))
    return tuple(RuleCount(rule=rule, refused=count, judged=judged) for rule, count in rows)


def passed_share(points: Sequence[StoredPoint]) -> float | None:
    """Return the share of judged cases whose first version came to approval."""
    first = tally(points, "gate_first_pass.v1")
    return first.bins.get("passed", 0) / first.n if first.n else None


def board(
    filters: Filters, points: Sequence[StoredPoint], *, waiting: dict[str, int], oldest_seconds: float | None
) -> Board:
    """Fold points of the period and the one before it into everything that the dashboard shows.

    :param waiting: cases by bucket of `AGES`.
    """
    now = [point for point in points if point.day >= filters.since]
    before = [point for point in points if point.day < filters.since]
    signed, shares = spread(now, "time_to_sign_off.v1"), spread(now, "human_share.v1")
    signed_before = spread(before, "time_to_sign_off.v1")
    outcomes, outcomes_before = tally(now, "acceptance.v1"), tally(before, "acceptance.v1")
    return Board(
        filters=filters,
        signed=Change(now=signed.n, before=signed_before.n, n=signed.n),
        published=Change(
            now=outcomes.bins.get("published", 0), before=outcomes_before.bins.get("published", 0), n=outcomes.n
        ),
        human_share=Change(now=shares.median, before=spread(before, "human_share.v1").median, n=shares.n),
        time_to_sign_off=Change(now=signed.p90, before=signed_before.p90, n=signed.n),
        human_share_weeks=weeks(now, "human_share.v1", filters),
        sign_off_weeks=weeks(now, "time_to_sign_off.v1", filters),
        human_share_tenths=tuple(tenths(tally(now, "human_share.v1").bins)),
        kinds=lines(now, "kind"),
        models=lines(now, "model"),
        outcomes=outcomes.bins,
        disclosures=tally(now, "disclosure_mix.v1").bins,
        claims=tally(now, "claim_mix.v1").bins,
        rules=rule_counts(now),
        first_pass=Change(now=passed_share(now), before=passed_share(before), n=tally(now, "gate_first_pass.v1").n),
        waiting=sum(waiting.values()),
        ages=tuple(Age(bucket=bucket, cases=waiting.get(bucket, 0)) for bucket, _ in AGES),
        oldest_seconds=oldest_seconds,
    )
