"""Which blocks of a text differ from the signed ones, from the block map of the statement alone.

The statement holds no text: per block a loose fingerprint and a length. So a changed word is found in its
block; a changed space, line end or Unicode form is found by the length; punctuation or letter case of equal
length cannot be placed, and then the list is empty. All steps take time in proportion to the blocks, or n
log n.
"""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, cast

from content.proof.checking.states import ChangedBlock
from content.proof.loose import LooseBlock, loose_blocks
from content.proof.strict import Json

# A text of more blocks is certainly not the signed one, and nobody reads a longer list.
MAX_GIVEN: Final = 20_000
MAX_LISTED: Final = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """The blocks that differ, and how many of the signed blocks that can be found were found."""

    changed: tuple[ChangedBlock, ...]
    found: int
    of: int


def compare(signed: Sequence[Mapping[str, Json]], content: bytes) -> Comparison:
    """Compare the signed block map with given bytes; bytes that are not UTF-8 are read as far as they go.

    :param signed: `authorship.blocks` of the statement.
    """
    before = [_signed_block(row) for row in signed]
    after = loose_blocks(content.decode("utf-8", "replace"))[:MAX_GIVEN]
    changed, found = _by_fingerprint(before, after)
    of = sum(1 for block in before if block.loose)
    if not changed:
        changed = _by_length(before, after)
    return Comparison(changed=tuple(changed[:MAX_LISTED]), found=found, of=of)


def _signed_block(row: Mapping[str, Json]) -> LooseBlock:
    return LooseBlock(
        kind=cast("str", row["kind"]),
        start=cast("int", row["start"]),
        end=cast("int", row["end"]),
        loose=cast("str", row.get("loose", "")),
    )


def _by_fingerprint(before: Sequence[LooseBlock], after: Sequence[LooseBlock]) -> tuple[list[ChangedBlock], int]:
    """Return the blocks whose words differ, in order of the signed text, and the number of blocks found."""
    places: dict[str, deque[int]] = defaultdict(deque)
    for at, block in enumerate(after):
        if block.loose:
            places[block.loose].append(at)
    partner = {
        at: places[block.loose].popleft() for at, block in enumerate(before) if block.loose and places[block.loose]
    }
    kept = _longest_rise(partner)
    moved = [_changed("moved", at, before[at]) for at in partner if at not in kept]
    taken = set(partner.values())
    changed = [*moved]
    anchors = [(-1, -1), *((at, partner[at]) for at in sorted(kept)), (len(before), len(after))]
    for (low, low_after), (high, high_after) in pairwise(anchors):
        gone = [at for at in range(low + 1, high) if before[at].loose and at not in partner]
        new = [at for at in range(low_after + 1, high_after) if after[at].loose and at not in taken]
        changed += [_changed("changed", at, before[at]) for at in gone[: len(new)]]
        changed += [_changed("missing", at, before[at]) for at in gone[len(new) :]]
        changed += [_changed("added", at, after[at]) for at in new[len(gone) :]]
    return changed, len(partner)


def _longest_rise(partner: Mapping[int, int]) -> set[int]:
    """Return the signed blocks of the longest run of pairs that kept their order (patience, n log n)."""
    tails: list[int] = []
    owners: list[int] = []
    previous: dict[int, int | None] = {}
    for at, other in partner.items():
        place = bisect_left(tails, other)
        previous[at] = owners[place - 1] if place else None
        tails[place : place + 1] = [other]
        owners[place : place + 1] = [at]
    kept: set[int] = set()
    here = owners[-1] if owners else None
    while here is not None:
        kept.add(here)
        here = previous[here]
    return kept


def _by_length(before: Sequence[LooseBlock], after: Sequence[LooseBlock]) -> list[ChangedBlock]:
    """Return the blocks that differ in kind or length, where all words were found in their order."""
    low = 0
    while low < min(len(before), len(after)) and _alike(before[low], after[low]):
        low += 1
    high = 0
    while high < min(len(before), len(after)) - low and _alike(before[-1 - high], after[-1 - high]):
        high += 1
    gone = range(low, len(before) - high)
    new = range(low, len(after) - high)
    if len(gone) == len(new):
        pairs = zip(gone, new, strict=True)
        return [_changed("changed", at, before[at]) for at, other in pairs if not _alike(before[at], after[other])]
    both = min(len(gone), len(new))
    return [
        *(_changed("changed", at, before[at]) for at in gone[:both]),
        *(_changed("missing", at, before[at]) for at in gone[both:]),
        *(_changed("added", at, after[at]) for at in new[both:]),
    ]


def _alike(one: LooseBlock, other: LooseBlock) -> bool:
    return (one.kind, one.end - one.start, one.loose) == (other.kind, other.end - other.start, other.loose)


def _changed(change: str, at: int, block: LooseBlock) -> ChangedBlock:
    return ChangedBlock(change=change, block=at, kind=block.kind, start=block.start, end=block.end)
