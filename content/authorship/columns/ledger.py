"""What is known of every token a document ever had, and of every text it ever was.

A token that is introduced gets the next uid; moved, kept and resurrected tokens keep theirs. Columns are indexed by uid
and only grow; `alive` says which tokens stand in the current text.
"""

import hashlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from content.authorship.columns.grams import GramIndex
from content.authorship.columns.vocabulary import WORD, Vocabulary
from content.authorship.kinds import AI_SIDE, HUMAN_SIDE, PASTED

RUN_AT_LEAST: Final = 3  # tokens; shorter deleted runs hold no 3-gram
BETWEEN_RUNS: Final = -1
Graveyard = tuple[list[int], list[int], GramIndex]  # keys and uids of all deleted runs in a row, and their 3-grams
DRAFTED: Final = frozenset({*AI_SIDE, PASTED})


@dataclass(frozen=True, slots=True)
class Version:
    """One block as it once was: its uids and where its sentences begin, 0 left out."""

    uids: tuple[int, ...]
    cuts: tuple[int, ...]


@dataclass(slots=True)
class Standing:
    """A block of the current text: its version, and the numbers of its keys as bytes."""

    version: int
    uids: tuple[int, ...]
    cuts: tuple[int, ...]
    key: bytes


@dataclass(slots=True)
class Ledger:
    """The state of an `Attributor` but for its texts."""

    vocabulary: Vocabulary
    numbers: list[int] = field(default_factory=list)
    revisions: list[int] = field(default_factory=list)
    kinds: bytearray = field(default_factory=bytearray)
    alive: bytearray = field(default_factory=bytearray)
    versions: list[Version] = field(default_factory=list)
    texts: dict[bytes, tuple[int, ...]] = field(default_factory=dict)
    gone: list[tuple[int, ...]] = field(default_factory=list)
    drafted: bytearray = field(default_factory=bytearray)  # by key number: was it ever AI-side or pasted
    blocks_seen: dict[bytes, tuple[int, ...]] = field(default_factory=dict)
    sentences_seen: dict[bytes, tuple[int, ...]] = field(default_factory=dict)
    graveyard: Graveyard = field(default_factory=lambda: ([], [], GramIndex(RUN_AT_LEAST)))
    gone_runs: set[tuple[int, ...]] = field(default_factory=set)
    drafted_keys: list[int] = field(default_factory=list)  # the same as a list, in order of appearance
    human_words: list[int] = field(default_factory=list)  # uids of words that came from the human side

    def introduce(self, numbers: Sequence[int], *, revision: int, kind: int) -> range:
        """Give new tokens their uids."""
        first = len(self.numbers)
        count = len(numbers)
        self.numbers += numbers
        self.revisions += [revision] * count
        self.kinds += bytes([kind]) * count
        self.alive += bytes(count)
        if kind in DRAFTED:
            self.note_drafted(numbers)
        elif kind in HUMAN_SIDE:
            flags = self.vocabulary.flags
            self.human_words += [first + at for at, number in enumerate(numbers) if flags[number] & WORD]
        return range(first, first + count)

    def restore(self, numbers: Sequence[int], revisions: Sequence[int], kinds: bytes) -> None:
        """Fill the columns of an empty ledger; nothing is alive yet."""
        flags = self.vocabulary.flags
        self.numbers = list(numbers)
        self.revisions = list(revisions)
        self.kinds = bytearray(kinds)
        self.alive = bytearray(len(kinds))
        self.note_drafted([number for number, kind in zip(numbers, kinds, strict=True) if kind in DRAFTED])
        self.human_words = [
            uid for uid, kind in enumerate(kinds) if kind in HUMAN_SIDE and flags[self.numbers[uid]] & WORD
        ]

    def note_drafted(self, numbers: Sequence[int]) -> None:
        """Remember that these keys were machine text or pasted text once."""
        missing = len(self.vocabulary.keys) - len(self.drafted)
        self.drafted += bytes(missing)
        for number in dict.fromkeys(numbers):
            if not self.drafted[number]:
                self.drafted[number] = 1
                self.drafted_keys.append(number)

    def key_of(self, uids: tuple[int, ...]) -> bytes:
        """Return the key bytes of a sequence of tokens."""
        return array("I", map(self.numbers.__getitem__, uids)).tobytes()

    def record(self, uids: tuple[int, ...], cuts: tuple[int, ...], key: bytes) -> int:
        """Return the version number of a block of the new text, and remember it and its sentences."""
        self.versions.append(Version(uids, cuts))
        self.remember(uids, cuts, key)
        return len(self.versions) - 1

    def remember(self, uids: tuple[int, ...], cuts: tuple[int, ...], key: bytes) -> None:
        """Note the uids under which a block and its sentences were last seen."""
        self.blocks_seen[key] = uids
        if not cuts:
            self.sentences_seen[key] = uids
            return
        first = 0
        for cut in (*cuts, len(uids)):
            self.sentences_seen[key[4 * first : 4 * cut]] = uids[first:cut]
            first = cut

    def bury(self, run: tuple[int, ...]) -> bool:
        """Put a run of deleted tokens into the graveyard; return whether it is new there."""
        if len(run) < RUN_AT_LEAST or run in self.gone_runs:
            return False
        self.gone_runs.add(run)
        self.gone.append(run)
        numbers, uids, _ = self.graveyard
        uids += (*run, BETWEEN_RUNS)
        numbers += (*map(self.numbers.__getitem__, run), BETWEEN_RUNS)
        return True


def text_digest(keys: list[bytes]) -> bytes:
    """Return what a whole text is remembered by: its keys, whatever blocks they stand in."""
    digest = hashlib.blake2b(digest_size=16)
    for key in keys:
        digest.update(key)
    return digest.digest()
