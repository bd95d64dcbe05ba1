"""From an editor's journal and from pool matches to the kind of a new token: the lowest of what they say."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from content.authorship.kinds import ASSERTED, ASSISTED, IMPORTED, MACHINE, MATCHED, PASTED, SYSTEM_PREFIX, TYPED
from content.drafts.arrival import ArrivalClass, Replay
from content.drafts.journal import Journal, JournalMismatch, replay
from content.text.spans import Span, union


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
