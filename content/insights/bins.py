"""Histograms that add up over days, and the quantiles they give. The error of a quantile is at most one bin."""

import math
from collections.abc import Mapping
from enum import StrEnum

SHARE_BINS = 100
LOG_BINS = 64
STEP = 0.4
"Width of a log bin in octaves: 64 of them reach from 0 to about 5 * 10^7, which is one and a half years in seconds."


class Unit(StrEnum):
    """What a metric's values are."""

    SHARE = "share"
    SECONDS = "seconds"
    WORDS = "words"
    CATEGORY = "category"


Bins = Mapping[str, int]
"Counts by number of the bin; the keys are strings because they are stored as JSON."


def bin_of(value: float, unit: Unit) -> int:
    """Return the number of the bin that holds a value: 100 equal ones for shares, 64 logarithmic ones otherwise.

    :raises ValueError: if the value is negative or no number.
    """
    if not value >= 0 or math.isinf(value):
        raise ValueError(f"{value} cannot be counted.")
    if unit is Unit.SHARE:
        return min(int(value * SHARE_BINS), SHARE_BINS - 1)
    return min(int(math.log2(1 + value) / STEP), LOG_BINS - 1)


def edges(number: int, unit: Unit) -> tuple[float, float]:
    """Return the values between which a bin lies."""
    if unit is Unit.SHARE:
        return number / SHARE_BINS, (number + 1) / SHARE_BINS
    return 2 ** (number * STEP) - 1, 2 ** ((number + 1) * STEP) - 1


def quantile(bins: Bins, share: float, unit: Unit) -> float | None:
    """Return the value below which `share` of all counted values lie, spread evenly inside its bin; None of nothing."""
    total = sum(bins.values())
    if not total:
        return None
    wanted = share * total
    passed = 0
    low = high = 0.0
    for number in sorted(map(int, bins)):
        count = bins[str(number)]
        low, high = edges(number, unit)
        if passed + count >= wanted:
            return low + (high - low) * (wanted - passed) / count
        passed += count
    return high


def merged(left: Bins, right: Bins) -> dict[str, int]:
    """Return the counts of both."""
    total = dict(left)
    for key, count in right.items():
        total[key] = total.get(key, 0) + count
    return total


def tenths(bins: Bins) -> list[int]:
    """Return the counts of a histogram of shares in ten equal bars."""
    counts = [0] * 10
    for key, count in bins.items():
        counts[int(key) * 10 // SHARE_BINS] += count
    return counts
