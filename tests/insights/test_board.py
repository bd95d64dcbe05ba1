from datetime import date, timedelta

import pytest

from content.insights.bins import bin_of
from content.insights.board import Change, Filters, StoredPoint, board
from content.insights.metric import METRICS

MONDAY = date(2026, 11, 2)
FILTERS = Filters(since=MONDAY, until=MONDAY + timedelta(days=13))


def share(day: date, *values: float, kind: str = "documentation", model: str = "m") -> StoredPoint:
    return values_of("human_share.v1", day, *values, kind=kind, model=model)


def values_of(metric: str, day: date, *values: float, kind: str = "documentation", model: str = "m") -> StoredPoint:
    bins: dict[str, int] = {}
    for value in values:
        key = str(bin_of(value, METRICS[metric].unit))
        bins[key] = bins.get(key, 0) + 1
    return StoredPoint(metric, day, kind, model, len(values), bins)


def counts(metric: str, n: int, **bins: int) -> StoredPoint:
    return StoredPoint(metric, MONDAY, "documentation", "m", n, bins)


class TestFilters:
    def test_count_both_ends(self) -> None:
        assert FILTERS.days == 14

    def test_know_the_period_before(self) -> None:
        before = FILTERS.before()

        assert (before.since, before.until, before.days) == (date(2026, 10, 19), date(2026, 11, 1), 14)


class TestBoard:
    def fold(self, *points: StoredPoint, **waiting: int) -> object:
        return board(FILTERS, points, waiting=waiting, oldest_seconds=None)

    def test_gives_each_week_its_spread_and_empty_weeks_none(self) -> None:
        folded = board(FILTERS, [share(MONDAY, *[0.1, 0.2, 0.3])], waiting={}, oldest_seconds=None)

        first, second = folded.human_share_weeks
        assert (first.monday, first.spread.n) == (MONDAY, 3)
        assert first.spread.median == pytest.approx(0.2, abs=0.011)
        assert (second.monday, second.spread.n, second.spread.median) == (MONDAY + timedelta(weeks=1), 0, None)

    def test_compares_with_the_period_before(self) -> None:
        early = [share(MONDAY - timedelta(days=3), *[0.2] * 12)]
        late = [share(MONDAY, *[0.4] * 12)]

        change = board(FILTERS, [*early, *late], waiting={}, oldest_seconds=None).human_share

        assert change.difference == pytest.approx(0.2, abs=0.011)

    def test_says_no_change_of_few_drafts(self) -> None:
        points = [share(MONDAY - timedelta(days=3), *[0.2] * 12), share(MONDAY, *[0.4] * 9)]

        change = board(FILTERS, points, waiting={}, oldest_seconds=None).human_share

        assert (change.is_few, change.difference) == (True, None)

    def test_puts_models_with_few_signed_drafts_last(self) -> None:
        points = [
            values_of("time_to_sign_off.v1", MONDAY, *[60.0] * 5, model="rare"),
            values_of("time_to_sign_off.v1", MONDAY, *[60.0] * 10, model="often"),
        ]

        assert [line.name for line in board(FILTERS, points, waiting={}, oldest_seconds=None).models] == [
            "often",
            "rare",
        ]

    def test_counts_outcomes_rules_and_first_passes(self) -> None:
        points = [
            counts("acceptance.v1", 4, published=3, rejected=1),
            counts("gate_first_pass.v1", 4, passed=1, refused=3),
            counts("gate_refusals.v1", 3, **{"coverage.v1": 3, "all_claims_checked.v1": 1}),
        ]

        folded = board(FILTERS, points, waiting={}, oldest_seconds=None)

        assert folded.published.now == 3
        assert folded.kinds[0].acceptance == 0.75
        assert folded.first_pass.now == 0.25
        assert [(row.rule, row.refused, row.judged) for row in folded.rules] == [
            ("coverage.v1", 3, 4),
            ("all_claims_checked.v1", 1, 4),
        ]

    def test_lists_every_age_of_waiting(self) -> None:
        folded = board(FILTERS, [], waiting={"under_1_day": 2, "older": 1}, oldest_seconds=900_000)

        assert [age.cases for age in folded.ages] == [0, 2, 0, 0, 1]
        assert folded.waiting == 3

    def test_of_nothing_shows_nothing(self) -> None:
        folded = board(FILTERS, [], waiting={}, oldest_seconds=None)

        assert folded.signed == Change(now=0, before=0, n=0)
        assert folded.human_share == Change(now=None, before=None, n=0)
        assert folded.human_share_tenths == (0,) * 10
        assert (folded.kinds, folded.models, folded.rules) == ((), (), ())
