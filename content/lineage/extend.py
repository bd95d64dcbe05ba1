"""A hit grown to its full span: the longest runs of equal words that two texts share."""

from collections.abc import Sequence
from typing import NamedTuple

from content.lineage.winnow import K

MINIMUM_WORDS = 8
"Shorter runs are common speech (`authorship.md`, section 5)."
PLACES = 16
"Occurrences of one five-gram that are tried: keeps a text that repeats itself from costing n squared."


class Run(NamedTuple):
    """Equal words: half-open word indexes in the text that was asked for, and the first word in the known one."""

    start: int
    end: int
    other_start: int

    @property
    def words(self) -> int:
        """Length of the run in words."""
        return self.end - self.start


def common_runs(asked: Sequence[str], known: Sequence[str], *, minimum: int = MINIMUM_WORDS) -> list[Run]:
    """Return the runs of at least `minimum` equal word keys, in order and without overlap in `asked`.

    At each place the longest run wins; the search goes on where it ends.
    """
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(known) - K + 1):
        spots = places.setdefault(tuple(known[at : at + K]), [])
        if len(spots) < PLACES:
            spots.append(at)
    runs = []
    at = 0
    while at + K <= len(asked):
        best = max(
            (_length(asked, known, at, spot), -spot) for spot in places.get(tuple(asked[at : at + K]), (len(known),))
        )
        if best[0] >= minimum:
            runs.append(Run(at, at + best[0], -best[1]))
            at += best[0]
        else:
            at += 1
    return runs


def _length(asked: Sequence[str], known: Sequence[str], at: int, spot: int) -> int:
    limit = min(len(asked) - at, len(known) - spot)
    length = 0
    while length < limit and asked[at + length] == known[spot + length]:
        length += 1
    return length
