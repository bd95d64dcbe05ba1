import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.insights.bins import LOG_BINS, SHARE_BINS, STEP, Unit, bin_of, edges, merged, quantile, tenths

SHARES = st.floats(min_value=0, max_value=1)
SECONDS = st.floats(min_value=0, max_value=1e7)


def binned(values: list[float], unit: Unit) -> dict[str, int]:
    return dict(Counter(str(bin_of(value, unit)) for value in values))


class TestBinOf:
    @pytest.mark.parametrize(("value", "number"), [(0, 0), (0.0099, 0), (0.01, 1), (0.999, 99), (1, 99)])
    def test_cuts_shares_in_hundredths(self, value: float, number: int) -> None:
        assert bin_of(value, Unit.SHARE) == number

    @pytest.mark.parametrize("value", [-0.1, math.nan, math.inf])
    def test_counts_no_nonsense(self, value: float) -> None:
        with pytest.raises(ValueError, match="cannot be counted"):
            bin_of(value, Unit.SHARE)

    @given(SECONDS)
    def test_lies_between_its_edges(self, value: float) -> None:
        low, high = edges(bin_of(value, Unit.SECONDS), Unit.SECONDS)

        assert low * (1 - 1e-9) <= value <= high * (1 + 1e-9) or bin_of(value, Unit.SECONDS) == LOG_BINS - 1

    def test_has_room_for_years(self) -> None:
        assert bin_of(400 * 86_400, Unit.SECONDS) < LOG_BINS - 1


class TestQuantile:
    def test_of_nothing_is_unknown(self) -> None:
        assert quantile({}, 0.5, Unit.SHARE) is None

    @given(st.lists(SHARES, min_size=1), st.sampled_from([0.1, 0.5, 0.9]))
    def test_of_shares_is_right_within_one_bin(self, values: list[float], share: float) -> None:
        exact = sorted(values)[max(0, math.ceil(share * len(values)) - 1)]

        found = quantile(binned(values, Unit.SHARE), share, Unit.SHARE)

        assert found == pytest.approx(exact, abs=1 / SHARE_BINS + 1e-9)

    @given(st.lists(SECONDS, min_size=1), st.sampled_from([0.1, 0.5, 0.9]))
    def test_of_durations_is_right_within_one_bin(self, values: list[float], share: float) -> None:
        exact = sorted(values)[max(0, math.ceil(share * len(values)) - 1)]

        found = quantile(binned(values, Unit.SECONDS), share, Unit.SECONDS)

        assert found is not None
        assert abs(math.log2(1 + found) - math.log2(1 + exact)) <= STEP + 1e-9

    @given(st.lists(SHARES, min_size=1), st.lists(SHARES, min_size=1))
    def test_adds_up_over_days(self, left: list[float], right: list[float]) -> None:
        both = merged(binned(left, Unit.SHARE), binned(right, Unit.SHARE))

        assert both == binned(left + right, Unit.SHARE)


class TestTenths:
    def test_count_every_share_once(self) -> None:
        assert tenths(binned([0, 0.05, 0.1, 0.95, 1], Unit.SHARE)) == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]
