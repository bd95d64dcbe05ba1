"""Step 7: what no earlier step knows gets uids of its own, with the kind the evidence allows."""

from collections.abc import Callable
from itertools import chain

from content.authorship import moves
from content.authorship.align import FREE
from content.authorship.evidence import Evidence, token_at
from content.authorship.ledger import Ledger, Standing
from content.authorship.passages import Passage
from content.authorship.trace import Traced

Placed = tuple[list[int], list[Passage]]


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
