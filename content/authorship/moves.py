"""Steps 5 and 6: leftover runs that were moved, deleted and typed again, or copied from machine text."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from content.authorship.align import FREE, Side, take, weight
from content.authorship.vocabulary import CONTENT

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


class _Source:
    """A flat sequence in which new runs are looked for."""

    def __init__(self, numbers: Sequence[int], used: bytearray, grams: set[tuple[int, ...]], size: int) -> None:
        self.numbers = numbers
        self.used = used
        self.places: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        for at, gram in enumerate(zip(*(numbers[shift:] for shift in range(size)), strict=False)):
            if gram in grams:
                self.places[gram].append(at)

    def longest(self, new: Side, at: int, gram: tuple[int, ...], *, latest_first: bool) -> tuple[int, int, int]:
        """Return (place here, place in new, length) of the longest free equal run through the 3-gram, or length 0."""
        best = (0, 0, 0)
        tries = 0
        places = self.places.get(gram, [])
        order: Iterable[int] = reversed(places[-LOOKED_AT:]) if latest_first else places[:LOOKED_AT]
        for place in order:
            if any(self.used[place : place + len(gram)]):
                continue
            found = self._extended(new, place, at, len(gram))
            if found[2] > best[2]:
                best = found
            tries += 1
            if tries == TRIES:
                break
        return best

    def _extended(self, new: Side, place: int, at: int, length: int) -> tuple[int, int, int]:
        numbers, used, uids, wanted = self.numbers, self.used, new.uids, new.numbers
        end, at_end = place + length, at + length
        while (
            end < len(numbers)
            and at_end < len(wanted)
            and numbers[end] == wanted[at_end]
            and not used[end]
            and uids[at_end] == FREE
        ):
            end += 1
            at_end += 1
        while place and at and numbers[place - 1] == wanted[at - 1] and not used[place - 1] and uids[at - 1] == FREE:
            place -= 1
            at -= 1
        return place, at, end - place


def find_moves(old: Side, new: Side, flags: bytearray) -> None:
    """Step 5a: runs that stand elsewhere in the old text and were not matched yet."""

    def accept(place: int, at: int, length: int) -> None:
        take(old, new, place, at, length)

    grams = _free_grams(new, GRAM)
    if grams:
        source = _Source(old.numbers, old.taken, grams, GRAM)
        _scan(new, source, flags, MOVE_CONTENT, accept, latest_first=False)


def find_retyped(
    new: Side, buried: tuple[list[int], list[int]], in_use: Callable[[int], bool], flags: bytearray
) -> None:
    """Step 5b: runs that were deleted once. A new token brings the old one back, unless that stands in the text.

    :param buried: keys and uids of the graveyard, runs apart by a separator.
    """
    grams = _free_grams(new, GRAM)
    if not grams:
        return
    numbers, uids = buried
    used = bytearray(1 if uid < 0 or in_use(uid) else 0 for uid in uids)
    source = _Source(numbers, used, grams, GRAM)
    here: defaultdict[int, list[int]] = defaultdict(list)
    for at, uid in enumerate(uids):
        here[uid].append(at)

    def accept(place: int, at: int, length: int) -> None:
        back = uids[place : place + length]
        if len(set(back)) < length:
            return
        new.uids[at : at + length] = back
        for uid in back:
            for other in here[uid]:  # a token may have been deleted more than once, it comes back once
                used[other] = 1

    _scan(new, source, flags, RETYPED_CONTENT, accept, latest_first=True)


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
    source = _Source(numbers, bytearray(0 if lends(uid) else 1 for uid in uids), grams, COPY)
    at = 0
    while at + COPY <= len(new.numbers):
        gram = tuple(new.numbers[at : at + COPY])
        if gram in source.places and all(uid == FREE for uid in new.uids[at : at + COPY]):
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
    source: _Source,
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
            gram in source.places
            and all(uid == FREE for uid in new.uids[at : at + GRAM])
            and sum(1 for number in gram if flags[number] & CONTENT) >= content
        ):
            place, start, length = source.longest(new, at, gram, latest_first=latest_first)
            if length and weight(new.numbers[start : start + length], flags) >= 2 * GRAM:
                accept(place, start, length)
                at = max(at + 1, start + length)
                continue
        at += 1
