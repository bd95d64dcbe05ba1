"""Aligns the units of two texts for `word_diff.v1`, steps 4 and 5: a banded dynamic program over similarity."""

from collections.abc import Sequence
from typing import Final

EQUAL: Final = 1000
PAIRABLE: Final = 250  # of 1000; a pair must be more alike than this
BAND: Final = 60
BAND_MARGIN: Final = 40

_PAIR, _SKIP_A, _SKIP_B = b"\x01", b"\x02", b"\x03"
_UNREACHED: Final = -1


def pair_units(
    old: Sequence[str],
    new: Sequence[str],
    old_words: Sequence[frozenset[str]],
    new_words: Sequence[frozenset[str]],
) -> list[tuple[int, int]]:
    """Return the index pairs of units that stand for each other, ascending on both sides.

    :param old_words: the set of words of each old unit; `new_words` likewise.
    """
    if not old or not new:
        return []
    band = max(BAND, abs(len(old) - len(new)) + BAND_MARGIN)
    old_masks, new_masks = _masks(old_words, new_words)
    sizes_old, sizes_new = [*map(len, old_words)], [*map(len, new_words)]
    total_old, total_new = len(old), len(new)
    lows: list[int] = []
    choices: list[bytearray] = []
    before: list[int] = []
    low_before = 0
    for row in range(total_old + 1):
        middle = row * total_new // total_old
        low, high = max(0, middle - band), min(total_new, middle + band)
        similar = (
            _similarities(
                old[row - 1],
                new[max(0, low - 1) : high],
                old_masks[row - 1],
                new_masks[max(0, low - 1) : high],
                sizes_old[row - 1],
                sizes_new[max(0, low - 1) : high],
            )
            if row
            else []
        )
        scores, chosen = _row(before, low_before, (low, high), similar)
        lows.append(low)
        choices.append(chosen)
        before, low_before = scores, low
    return _walk_back(choices, lows, total_old, total_new)


def _masks(old_words: Sequence[frozenset[str]], new_words: Sequence[frozenset[str]]) -> tuple[list[int], list[int]]:
    """Return each set as an integer with one bit a shared word: `&` and `bit_count` beat set intersection."""
    shared = frozenset().union(*old_words) & frozenset().union(*new_words)
    bits: dict[str, int] = {}
    for words in old_words:
        for word in words:
            if word in shared and word not in bits:
                bits[word] = 1 << len(bits)
    return (
        [sum(bits[word] for word in words if word in bits) for words in old_words],
        [sum(bits[word] for word in words if word in bits) for words in new_words],
    )


def _similarities(
    unit: str,
    others: Sequence[str],
    mask: int,
    masks: Sequence[int],
    size: int,
    sizes: Sequence[int],
) -> list[int]:
    """Return the similarity of one unit to each other, 0 to 1000."""
    return [
        EQUAL
        if unit == other
        else (2000 * (mask & other_mask).bit_count() // (size + other_size) if size and other_size else 0)
        for other, other_mask, other_size in zip(others, masks, sizes, strict=True)
    ]


def _row(before: list[int], low_before: int, span: tuple[int, int], similar: list[int]) -> tuple[list[int], bytearray]:
    """Return best scores and choices of one row: a pair first, then a strictly better skip in A, then B."""
    low, high = span
    scores: list[int] = []
    chosen = bytearray()
    width = len(before)
    offset = 0 if low else 1  # `similar` starts at unit max(0, low - 1), and column j pairs with unit j - 1
    left = _UNREACHED
    for column in range(low, high + 1):
        best, choice = _UNREACHED, 0
        at = column - low_before
        if width:
            if column and 1 <= at <= width and before[at - 1] != _UNREACHED:
                alike = similar[column - low - offset]
                if alike > PAIRABLE:
                    best, choice = before[at - 1] + alike, 1
            if 0 <= at < width and before[at] > best:
                best, choice = before[at], 2
        elif column == 0:
            best = 0
        if column > low and left >= best:
            best, choice = left, 3
        scores.append(best)
        chosen.append(choice)
        left = best
    return scores, chosen


def _walk_back(choices: list[bytearray], lows: list[int], row: int, column: int) -> list[tuple[int, int]]:
    pairs = []
    while row or column:
        choice = choices[row][column - lows[row]]
        if choice == 1:
            row, column = row - 1, column - 1
            pairs.append((row, column))
        elif choice == 2:  # noqa: PLR2004
            row -= 1
        else:
            column -= 1
    return pairs[::-1]
