"""Steps 5 and 6: leftover runs that were moved, deleted and typed again, or copied from machine text."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from content.authorship.align import FREE, Side, take, weight
from content.authorship.columns.grams import GramIndex
from content.authorship.columns.vocabulary import CONTENT

GRAM: Final = 3
MOVE_CONTENT: Final = 2  # content words a 3-gram needs to be a move
RETYPED_CONTENT: Final = 1  # and to bring a deleted token back
COPY: Final = 6  # tokens; a shorter run of machine words is no copy
TRIES: Final = 4  # places of a 3-gram that are extended; the longest one wins
LOOKED_AT: Final = 16  # places of a 3-gram that are looked at at all

SEPARATOR_OLD: Final = -1  # between stretches that do not touch, so that no run crosses
SEPARATOR_NEW: Final = -2
COPIED: Final = -3  # a new token that gets a uid of its own, but the origin of another


@dataclass(frozen=True, slots=True)
class Copied:
    """A run of new tokens that repeats standing tokens: where in the flat new text, uids of the sources."""

    start: int
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A flat sequence in which new runs are looked for; `blocked` says which places may not be taken."""

    numbers: Sequence[int]
    blocked: Callable[[int], int]
    index: GramIndex

    def longest(self, new: Side, at: int, gram: tuple[int, ...], *, latest_first: bool) -> tuple[int, int, int]:
        """Return (place here, place in new, length) of the longest free equal run through the n-gram, or length 0."""
        best = (0, 0, 0)
        tries = 0
        places = self.index.places.get(gram, [])
        order: Iterable[int] = reversed(places[-LOOKED_AT:]) if latest_first else places[:LOOKED_AT]
        for place in order:
            if any(map(self.blocked, range(place, place + len(gram)))):
                continue
            found = self._extended(new, place, at, len(gram))
            if found[2] > best[2]:
                best = found
            tries += 1
            if tries == TRIES:
                break
        return best

    def _extended(self, new: Side, place: int, at: int, length: int) -> tuple[int, int, int]:
        end, at_end = place + length, at + length
        while self._fits(new, end, at_end):
            end += 1
            at_end += 1
        while self._fits(new, place - 1, at - 1):
            place -= 1
            at -= 1
        return place, at, end - place

    def _fits(self, new: Side, place: int, at: int) -> bool:
        return (
            0 <= place < len(self.numbers)
            and 0 <= at < len(new.numbers)
            and self.numbers[place] == new.numbers[at]
            and new.uids[at] == FREE
            and not self.blocked(place)
        )


def find_moves(old: Side, new: Side, flags: bytearray) -> None:
    """Step 5a: runs that stand elsewhere in the old text and were not matched yet."""

    def accept(place: int, at: int, length: int) -> None:
        take(old, new, place, at, length)

    grams = _free_grams(new, GRAM)
    if grams:
        index = GramIndex(GRAM)
        index.read(old.numbers, grams)
        _scan(new, Source(old.numbers, old.taken.__getitem__, index), flags, MOVE_CONTENT, accept, latest_first=False)


def find_retyped(
    new: Side, buried: tuple[list[int], list[int], GramIndex], alive: bytearray, claimed: set[int], flags: bytearray
) -> None:
    """Step 5b: runs that were deleted once. A new token brings the old one back, unless that stands in the text.

    :param buried: keys and uids of the graveyard, runs apart by a separator, and an index of it.
    :param claimed: uids that came back in this revision; those found here are added.
    """
    if not _free_grams(new, GRAM):
        return
    numbers, uids, index = buried

    def blocked(place: int) -> int:
        uid = uids[place]
        return uid < 0 or alive[uid] or uid in claimed

    def accept(place: int, at: int, length: int) -> None:
        new.uids[at : at + length] = uids[place : place + length]
        claimed.update(uids[place : place + length])

    index.read(numbers)
    _scan(new, Source(numbers, blocked, index), flags, RETYPED_CONTENT, accept, latest_first=True)


def find_copies(
    new: Side, standing: tuple[list[int], list[int]], lends: Callable[[int], bool], flags: bytearray
) -> list[Copied]:
    """Step 6: long runs that repeat live machine-side tokens next to each other in the previous text.

    :param standing: keys and uids of the whole previous text.
    """
    copies: list[Copied] = []
    grams = _free_grams(new, COPY)
    if not grams:
        return copies
    numbers, uids = standing
    index = GramIndex(COPY)
    index.read(numbers, grams)
    source = Source(numbers, lambda place: not lends(uids[place]), index)
    at = 0
    while at + COPY <= len(new.numbers):
        gram = tuple(new.numbers[at : at + COPY])
        if gram in source.index.places and all(uid == FREE for uid in new.uids[at : at + COPY]):
            place, start, length = source.longest(new, at, gram, latest_first=False)
            if length and weight(new.numbers[start : start + length], flags) >= 2 * COPY:
                copies.append(Copied(start, tuple(uids[place : place + length])))
                new.uids[start : start + length] = [COPIED] * length
                at = start + length
                continue
        at += 1
    return copies


def _free_grams(new: Side, size: int) -> set[tuple[int, ...]]:
    """Return every n-gram of neighbouring new tokens that are all free."""
    if FREE not in new.uids:
        return set()
    grams: set[tuple[int, ...]] = set()
    run = 0
    for at, uid in enumerate(new.uids):
        run = run + 1 if uid == FREE else 0
        if run >= size:
            grams.add(tuple(new.numbers[at - size + 1 : at + 1]))
    return grams


def _scan(
    new: Side,
    source: Source,
    flags: bytearray,
    content: int,
    accept: Callable[[int, int, int], None],
    *,
    latest_first: bool,
) -> None:
    """Go left to right over the free new tokens and accept each run that proves itself."""
    at = 0
    while at + GRAM <= len(new.numbers):
        gram = tuple(new.numbers[at : at + GRAM])
        if (
            gram in source.index.places
            and all(uid == FREE for uid in new.uids[at : at + GRAM])
            and sum(1 for number in gram if flags[number] & CONTENT) >= content
        ):
            place, start, length = source.longest(new, at, gram, latest_first=latest_first)
            if length and weight(new.numbers[start : start + length], flags) >= 2 * GRAM:
                accept(place, start, length)
                at = max(at + 1, start + length)
                continue
        at += 1
