"""Which stretches of a block are markup and not prose: code spans, tags, comments, link targets, bare URLs."""

import re
from collections import defaultdict
from typing import Final

from content.text.patterns import SPACE
from content.text.spans import Span, union

# Every pattern here stops at the first character that rules it out, so a block is read in linear time.
_TELLTALE: Final = re.compile(r"[`<\]]|://|www\.|mailto:")
_TICKS: Final = re.compile(r"`+")
_TAG: Final = re.compile(
    f"</?[A-Za-z][^<>]*>|<[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^<>{SPACE}]*>|<[^<>{SPACE}@]+@[^<>{SPACE}@]+>"
)
_TARGET: Final = re.compile(r"(?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|(?<=\])\[[^\[\]\n]*\]")
_URL: Final = re.compile(f"(?:(?:https?|ftp)://|www\\.|mailto:)[^<>{SPACE}]+", re.IGNORECASE)


def markup_spans(block: str) -> list[Span]:
    """Return the disjoint spans of the block that are no prose, ascending."""
    if not _TELLTALE.search(block):
        return []
    found = [*code_spans(block), *comment_spans(block)]
    for pattern in (_TAG, _TARGET, _URL):
        found.extend(Span(*match.span()) for match in pattern.finditer(block))
    return union(found)


def code_spans(block: str) -> list[Span]:
    """Return inline code: a run of backticks up to the next run of the same length (CommonMark 0.31, 6.1)."""
    runs = [match.span() for match in _TICKS.finditer(block)]
    if len(runs) < 2:  # noqa: PLR2004
        return []
    waiting: defaultdict[int, list[int]] = defaultdict(list)
    for index in range(len(runs) - 1, -1, -1):
        start, end = runs[index]
        waiting[end - start].append(index)
    found = []
    index = 0
    while index < len(runs):
        start, end = runs[index]
        closers = waiting[end - start]
        while closers and closers[-1] <= index:
            closers.pop()
        if closers:
            index = closers[-1]
            found.append(Span(start, runs[index][1]))
        index += 1
    return found


def comment_spans(text: str) -> list[Span]:
    """Return closed HTML comments."""
    found = []
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        found.append(Span(start, end + 3))
        start = text.find("<!--", end + 3)
    return found
