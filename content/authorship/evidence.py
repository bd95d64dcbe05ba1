"""Step 7: what no earlier step knows gets uids of its own, with the least human kind that the evidence says.

Evidence is the editor's journal (how it arrived) and pool matches (known machine text). Events lower, never raise.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain
from typing import Final

from content.authorship import moves
from content.authorship.align import FREE
from content.authorship.columns.ledger import Ledger, Standing
from content.authorship.columns.passages import Passage
from content.authorship.kinds import ASSERTED, ASSISTED, IMPORTED, MACHINE, MATCHED, PASTED, SYSTEM_PREFIX, TYPED
from content.authorship.trace import Traced
from content.drafts.arrival import ArrivalClass, Replay
from content.drafts.journal import Journal, JournalMismatch, replay
from content.text.spans import Span, union

Placed = tuple[list[int], list[Passage]]  # where each block starts, and what it holds


@dataclass(frozen=True, slots=True)
class PoolMatch:
    """A stretch of the new text that equals known machine text: half-open code point offsets, and where from."""

    start: int
    end: int
    source: str


class JournalState(IntEnum):
    """What is known of how a revision was typed."""

    NOT_ASKED = 0  # a machine or the system made it
    ABSENT = 1
    MISMATCH = 2
    TRUSTED = 3


_KIND_OF: Final = {
    ArrivalClass.ASSISTED: ASSISTED,
    ArrivalClass.PASTED: PASTED,
    ArrivalClass.TYPED: TYPED,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is said about the tokens that one revision introduced."""

    state: JournalState
    default: int  # rank of the kind that holds without anything else
    replay: Replay | None
    matched: tuple[Span, ...]

    def kind_of(self, start: int, end: int) -> int | None:
        """Return the rank of a new token's kind; None if no key ever touched it, so it is what it was before.

        :param start: code point offsets of the token in the new text.
        """
        kind = self.default
        if self.replay is not None:
            arrived = [arrival for arrival in self.replay.classes[start:end] if arrival != ArrivalClass.BASE]
            if not arrived:
                return None
            kind = min(kind, _KIND_OF[ArrivalClass(min(arrived))])
        return min(kind, MATCHED) if self._is_matched(start, end) else kind

    def origin_of(self, start: int, end: int) -> int:
        """Return where a token that no key touched stood in the previous text: the place of its first code point."""
        return self.replay.origins[start:end][0] if self.replay else -1

    def is_burst(self, start: int, end: int) -> bool:
        """Return whether the token came faster than anybody types."""
        return self.replay is not None and _meets(self.replay.bursts, start, end)

    def _is_matched(self, start: int, end: int) -> bool:
        return bool(self.matched) and _meets(self.matched, start, end)


def weigh(
    *, author: str, machine: bool, journal: Journal | None, texts: tuple[str, str], matches: Sequence[PoolMatch]
) -> Evidence:
    """Return the evidence about one revision. A bad journal is ignored as a whole, never an error.

    :param texts: previous and new text.
    """
    matched = tuple(union((match.start, match.end) for match in matches))
    if machine:
        return Evidence(JournalState.NOT_ASKED, MACHINE, None, matched)
    if author.startswith(SYSTEM_PREFIX):
        return Evidence(JournalState.NOT_ASKED, IMPORTED, None, matched)
    if journal is None:
        return Evidence(JournalState.ABSENT, ASSERTED, None, matched)
    before, now = texts
    try:
        replayed = replay(journal, before)
    except JournalMismatch:
        return Evidence(JournalState.MISMATCH, ASSERTED, None, matched)
    if replayed.text != now:
        return Evidence(JournalState.MISMATCH, ASSERTED, None, matched)
    return Evidence(JournalState.TRUSTED, TYPED, replayed, matched)


def token_at(starts: Sequence[int], ends: Sequence[int], place: int) -> int:
    """Return the index of the token that covers a code point, or -1."""
    at = bisect_right(starts, place) - 1
    return at if at >= 0 and place < ends[at] else -1


def _meets(spans: Sequence[Span], start: int, end: int) -> bool:
    at = bisect_left(spans, (end, 0)) - 1
    return at >= 0 and spans[at].end > start


def introduce(
    ledger: Ledger,
    traced: Traced,
    placed: Placed,
    evidence: Evidence,
    *,
    revision: int,
    before: tuple[Callable[[], Placed], list[Standing]],
) -> tuple[list[tuple[int, ...]], tuple[int, ...]]:
    """Return the uids of every token by block, and those of tokens that came in a burst.

    :param before: the previous text: a way to its blocks, and what they hold.
    """
    arrival = _Arrival(ledger, traced, evidence, revision, before)
    found = []
    for block, (start, passage) in enumerate(zip(*placed, strict=True)):
        uids = traced.uids[block]
        if FREE in uids or moves.COPIED in uids:
            arrival.fill(block, start, passage, uids)
        found.append(tuple(uids))
    return found, tuple(arrival.bursts)


class _Arrival:
    """Introduces the new tokens of one revision, in text order."""

    def __init__(
        self,
        ledger: Ledger,
        traced: Traced,
        evidence: Evidence,
        revision: int,
        before: tuple[Callable[[], Placed], list[Standing]],
    ) -> None:
        self.ledger = ledger
        self.traced = traced
        self.evidence = evidence
        self.revision = revision
        self.before = before
        self.bursts: list[int] = []
        self._used: set[int] | None = None
        self._columns: tuple[list[int], list[int], list[int]] | None = None

    def fill(self, block: int, start: int, passage: Passage, uids: list[int]) -> None:
        """Give every unknown token of a block its uid."""
        at = 0
        simple = self.evidence.replay is None and not self.evidence.matched
        while at < len(uids):
            end = at + 1
            if uids[at] == moves.COPIED:
                uids[at] = self._copy(self.traced.sources[block, at], passage.numbers[at])
            elif uids[at] == FREE and simple:
                while end < len(uids) and uids[end] == FREE:
                    end += 1
                uids[at:end] = self.ledger.introduce(
                    passage.numbers[at:end], revision=self.revision, kind=self.evidence.default
                )
            elif uids[at] == FREE:
                uids[at] = self._weighed(start + passage.starts[at], start + passage.ends[at], passage.numbers[at])
            at = end

    def _weighed(self, start: int, end: int, number: int) -> int:
        kind = self.evidence.kind_of(start, end)
        if kind is None:
            return self._untouched(start, end, number)
        uid = self.ledger.introduce([number], revision=self.revision, kind=kind)[0]
        if self.evidence.is_burst(start, end):
            self.bursts.append(uid)
        return uid

    def _untouched(self, start: int, end: int, number: int) -> int:
        """Return the token it physically was: the same one if that is free and reads the same, else a copy of it."""
        starts, ends, uids = self._old_columns()
        at = token_at(starts, ends, self.evidence.origin_of(start, end))
        if at < 0:
            return self.ledger.introduce([number], revision=self.revision, kind=self.evidence.default)[0]
        if self._used is None:
            self._used = {uid for block in self.traced.uids for uid in block}
        uid = uids[at]
        if uid in self._used or self.ledger.numbers[uid] != number:
            return self._copy(uid, number)
        self._used.add(uid)
        return uid

    def _copy(self, source: int, number: int) -> int:
        revision, kind = self.ledger.revisions[source], self.ledger.kinds[source]
        return self.ledger.introduce([number], revision=revision, kind=kind)[0]

    def _old_columns(self) -> tuple[list[int], list[int], list[int]]:
        if self._columns is None:
            read, standing = self.before
            pairs = list(zip(*read(), strict=True))
            self._columns = (
                [start + offset for start, passage in pairs for offset in passage.starts],
                [start + offset for start, passage in pairs for offset in passage.ends],
                list(chain.from_iterable(block.uids for block in standing)),
            )
        return self._columns
