"""Sentences of a text by the paragraph they stand in."""

from bisect import bisect_right
from functools import lru_cache

from content.text.blocks import blocks
from content.text.segments import REMEMBERED, sentence_hash, sentences


@lru_cache(maxsize=REMEMBERED)
def hashes_by_paragraph(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the hashes of the sentences of each paragraph, in order; paragraphs without sentences are left out."""
    starts = [start for _, start, _ in blocks(text)]
    found: dict[int, list[str]] = {}
    for sentence in sentences(text):
        paragraph = bisect_right(starts, sentence.start) - 1
        found.setdefault(paragraph, []).append(sentence_hash(text[sentence.start : sentence.end]))
    return tuple(tuple(hashes) for hashes in found.values())
