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
    """Return the new text in paragraphs, with what makes it differ from the old one.

    What was removed stands where it was; removed paragraphs are paragraphs of their own.
    """
    blocks: list[list[Part]] = [[]]
    written = ""
    for part in _parts(old, new):
        if part.op == REMOVED:
            _remove(blocks, part.text, starts_block=not written or written.endswith("\n\n"))
            continue
        if written.endswith("\n") and part.text.startswith("\n"):
            blocks.append([])
        written = (written + part.text)[-2:]
        _write(blocks, part)
    return [_block(parts) for parts in map(_trimmed, blocks) if parts]


def _write(blocks: list[list[Part]], part: Part) -> None:
    """Add text that stands in the new version; each blank line begins another paragraph."""
    for index, piece in enumerate(BREAK.split(part.text)):
        if index:
            blocks.append([])
        if piece:
            blocks[-1].append(Part(op=part.op, text=piece))


def _remove(blocks: list[list[Part]], text: str, *, starts_block: bool) -> None:
    """Add text that is gone: within its paragraph, or as paragraphs before the next one."""
    pieces = [piece for piece in BREAK.split(text) if piece.strip()]
    for index, piece in enumerate(pieces):
        if index:
            blocks.append([])
        blocks[-1].append(Part(op=REMOVED, text=piece))
    if pieces and starts_block and text.endswith("\n\n"):
        blocks.append([])


def _trimmed(parts: list[Part]) -> list[Part]:
    """Return the parts of a paragraph without line ends around it."""
    kept = [part for part in parts if part.text.strip("\n")]
    if not kept:
        return []
    kept[0] = Part(op=kept[0].op, text=kept[0].text.lstrip("\n"))
    kept[-1] = Part(op=kept[-1].op, text=kept[-1].text.rstrip("\n"))
    return kept


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
