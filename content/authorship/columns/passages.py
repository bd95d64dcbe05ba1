"""One block of a text as the engine sees it: numbers of keys, offsets, flags, sentences. Pure, so it can be cached."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from content.authorship.columns.vocabulary import CONTENT, WORD, Vocabulary
from content.text.blocks import BlockKind, blocks
from content.text.hidden import HiddenRun, hidden_characters
from content.text.hygiene import has_look_alikes, is_mixed_script
from content.text.segments import block_tokens
from content.text.tokens import latin_context

_NO_PROSE: Final = bytes(flag & ~(WORD | CONTENT) for flag in range(256))
NUMBER_BYTES: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """One analysed block. Offsets count from its start; columns have one member a token.

    `key` holds the numbers as bytes, `NUMBER_BYTES` a token: equal keys, equal wording. `flags` are those of the
    vocabulary, without `WORD` and `CONTENT` outside prose. `cuts` are the tokens at which sentences begin, 0 left out.
    """

    kind: BlockKind
    raw: str
    numbers: list[int]
    starts: list[int]
    ends: list[int]
    flags: bytes
    cuts: tuple[int, ...]
    key: bytes
    hidden: tuple[HiddenRun, ...]
    mixed_script: tuple[int, ...]
    sentences: int = field(default=0)

    def sentence_ranges(self) -> Iterator[tuple[int, int]]:
        """Yield (first, last) token, half-open, of each sentence."""
        return ranges_of(self.cuts, len(self.numbers))


def ranges_of(cuts: tuple[int, ...], total: int) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges that cuts make of `total` tokens."""
    first = 0
    for cut in cuts:
        yield first, cut
        first = cut
    if first < total:
        yield first, total


class PassageCache:
    """Passages of the last two texts by kind and raw text, so that an unchanged block is never read twice."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self._vocabulary = vocabulary
        self._language = language
        self._before: dict[tuple[BlockKind, str], Passage] = {}
        self._last: dict[tuple[BlockKind, str], Passage] = {}

    def read(self, text: str) -> tuple[list[int], list[Passage]]:
        """Return where each block starts, and its passage."""
        found: dict[tuple[BlockKind, str], Passage] = {}
        starts: list[int] = []
        passages: list[Passage] = []
        for kind, start, end in blocks(text):
            name = (kind, text[start:end])
            passage = found.get(name) or self._last.get(name) or self._before.get(name)
            if passage is None:
                passage = read_passage(kind, name[1], self._vocabulary, self._language)
            found[name] = passage
            if passage.numbers or passage.hidden:
                starts.append(start)
                passages.append(passage)
        self._before, self._last = self._last, found
        return starts, passages


def read_passage(kind: BlockKind, raw: str, vocabulary: Vocabulary, language: str) -> Passage:
    """Analyse one block."""
    columns, prose, cuts = block_tokens(kind, raw)
    in_latin = latin_context(raw)
    numbers = vocabulary.numbers(columns.surfaces, in_latin=in_latin)
    flags = bytes(map(vocabulary.flags.__getitem__, numbers))
    if b"\x00" in prose:
        outside = flags.translate(_NO_PROSE)
        flags = bytes(here if counts else there for here, there, counts in zip(flags, outside, prose, strict=True))
    plain = raw.isascii()
    passage_cuts = tuple(cuts)
    return Passage(
        kind=kind,
        raw=raw,
        numbers=numbers,
        starts=columns.starts,
        ends=columns.ends,
        flags=flags,
        cuts=passage_cuts,
        key=array("I", numbers).tobytes(),
        hidden=() if plain else hidden_characters(raw, language=language),
        mixed_script=_mixed_script(columns.surfaces) if not plain and has_look_alikes(raw) else (),
        sentences=sum(1 for first, last in ranges_of(passage_cuts, len(numbers)) if _has_word(flags, first, last)),
    )


def _has_word(flags: bytes, first: int, last: int) -> bool:
    return any(flag & WORD for flag in flags[first:last])


def _mixed_script(surfaces: list[str]) -> tuple[int, ...]:
    return tuple(at for at, surface in enumerate(surfaces) if not surface.isascii() and is_mixed_script(surface))
