"""Loose block fingerprints, `loose.v1`: they find a text again after extraction, and never prove that it is the same.

Anyone may keep most of a text and change the one sentence that matters, and Unicode tables differ between
platforms. So a loose match lists the blocks that did not match and is never called verified.

The rules, for another implementation:

1. Lines end at LF. A line is blank if it holds only spaces, tabs and CR.
2. A fence opens at a line of up to three spaces and then at least three backticks or three tildes. It runs
to a line
   of up to three spaces and at least as many of the same sign and nothing else, or to the end of the text.
   It is one block, blank lines included.
3. Any other block is a run of non-blank lines. A line that, after spaces and tabs, starts with `#`, `|`, or
a list
   marker (`-`, `*`, `+`, or 1 to 9 digits and `.` or `)`; then a space, a tab or the end) begins a new block.
4. `start` is the first code point of the first line, `end` is past the last one of the last line, its LF
left out. 5. Fingerprint: drop HTML tags and comments, turn `](target)` into `]`; NFKC, case-fold, NFKC;
keep general categories
   L* and N*; UTF-8; SHA-256; the first 16 bytes in hex. A block with fewer than 20 kept characters has none.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

METHOD: Final = "loose.v1"
MIN_KEPT: Final = 20
MAX_FENCE_INDENT: Final = 3  # CommonMark 4.5
_HEX_DIGITS: Final = 32
_BLANK: Final = " \t\r"
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_LIST_MARKER: Final = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t\r]|$)")
_TAG: Final = re.compile(r"<!--[^<>]*-->|</?[A-Za-z][A-Za-z0-9-]*(?:[ \t\r\n][^<>]*)?/?>")
_TARGET: Final = re.compile(r"\]\([^()]*(?:\([^()]*\)[^()]*)?\)")
_NOT_ASCII_KEPT: Final = re.compile(r"[^0-9a-z]")


@dataclass(frozen=True, kw_only=True, slots=True)
class LooseBlock:
    """One block of a text: `start`..`end` in code points, half-open; `loose` is 32 hex digits, or "" if too short."""

    kind: str
    start: int
    end: int
    loose: str


def loose_blocks(text: str) -> tuple[LooseBlock, ...]:
    """Return the blocks of a text in order, with their fingerprints."""
    return tuple(
        LooseBlock(kind=_kind_of(text[start:end]), start=start, end=end, loose=fingerprint(text[start:end]))
        for start, end in _spans(text)
    )


def fingerprint(block: str) -> str:
    """Return the fingerprint of one block by rule 5 of the module, or "" if too little is kept."""
    bare = _TARGET.sub("]", _TAG.sub("", block))
    if bare.isascii():
        kept = _NOT_ASCII_KEPT.sub("", bare.lower())
    else:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", bare).casefold())
        kept = "".join(letter for letter in folded if unicodedata.category(letter)[0] in "LN")
    if len(kept) < MIN_KEPT:
        return ""
    # A lone surrogate has category Cs and is never kept, so this always encodes.
    return hashlib.sha256(kept.encode("utf-8")).hexdigest()[:_HEX_DIGITS]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each block."""
    open_at: int | None = None
    last_end = 0
    fence = ""
    for start, end in _lines(text):
        line = text[start:end]
        if fence:
            last_end = end
            if _closes(line, fence):
                fence = ""
                yield open_at or 0, end
                open_at = None
            continue
        opening = _FENCE.match(line)
        begins = opening is not None or not line.strip(_BLANK) or _begins_block(line)
        if begins and open_at is not None:
            yield open_at, last_end
            open_at = None
        if line.strip(_BLANK):
            open_at = start if open_at is None else open_at
            fence = opening[1] if opening else ""
        last_end = end
    if open_at is not None:
        yield open_at, last_end


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each line, without its LF."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _begins_block(line: str) -> bool:
    bare = line.lstrip(" \t")
    return bare.startswith(("#", "|")) or _LIST_MARKER.match(bare) is not None


def _closes(line: str, fence: str) -> bool:
    marks = line.strip(_BLANK)
    indent = len(line) - len(line.lstrip(" "))
    return len(marks) >= len(fence) and not marks.strip(fence[0]) and indent <= MAX_FENCE_INDENT


def _kind_of(block: str) -> str:  # noqa: PLR0911  # one line a kind reads better than a table of lambdas
    """Return the kind of a block from its first line."""
    bare = block.lstrip(" \t")
    if _FENCE.match(block):
        return "code"
    if bare.startswith("#"):
        return "heading"
    if bare.startswith("|"):
        return "table"
    if bare.startswith(">"):
        return "quote"
    if _LIST_MARKER.match(bare.partition("\n")[0]):
        return "item"
    if bare.startswith("<") or not any(letter.isalnum() for letter in bare):
        return "other"
    return "paragraph"
