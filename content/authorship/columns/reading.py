"""The current text as flat columns: what measures and signals are computed from."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress
from typing import Final

from content.authorship.columns.ledger import Ledger
from content.authorship.columns.passages import Passage
from content.authorship.columns.vocabulary import CONTENT, WORD, WORD_ONLY
from content.authorship.kinds import AI_SIDE, HUMAN_SIDE, PASTED

_CLASS_FLAGS: Final = bytes(value & (WORD | CONTENT) for value in range(256))

# Of a token's class byte, kind << 2 | flags: what it does to an AI run.
IN_RUN: Final = frozenset({*AI_SIDE, PASTED})
_RUN_TABLE: Final = bytes(ord("a") if value & WORD and value >> 2 in IN_RUN else ord("h") for value in range(256))
_NO_RUN: Final = bytes(
    value
    for value in range(256)
    if not (value & WORD and value >> 2 in IN_RUN) and not (value & CONTENT and value >> 2 in HUMAN_SIDE)
)


class DraftText:
    """The latest machine revision: its uids, and those that were prose words in it."""

    def __init__(self, uids: Sequence[int], flags: bytes) -> None:
        self.uids = tuple(uids)
        self.flags = flags
        self.words = tuple(compress(self.uids, flags.translate(WORD_ONLY)))

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each word among the words, by uid."""
        return {uid: at for at, uid in enumerate(self.words)}

    @cached_property
    def positions(self) -> dict[int, int]:
        """The place of each token among the tokens, by uid."""
        return {uid: at for at, uid in enumerate(self.uids)}


@dataclass(slots=True)
class Reading:
    """One text: blocks with their starts, a uid and a class byte (kind << 2 | content << 1 | word) a token."""

    starts: list[int]
    passages: list[Passage]
    uids: list[int]
    classes: bytes
    ranks: bytes
    alive: bytearray
    revisions: Sequence[int]
    draft: DraftText
    sentences: int
    _kept: list[int] | None = None
    _kept_places: list[int] | None = None

    @property
    def kept(self) -> list[int]:
        """The indexes of tokens that the latest machine revision has too, ascending."""
        if self._kept is None:
            mask = map(self.draft.positions.__contains__, self.uids)
            self._kept = list(compress(range(len(self.uids)), mask))
        return self._kept

    @property
    def kept_places(self) -> list[int]:
        """The place of each of them among the tokens of that revision."""
        if self._kept_places is None:
            uids = map(self.uids.__getitem__, self.kept)
            self._kept_places = list(map(self.draft.positions.__getitem__, uids))
        return self._kept_places


def read(
    ledger: Ledger, placed: tuple[list[int], list[Passage]], uids: list[tuple[int, ...]], draft: DraftText
) -> Reading:
    """Return the columns of the current text."""
    flat = list(chain.from_iterable(uids))
    flags = b"".join([passage.flags for passage in placed[1]]).translate(_CLASS_FLAGS)
    ranks = bytes(map(ledger.kinds.__getitem__, flat))
    # Two byte strings are joined bit by bit as two large integers: one pass in C instead of a loop.
    joined = int.from_bytes(ranks, "little") << 2 | int.from_bytes(flags, "little")
    return Reading(
        starts=placed[0],
        passages=placed[1],
        uids=flat,
        classes=joined.to_bytes(len(flat), "little"),
        ranks=ranks,
        alive=ledger.alive,
        revisions=ledger.revisions,
        draft=draft,
        sentences=sum(passage.sentences for passage in placed[1]),
    )


def longest_increasing(order: Sequence[int]) -> int:
    """Return the length of the longest increasing subsequence (patience sorting)."""
    piles: list[int] = []
    for value in order:
        at = bisect_left(piles, value)
        piles[at : at + 1] = [value]
    return len(piles)


def run_pieces(classes: bytes) -> list[int]:
    """Return the lengths of AI-side or pasted words between human content words, empty pieces included."""
    return [len(piece) for piece in classes.translate(_RUN_TABLE, _NO_RUN).split(b"h")]
