"""Two texts as one that can be read: paragraphs with what was added and what was removed, by `word_diff.v1`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.text.diff import word_diff

HEADING = re.compile(r"(#{1,6})[ \t]+(.*)", re.DOTALL)
BREAK = re.compile(r"\n{2,}")
SAME, ADDED, REMOVED = "same", "added", "removed"
CONTEXT = 40
"Characters of unchanged text around a change in the list of changes."


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A stretch of a paragraph. `op` is `same`, `added` or `removed`."""

    op: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A paragraph, or a heading of `level` 1 to 6; 0 for a paragraph."""

    level: int
    parts: tuple[Part, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything in it was added or removed."""
        return any(part.op != SAME for part in self.parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One change with what stands before and after it."""

    before: str
    removed: str
    added: str
    after: str


def blocks_of(old: str, new: str) -> list[Block]:
    """Return the new text in paragraphs, with what makes it differ from the old one."""
    blocks: list[list[Part]] = [[]]
    for part in _parts(old, new):
        pieces = BREAK.split(part.text)
        for index, piece in enumerate(pieces):
            if index:
                blocks.append([])
            if piece:
                blocks[-1].append(Part(op=part.op, text=piece))
    return [_block(parts) for parts in blocks if parts]


def _parts(old: str, new: str) -> Iterator[Part]:
    at = 0
    for change in word_diff(old, new):
        if at < change.from_b:
            yield Part(op=SAME, text=new[at : change.from_b])
        if change.from_a < change.to_a:
            yield Part(op=REMOVED, text=old[change.from_a : change.to_a])
        if change.from_b < change.to_b:
            yield Part(op=ADDED, text=new[change.from_b : change.to_b])
        at = change.to_b
    if at < len(new):
        yield Part(op=SAME, text=new[at:])


def _block(parts: Sequence[Part]) -> Block:
    found = HEADING.fullmatch(parts[0].text)
    if found is None:
        return Block(level=0, parts=tuple(parts))
    first = Part(op=parts[0].op, text=found[2])
    return Block(level=len(found[1]), parts=(first, *parts[1:]))


def places_of(old: str, new: str, *, limit: int = 200) -> list[Place]:
    """Return the changes one by one, in order, each with a few words around it."""
    return [
        Place(
            before=new[max(0, change.from_b - CONTEXT) : change.from_b].rpartition("\n")[2],
            removed=old[change.from_a : change.to_a],
            added=new[change.from_b : change.to_b],
            after=new[change.to_b : change.to_b + CONTEXT].partition("\n")[0],
        )
        for change in word_diff(old, new)[:limit]
    ]
