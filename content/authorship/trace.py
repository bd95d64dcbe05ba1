"""Steps 1 to 6 of `authorship.v1`: where each token of a new text was before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from content.authorship import align, moves
from content.authorship.align import FREE, Side
from content.authorship.columns.ledger import Ledger, Standing, text_digest
from content.authorship.columns.passages import Passage, ranges_of
from content.authorship.kinds import AI_SIDE


@dataclass(slots=True)
class Traced:
    """What is known of the tokens of a new text.

    `uids[b][t]` is the uid of token t of block b, `FREE` if nobody knows it, `moves.COPIED` if it repeats the token in
    `sources` at the same place; `kept[b]` is the standing block that block b is, cuts included.
    """

    digest: bytes
    uids: list[list[int]]
    kept: list[Standing | None]
    sources: dict[tuple[int, int], int] = field(default_factory=dict)


def trace(ledger: Ledger, standing: list[Standing], passages: list[Passage], *, lend: bool) -> Traced:
    """Return where the tokens of the new text were before.

    :param lend: live machine-side tokens may be copied (step 6): the revision is a person's.
    """
    digest = text_digest([passage.key for passage in passages])
    reverted = ledger.texts.get(digest)
    if reverted is not None:
        return _reverted(ledger, reverted, passages, digest)
    return _Tracing(ledger, standing, passages, digest).run(lend=lend)


def _reverted(ledger: Ledger, versions: tuple[int, ...], passages: list[Passage], digest: bytes) -> Traced:
    """Step 1: the whole text was there before, perhaps in other blocks."""
    kept: list[Standing | None] = [None] * len(passages)
    if len(versions) == len(passages):
        for at, (number, passage) in enumerate(zip(versions, passages, strict=True)):
            version = ledger.versions[number]
            if len(version.uids) == len(passage.numbers) and version.cuts == passage.cuts:
                kept[at] = Standing(number, version.uids, version.cuts, passage.key)
    flat = list(chain.from_iterable(ledger.versions[number].uids for number in versions))
    uids = []
    first = 0
    for passage in passages:
        uids.append(flat[first : first + len(passage.numbers)])
        first += len(passage.numbers)
    return Traced(digest, uids, kept)


class _Tracing:
    """One walk through steps 2 to 6."""

    def __init__(self, ledger: Ledger, standing: list[Standing], passages: list[Passage], digest: bytes) -> None:
        self.ledger = ledger
        self.flags = ledger.vocabulary.flags
        self.standing = standing
        self.passages = passages
        self.claimed: set[int] = set()
        self.traced = Traced(digest, [[] for _ in passages], [None] * len(passages))

    def run(self, *, lend: bool) -> Traced:
        """Return what the steps find."""
        left_old, left_new = self._match_blocks()
        if not left_new:
            return self.traced
        old = self._side(self.standing, left_old, moves.SEPARATOR_OLD)
        new = self._side(self.passages, left_new, moves.SEPARATOR_NEW)
        align.pair_sentences(old, new, self._match_sentences(old, new), self.flags)
        if FREE in new.uids:
            align.close_gaps(old, new, self.flags)
            moves.find_moves(old, new, self.flags)
        if FREE in new.uids and self.ledger.gone:
            moves.find_retyped(new, self.ledger.graveyard, self.ledger.alive, self.claimed, self.flags)
        copies = self._copies(new) if lend and FREE in new.uids else []
        self._write_back(new, left_new, copies)
        return self.traced

    def _in_use(self, uid: int) -> bool:
        return bool(self.ledger.alive[uid]) or uid in self.claimed

    def _match_blocks(self) -> tuple[list[int], list[int]]:
        """Step 2; return the indexes of the blocks that are left over on both sides."""
        old_keys = [block.key for block in self.standing]
        new_keys = [passage.key for passage in self.passages]
        pairs = align.matched_in_order(old_keys, new_keys)
        left_old = _rest(len(old_keys), [at for at, _ in pairs])
        left_new = _rest(len(new_keys), [at for _, at in pairs])
        if left_old and left_new:
            pairs += align.moved(old_keys, new_keys, left_old, left_new)
        for at_old, at_new in pairs:
            block = self.standing[at_old]
            self.traced.uids[at_new] = list(block.uids)
            if block.cuts == self.passages[at_new].cuts:
                self.traced.kept[at_new] = block
        matched_old, matched_new = {at for at, _ in pairs}, {at for _, at in pairs}
        left_new = [at for at in left_new if at not in matched_new and not self._resurrect_block(at)]
        return [at for at in left_old if at not in matched_old], left_new

    def _resurrect_block(self, at: int) -> bool:
        passage = self.passages[at]
        uids = self.ledger.blocks_seen.get(passage.key)
        if uids is None or not self._may_return(uids, passage.numbers, align.BLOCK_RESURRECTS):
            return False
        self.claimed.update(uids)
        self.traced.uids[at] = list(uids)
        return True

    def _may_return(self, uids: tuple[int, ...], numbers: Sequence[int], least: int) -> bool:
        return align.weight(numbers, self.flags) > 2 * least and not any(map(self._in_use, uids))

    def _side(self, blocks: Sequence[Standing | Passage], left: list[int], separator: int) -> Side:
        """Return the leftover blocks as one flat stretch; blocks that do not touch are kept apart."""
        total = max(1, sum(len(block.key) // 4 for block in blocks))
        side = Side([], [], [], [], [])
        before = [0]
        for block in blocks:
            before.append(before[-1] + len(block.key) // 4)
        last = None
        for at in left:
            if last is not None and at != last + 1:
                side.numbers.append(separator)
                side.uids.append(separator)
            last = at
            self._append(side, blocks[at], before[at], total)
        side.taken = bytearray(1 if number == moves.SEPARATOR_OLD else 0 for number in side.numbers)
        return side

    def _append(self, side: Side, block: Standing | Passage, before: int, total: int) -> None:
        offset = len(side.numbers)
        if isinstance(block, Standing):
            side.uids += block.uids
            side.numbers += map(self.ledger.numbers.__getitem__, block.uids)
        else:
            side.uids += [FREE] * len(block.numbers)
            side.numbers += block.numbers
        for first, end in ranges_of(block.cuts, len(block.key) // 4):
            side.sentences.append((offset + first, offset + end))
            side.keys.append(block.key[4 * first : 4 * end])
            side.places.append((before + first) * 1000 // total)

    def _match_sentences(self, old: Side, new: Side) -> tuple[list[int], list[int]]:
        """Step 3; return the sentences that are left over on both sides."""
        pairs = align.matched_in_order(old.keys, new.keys)
        left_old = _rest(len(old.keys), [at for at, _ in pairs])
        left_new = _rest(len(new.keys), [at for _, at in pairs])
        if left_old and left_new:
            long_new = [at for at in left_new if self._weight(new, at) > 2 * align.SENTENCE_MOVES]
            pairs += align.moved(old.keys, new.keys, left_old, long_new)
        for at_old, at_new in pairs:
            start, end = old.sentences[at_old]
            align.take(old, new, start, new.sentences[at_new][0], end - start)
        matched_old, matched_new = {at for at, _ in pairs}, {at for _, at in pairs}
        left_new = [at for at in left_new if at not in matched_new and not self._resurrect_sentence(new, at)]
        return [at for at in left_old if at not in matched_old], left_new

    def _weight(self, side: Side, at: int) -> int:
        start, end = side.sentences[at]
        return align.weight(side.numbers[start:end], self.flags)

    def _resurrect_sentence(self, new: Side, at: int) -> bool:
        start, end = new.sentences[at]
        uids = self.ledger.sentences_seen.get(new.keys[at])
        if uids is None or not self._may_return(uids, new.numbers[start:end], align.SENTENCE_RESURRECTS):
            return False
        self.claimed.update(uids)
        new.uids[start:end] = uids
        return True

    def _copies(self, new: Side) -> list[moves.Copied]:
        kinds = self.ledger.kinds
        uids = list(chain.from_iterable(block.uids for block in self.standing))
        numbers = list(map(self.ledger.numbers.__getitem__, uids))
        return moves.find_copies(new, (numbers, uids), lambda uid: kinds[uid] in AI_SIDE, self.flags)

    def _write_back(self, new: Side, left: list[int], copies: list[moves.Copied]) -> None:
        sources = {copy.start + at: uid for copy in copies for at, uid in enumerate(copy.sources)}
        first = 0
        last = None
        for at in left:
            if last is not None and at != last + 1:
                first += 1
            last = at
            count = len(self.passages[at].numbers)
            self.traced.uids[at] = new.uids[first : first + count]
            for token in range(count):
                if first + token in sources:
                    self.traced.sources[at, token] = sources[first + token]
            first += count


def _rest(total: int, matched: list[int]) -> list[int]:
    taken = bytearray(total)
    for at in matched:
        taken[at] = 1
    return [at for at in range(total) if not taken[at]]
