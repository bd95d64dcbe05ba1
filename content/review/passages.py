"""Names for passages and findings that outlive an edit elsewhere in the text: hashes of their words."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from content.text.blocks import BlockKind, blocks
from content.text.segments import sentence_hash
from content.text.tokens import words

PASTE_WORDS: Final = 8
"A shorter paste is a term or a name; it needs no source."
_IMAGE_WITHOUT_ALT: Final = re.compile(r"!\[\s*\](?:\(|\[)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A stretch that came in one piece: half-open code points, its hash, its words."""

    start: int
    end: int
    hash: str
    words: int
    quote: str


def pasted_passages(text: str, spans: Iterable[tuple[int, int, str]]) -> tuple[Passage, ...]:
    """Return the pasted stretches of eight or more words.

    :param spans: (start, end, kind) in order, as attribution gives them; neighbors of one kind are joined.
    """
    return tuple(
        passage
        for start, end in _joined(spans, "pasted")
        if (passage := passage_of(text, start, end)).words >= PASTE_WORDS
    )


def passage_of(text: str, start: int, end: int) -> Passage:
    """Return a stretch of a text with its hash."""
    quote = text[start:end].strip()
    return Passage(start=start, end=end, hash=sentence_hash(quote), words=len(words(quote)), quote=quote)


def finding_hash(check: str, quote: str, sentence: str) -> str:
    """Return the name of a finding: the check, what it complains about, and the line it stands in."""
    return hashlib.sha256("\n".join((check, quote, sentence_hash(sentence))).encode()).hexdigest()


def line_around(text: str, start: int, end: int) -> str:
    """Return the line or lines that a stretch stands in."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return text[first : len(text) if last < 0 else last]


def images_without_alt(text: str) -> int:
    """Count the Markdown images that say nothing to whoever cannot see them."""
    return sum(
        len(_IMAGE_WITHOUT_ALT.findall(text[start:end]))
        for kind, start, end in blocks(text)
        if kind is not BlockKind.CODE
    )


def _joined(spans: Iterable[tuple[int, int, str]], kind: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end, each in spans:
        if each != kind:
            continue
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def covering(passages: Sequence[Passage], hashes: Iterable[str]) -> tuple[Passage, ...]:
    """Return the passages that no declaration names."""
    declared = set(hashes)
    return tuple(each for each in passages if each.hash not in declared)
