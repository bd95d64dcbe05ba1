"""Sentences of a Markdown text, without a model: what people verify. Claims, coverage and authorship all cut here."""

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from content.text.blocks import WITHOUT_PROSE, BlockKind, blocks
from content.text.patterns import SPACE
from content.text.prose import markup_spans
from content.text.tokens import TokenColumns, is_word, split_tokens

REMEMBERED: Final = 8
"Texts whose sentences are kept: one act asks for those of the same text several times, and so does the next act."


class Sentence(NamedTuple):
    """One sentence with prose words: half-open code point offsets, number of prose words."""

    start: int
    end: int
    words: int


class BlockTokens(NamedTuple):
    """The tokens of one block, offsets counted from the block's start.

    `prose` has one byte a token, 1 where the token stands in prose (it may still be no word); `cuts` are the token
    indexes at which sentences begin, the first 0 left out.
    """

    columns: TokenColumns
    prose: bytes
    cuts: list[int]


_CLOSERS = "\"'’”»)\\]}›*_~`"
_SENTENCE_END: Final = re.compile(
    f"[.!?;:][{_CLOSERS}]*(?=[{SPACE}])|[。！？][」』）”’]*|[\r\n]+"
)  # a line break ends a sentence, so lists and tables without full stops fall apart as they read
_MARKER: Final = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*(?:#{1,6}(?=[ \t]|$)|(?:[-*+]|[0-9]{1,9}[.)])(?=[ \t]|$))")
_SPACES: Final = re.compile(f"[{SPACE}]+")


def block_tokens(kind: BlockKind, raw: str) -> BlockTokens:
    """Return tokens, prose marks and sentence cuts of one block.

    :param raw: the block's slice of the text.
    """
    columns = split_tokens(raw)
    marker = _MARKER.match(raw) if kind is not BlockKind.PARAGRAPH else None
    floor = marker.end() if marker else 0
    cuts = _sentence_cuts(raw, columns.starts, floor)
    return BlockTokens(columns, _prose_marks(kind, raw, columns, floor), cuts)


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences that hold at least one prose word, in order."""
    return _sentences(text)


@lru_cache(maxsize=REMEMBERED)
def _sentences(text: str) -> tuple[Sentence, ...]:
    found = []
    for kind, start, end in blocks(text):
        if kind in WITHOUT_PROSE:
            continue
        columns, prose, cuts = block_tokens(kind, text[start:end])
        for first, last in sentence_ranges(cuts, len(prose)):
            count = sum(1 for at in range(first, last) if prose[at] and is_word(columns.surfaces[at]))
            if count:
                found.append(Sentence(start + columns.starts[first], start + columns.ends[last - 1], count))
    return tuple(found)


def sentence_ranges(cuts: list[int], total: int) -> Iterator[tuple[int, int]]:
    """Yield (first, last) token indexes, half-open, of the sentences of a block with `total` tokens."""
    first = 0
    for cut in cuts:
        yield first, cut
        first = cut
    if first < total:
        yield first, total


def word_count(text: str) -> int:
    """Return the number of prose words: no code, markup, link targets, bare URLs, front matter or definitions."""
    return sum(sentence.words for sentence in sentences(text))


def sentence_hash(sentence: str) -> str:
    """Return the SHA-256 of a sentence in hex: NFC, each run of white space one space, case and punctuation kept.

    It names the sentence in claim checks and verify marks: any edit but one of white space changes it.
    """
    plain = _SPACES.sub(" ", unicodedata.normalize("NFC", sentence)).strip()
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def _sentence_cuts(raw: str, starts: list[int], floor: int) -> list[int]:
    cuts = []
    previous = 0
    total = len(starts)
    for match in _SENTENCE_END.finditer(raw):
        if match.end() <= floor:
            continue
        cut = bisect_left(starts, match.end())
        if previous < cut < total:
            cuts.append(cut)
            previous = cut
    return cuts


def _prose_marks(kind: BlockKind, raw: str, columns: TokenColumns, floor: int) -> bytes:
    total = len(columns.starts)
    if kind in WITHOUT_PROSE:
        return bytes(total)
    hidden = markup_spans(raw)
    if not floor and not hidden:
        return b"\x01" * total
    marks = bytearray(b"\x01" * total)
    for start, end in [(0, floor), *hidden]:
        first, last = bisect_left(columns.starts, start), bisect_left(columns.starts, end)
        if first and columns.ends[first - 1] > start:
            first -= 1  # a token that reaches into markup is no prose word
        marks[first:last] = bytes(last - first)
    return bytes(marks)
