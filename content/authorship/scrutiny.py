"""A closer look at the sentences that people changed: hunks and their substance, novel words, touched sentences."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from content.authorship.columns.ledger import Ledger
from content.authorship.columns.nearness import NearIndex
from content.authorship.columns.passages import Passage
from content.authorship.columns.reading import Reading
from content.authorship.columns.vocabulary import CONTENT, NEGATION, WORD
from content.authorship.kinds import ASSERTED, TYPED
from content.authorship.substance import LOST_AT_MOST, Substance, classify, hunks

_COMPARED: Final = 2_000  # tokens of the draft; a block that depends on more is looked at anew
_WEIGHT: Final = {TYPED: 2, ASSERTED: 1}  # of a content word in the effective share


@dataclass(slots=True)
class Scrutiny:
    """Sums over sentences with human words.

    `effective`: 2 for a typed, 1 for an asserted content word outside cosmetic hunks; `novel`: human content words near
    no drafted word; `words`: human words by class of their hunk; `touched`: (block, sentence) indexes.
    """

    effective: int = 0
    novel: int = 0
    substantive_hunks: int = 0
    words: dict[Substance, int] = field(default_factory=lambda: dict.fromkeys(Substance, 0))
    touched: set[tuple[int, int]] = field(default_factory=set)

    def add(self, block: int, other: "Scrutiny") -> None:
        """Add the sums of one block, in which sentences are (0, sentence)."""
        self.effective += other.effective
        self.novel += other.novel
        self.substantive_hunks += other.substantive_hunks
        for kind, words in other.words.items():
            self.words[kind] += words
        self.touched.update((block, sentence) for _, sentence in other.touched)


class Scrutinizer:
    """Looks at one document's readings. What it found in a block holds while nothing it depends on has changed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._index = NearIndex()
        self._indexed = 0
        self._novel: dict[int, bool] = {}
        self._before: dict[tuple[object, ...], Scrutiny] = {}

    def look(self, reading: Reading) -> Scrutiny:
        """Return the sums for one reading."""
        self._read_drafted()
        found = Scrutiny()
        now: dict[tuple[object, ...], Scrutiny] = {}
        first = 0
        for block, passage in enumerate(reading.passages):
            last = first + len(passage.numbers)
            ranks = reading.ranks[first:last]
            if TYPED in ranks or ASSERTED in ranks:
                around = self._surroundings(reading, first, last)
                name = (passage, ranks, around)
                here = self._before.get(name) or self._look_at_block(reading, first, passage)
                if around is not None:
                    now[name] = here
                found.add(block, here)
            first = last
        self._before = now
        return found

    def _surroundings(self, reading: Reading, first: int, last: int) -> tuple[object, ...] | None:
        """Return what the lost sides of a block's hunks depend on; None if that is too much to compare.

        It is: the kept tokens in and next to the block, and who is alive in the draft between the outermost of them.
        """
        left, right = bisect_left(reading.kept, first), bisect_left(reading.kept, last)
        around = reading.kept_places[max(0, left - 1) : right + 1]
        low = min(around) if left and around else 0
        high = max(around) if right < len(reading.kept) and around else len(reading.draft.uids)
        if high - low > _COMPARED:
            return None
        inside = tuple(at - first for at in reading.kept[left:right])
        alive = bytes(map(reading.alive.__getitem__, reading.draft.uids[low : high + 1]))
        return tuple(around), inside, low, high, alive

    def _look_at_block(self, reading: Reading, first: int, passage: Passage) -> Scrutiny:
        found = Scrutiny()
        for sentence, (start, end) in enumerate(passage.sentence_ranges()):
            if self._look_at(found, reading, (first, start, end), passage.numbers):
                found.touched.add((0, sentence))
        return found

    def _look_at(self, found: Scrutiny, reading: Reading, place: tuple[int, int, int], numbers: Sequence[int]) -> bool:
        """Add one sentence to the sums; return whether it is touched."""
        offset, start, end = place
        classes = reading.classes[offset + start : offset + end]
        human = [value >> 2 >= ASSERTED for value in classes]
        if not any(is_human and value & WORD for is_human, value in zip(human, classes, strict=True)):
            return False
        substantive = False
        for first, last in hunks(human):
            mine = [at for at in range(first, last) if human[at]]
            words = [at for at in mine if classes[at] & WORD]
            content = [at for at in words if classes[at] & CONTENT]
            kind = self._substance(reading, offset + start, (first, last), [numbers[start + at] for at in mine])
            found.words[kind] += len(words)
            if kind is not Substance.COSMETIC:
                found.effective += sum(_WEIGHT[classes[at] >> 2] for at in content)
            if kind is Substance.SUBSTANTIVE:
                found.substantive_hunks += 1
                substantive = substantive or bool(content)
        novel = sum(
            1
            for at, value in enumerate(classes)
            if human[at] and value & CONTENT and self._is_novel(numbers[start + at])
        )
        found.novel += novel
        all_human = all(is_human for is_human, value in zip(human, classes, strict=True) if value & CONTENT)
        return substantive or (bool(novel) and all_human)

    def _substance(self, reading: Reading, offset: int, hunk: tuple[int, int], numbers: list[int]) -> Substance:
        flags = self._ledger.vocabulary.flags
        new = [number for number in numbers if flags[number] & (CONTENT | NEGATION)]
        lost = self._lost(reading, offset + hunk[0], offset + hunk[1])
        return classify(new, lost, self._ledger.vocabulary)

    def _lost(self, reading: Reading, start: int, end: int) -> list[int]:
        """Return keys of dead tokens of the machine draft between the kept neighbours of a hunk."""
        kept, places, draft = reading.kept, reading.kept_places, reading.draft.uids
        before, after = bisect_left(kept, start) - 1, bisect_left(kept, end)
        left = places[before] if before >= 0 else -1
        right = places[after] if after < len(kept) else len(draft)
        left, right = min(left, right), max(left, right)  # neighbours may have changed places
        between = draft[left + 1 : min(right, left + 1 + LOST_AT_MOST)]
        return [self._ledger.numbers[uid] for uid in between if not reading.alive[uid]]

    def _is_novel(self, number: int) -> bool:
        """Return whether a word is near no word that was ever AI-side or pasted in this document."""
        if number not in self._novel:
            self._novel[number] = not self._index.has_near(self._ledger.vocabulary.keys[number])
        return self._novel[number]

    def _read_drafted(self) -> None:
        """Take in what became AI-side or pasted since the last look; then nothing that was found holds any more."""
        drafted = self._ledger.drafted_keys
        if self._indexed < len(drafted):
            keys, flags = self._ledger.vocabulary.keys, self._ledger.vocabulary.flags
            self._index.add(keys[at] for at in drafted[self._indexed :] if flags[at] & WORD)
            self._indexed = len(drafted)
            self._novel = {}
            self._before = {}
