"""Whether a change is substantive, model-free (`authorship.v1`, section 7): what gates use.

A hunk is the human tokens of one sentence, bridged over at most two kept ones. Its lost side is what the latest machine
revision had between the kept neighbours and is gone.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from rapidfuzz.distance import Indel

from content.authorship.columns.nearness import prefixes
from content.authorship.columns.vocabulary import CONTENT, NEGATION, NUMBER, Vocabulary

BRIDGE: Final = 2  # kept tokens inside one hunk
ENOUGH: Final = 3  # new content words
LOST_AT_MOST: Final = 400  # tokens looked at, so that a moved neighbour does not make the lost side endless


class Substance(StrEnum):
    """What a hunk amounts to."""

    COSMETIC = "cosmetic"
    LIGHT = "light"
    SUBSTANTIVE = "substantive"


def hunks(human: Sequence[bool]) -> list[tuple[int, int]]:
    """Return half-open ranges of human tokens of one sentence, from the first to the last of each hunk."""
    found: list[tuple[int, int]] = []
    for at, is_human in enumerate(human):
        if not is_human:
            continue
        if found and at - found[-1][1] <= BRIDGE:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def classify(new: Sequence[int], lost: Sequence[int], vocabulary: Vocabulary) -> Substance:
    """Return the class of a hunk.

    :param new: key numbers of its human content words and negations.
    :param lost: key numbers of the dead tokens on its lost side.
    """
    flags = vocabulary.flags
    weighty = [number for number in lost if flags[number] & (CONTENT | NEGATION)]
    left_new, left_lost = _cancelled(new, weighty, vocabulary)
    if not left_new and not left_lost:
        return Substance.COSMETIC
    changed_sense = any(flags[number] & (NUMBER | NEGATION) for number in left_new)
    if len(left_new) >= ENOUGH or changed_sense:
        return Substance.SUBSTANTIVE
    if len(left_new) == len(left_lost) == 1 and not flags[left_lost[0]] & (NUMBER | NEGATION):
        return _one_for_one(vocabulary.keys[left_new[0]], vocabulary.keys[left_lost[0]])
    return Substance.LIGHT


def _one_for_one(new: str, lost: str) -> Substance:
    # rapidfuzz.fuzz.ratio > 75, in integers: ratio = 100 * (1 - distance / (both lengths)).
    alike = 4 * Indel.distance(new, lost) < len(new) + len(lost)
    return Substance.COSMETIC if alike else Substance.LIGHT


def _cancelled(new: Sequence[int], lost: Sequence[int], vocabulary: Vocabulary) -> tuple[list[int], list[int]]:
    """Return both sides without equal words, then without near ones; numbers and negations cancel only if equal."""
    gone, come = Counter(lost), Counter(new)
    left_lost, left_new = list((gone - come).elements()), list((come - gone).elements())
    if not left_new or not left_lost:
        return left_new, left_lost
    keys, flags = vocabulary.keys, vocabulary.flags
    exact = NUMBER | NEGATION
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)  # by prefix: places in `left_lost`
    for place, number in enumerate(left_lost):
        for prefix in () if flags[number] & exact else prefixes(keys[number]):
            waiting[prefix].append(place)
    rest: list[int] = []
    cancelled: set[int] = set()
    for number in left_new:
        twin = None if flags[number] & exact else _first_waiting(waiting, prefixes(keys[number]), cancelled)
        if twin is None:
            rest.append(number)
        else:
            cancelled.add(twin)
    return rest, [number for place, number in enumerate(left_lost) if place not in cancelled]


def _first_waiting(waiting: dict[str, deque[int]], beginnings: list[str], cancelled: set[int]) -> int | None:
    """Return the first place that waits under any of the prefixes."""
    found = None
    for prefix in beginnings:
        places = waiting.get(prefix)
        while places and places[0] in cancelled:
            places.popleft()
        if places and (found is None or places[0] < found):
            found = places[0]
    return found
