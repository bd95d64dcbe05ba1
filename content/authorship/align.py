"""Steps 2 to 4: blocks, sentences and pairs of sentences of the new text find their tokens in the old one.

Equality is by key bytes. All decisions are on integers; ties go to the earlier one; nothing iterates over a set.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import Indel

from content.authorship.columns.vocabulary import CONTENT, SPACELESS, WORD

LCS_LIMIT: Final = 20_000  # members a side; the memory of the bit-parallel LCS is n * n / 64 words
FREE: Final = -1  # a new token that has no uid yet

BLOCK_RESURRECTS: Final = 5  # tokens; a longer block may come back from the past
SENTENCE_MOVES: Final = 2
SENTENCE_RESURRECTS: Final = 3
CANDIDATES: Final = 4  # old sentences tried for a new one
PAIRINGS: Final = 3  # of one sentence, so that splits and merges work
COMMON: Final = 50  # a feature in so many old sentences says nothing
SCALE: Final = 1_000_000
THRESHOLD: Final = 300_000  # 0.3
ISLAND: Final = 3  # tokens; shorter equal runs must prove themselves


@dataclass(slots=True)
class Side:
    """A stretch of one text, flat: keys and uids a token, sentences as half-open ranges, places in thousandths."""

    numbers: list[int]
    uids: list[int]
    sentences: list[tuple[int, int]]
    keys: list[bytes]  # a sentence
    places: list[int]  # a sentence
    taken: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self.taken = bytearray(len(self.numbers))


def matched_in_order(old: Sequence[object], new: Sequence[object]) -> list[tuple[int, int]]:
    """Return index pairs of a longest common subsequence; of the equal ends only where both sides are too long."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    pairs = [(at, at) for at in range(head)]
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if middle_old and middle_new and max(len(middle_old), len(middle_new)) <= LCS_LIMIT:
        for block in Indel.opcodes(middle_old, middle_new):
            if block.tag == "equal":
                pairs += zip(
                    range(head + block.src_start, head + block.src_end),
                    range(head + block.dest_start, head + block.dest_end),
                    strict=True,
                )
    pairs += [(len(old) - at, len(new) - at) for at in range(tail, 0, -1)]
    return pairs


def moved(
    old: Sequence[bytes], new: Sequence[bytes], left_old: list[int], left_new: list[int]
) -> list[tuple[int, int]]:
    """Return pairs of leftovers with equal keys, first come first served."""
    waiting: defaultdict[bytes, deque[int]] = defaultdict(deque)
    for at in left_old:
        waiting[old[at]].append(at)
    return [(waiting[new[at]].popleft(), at) for at in left_new if waiting.get(new[at])]


def weight(numbers: Sequence[int], flags: bytearray) -> int:
    """Return the length of a run in half tokens: 1 a token of scripts without spaces, whose minimum lengths double."""
    return 2 * len(numbers) - sum(1 for number in numbers if flags[number] & SPACELESS)


def pair_sentences(old: Side, new: Side, left: tuple[list[int], list[int]], flags: bytearray) -> None:
    """Step 4: give tokens of leftover new sentences the uids of equal tokens in similar old ones."""
    left_old, left_new = left
    paired_old: Counter[int] = Counter()
    paired_new: Counter[int] = Counter()
    for _, _, at_old, at_new in _ranked(old, new, left_old, left_new):
        if paired_old[at_old] >= PAIRINGS or paired_new[at_new] >= PAIRINGS:
            continue
        first = not paired_old[at_old] and not paired_new[at_new]
        if _pair(old, new, (old.sentences[at_old], new.sentences[at_new]), flags, first=first):
            paired_old[at_old] += 1
            paired_new[at_new] += 1


def close_gaps(old: Side, new: Side, flags: bytearray) -> None:
    """Match the words of a gap if only its punctuation differs: both ends are matched, and its words are the same.

    Changed punctuation cuts sentences elsewhere, so that pairing sees a lone function word as an island.
    """
    places = {uid: at for at, uid in enumerate(old.uids)}
    last = FREE
    for at, uid in enumerate(new.uids):
        if uid == FREE:
            continue
        if last != FREE and last + 1 < at:
            first, end = places.get(new.uids[last], FREE), places.get(uid, FREE)
            if FREE < first < end and not any(old.taken[first + 1 : end]):
                _match_words(old, new, (first + 1, end), (last + 1, at), flags)
        last = at


def _match_words(old: Side, new: Side, gap_old: tuple[int, int], gap_new: tuple[int, int], flags: bytearray) -> None:
    words_old = [at for at in range(*gap_old) if flags[old.numbers[at]] & WORD]
    words_new = [at for at in range(*gap_new) if flags[new.numbers[at]] & WORD]
    if [old.numbers[at] for at in words_old] == [new.numbers[at] for at in words_new]:
        for at_old, at_new in zip(words_old, words_new, strict=True):
            take(old, new, at_old, at_new, 1)


def _ranked(old: Side, new: Side, left_old: list[int], left_new: list[int]) -> list[tuple[int, int, int, int]]:
    """Return (-score, index distance, old, new) of the best candidates of each new sentence, best first."""
    postings: defaultdict[int, list[int]] = defaultdict(list)
    for at in left_old:
        for feature in _features(old.numbers, old.sentences[at]):
            postings[feature].append(at)
    ranked = []
    for at in left_new:
        scores: defaultdict[int, int] = defaultdict(int)
        for feature, value in _features(new.numbers, new.sentences[at]).items():
            holders = postings.get(feature)
            if holders and len(holders) < COMMON:
                share = value * SCALE // len(holders)
                for holder in holders:
                    scores[holder] += share
        found = []
        for holder, score in scores.items():
            apart = abs(old.places[holder] - new.places[at])
            near = score * 4000 // (4000 + apart)
            if near >= THRESHOLD:
                found.append((-near, abs(holder - at), holder, at))
        found.sort()
        ranked += found[:CANDIDATES]
    ranked.sort()
    return ranked


def _features(numbers: list[int], sentence: tuple[int, int]) -> dict[int, int]:
    """Return weights of the keys (1) and of the pairs of neighbouring keys (2) of a sentence."""
    keys = numbers[sentence[0] : sentence[1]]
    features = dict.fromkeys(keys, 1)
    for left, right in pairwise(keys):
        features[(left + 1) << 32 | right] = 2
    return features


def _pair(
    old: Side, new: Side, sentences: tuple[tuple[int, int], tuple[int, int]], flags: bytearray, *, first: bool
) -> bool:
    """Match what is still free in both sentences; return whether anything was."""
    (old_start, old_end), (new_start, new_end) = sentences
    free_old = [at for at in range(old_start, old_end) if not old.taken[at]]
    free_new = [at for at in range(new_start, new_end) if new.uids[at] == FREE]
    if not free_old or not free_new:
        return False
    pairs = matched_in_order([old.numbers[at] for at in free_old], [new.numbers[at] for at in free_new])
    runs = _runs([(free_old[left], free_new[right]) for left, right in pairs])
    strong = 2 * len(pairs) >= max(old_end - old_start, new_end - new_start)
    matched = False
    for at_old, at_new, length in runs:
        numbers = new.numbers[at_new : at_new + length]
        at_edge = (at_old == old_start and at_new == new_start) or (
            at_old + length == old_end and at_new + length == new_end
        )
        if _is_island(numbers, flags, first=first, excused=first and (strong or at_edge)):
            continue
        matched = True
        take(old, new, at_old, at_new, length)
    return matched


def _runs(pairs: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Return (old, new, length) of pairs that follow one another on both sides."""
    runs: list[tuple[int, int, int]] = []
    for at_old, at_new in pairs:
        if runs and (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]) == (at_old, at_new):
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((at_old, at_new, 1))
    return runs


def _is_island(numbers: list[int], flags: bytearray, *, first: bool, excused: bool) -> bool:
    """Return whether an equal run inside rewritten text is too common to be evidence of copying."""
    if excused or weight(numbers, flags) >= 2 * ISLAND:
        return False
    content = sum(1 for number in numbers if flags[number] & CONTENT)
    return content < (1 if first else 2)


def take(old: Side, new: Side, at_old: int, at_new: int, length: int) -> None:
    """Let new tokens be old ones."""
    new.uids[at_new : at_new + length] = old.uids[at_old : at_old + length]
    old.taken[at_old : at_old + length] = b"\x01" * length
