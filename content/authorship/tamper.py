"""Tamper signals: what looks like gaming, said in plain words and never as an accusation (`authorship.v1`, 9)."""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Final

from content.authorship.columns.passages import NUMBER_BYTES, Passage
from content.authorship.columns.vocabulary import WORD, WORD_ONLY
from content.text.blocks import WITHOUT_PROSE, BlockKind
from content.text.hidden import SOFT_HYPHENS
from content.text.prose import code_spans, comment_spans
from content.text.spans import Span, intersect, union

BLOCK: Final = "block"
NOTE: Final = "note"
SHOWN: Final = 20  # spans
DUPLICATE_WORDS: Final = 12

_TAG: Final = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)\b([^<>]*)>")
_HIDING: Final = re.compile(
    r"[ \t\n\"']hidden\b|display\s*:\s*none|visibility\s*:\s*hidden"
    r"|(?:opacity|font-size)\s*:\s*0(?![.0-9]*[1-9])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TamperSignal:
    """One kind of oddity: its name, `block` or `note`, how often, and the first places in code points."""

    name: str
    severity: str
    count: int
    spans: tuple[tuple[int, int], ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the published form."""
        return {
            "name": self.name,
            "severity": self.severity,
            "count": self.count,
            "spans": [list(span) for span in self.spans],
        }


def signal(
    name: str, severity: str, spans: Iterable[tuple[int, int]], *, count: int | None = None
) -> Iterator[TamperSignal]:
    """Yield the signal if there is anything to it; the count is that of the spans unless given."""
    places = [(start, end) for start, end in spans]
    total = len(places) if count is None else count
    if total:
        yield TamperSignal(name, severity, total, tuple(places[:SHOWN]))


def text_signals(text: str, blocks: tuple[list[int], list[Passage]]) -> Iterator[TamperSignal]:
    """Yield what the text alone shows: mixed scripts, hidden characters, hidden text, duplicate runs."""
    placed = list(zip(*blocks, strict=True))
    yield from signal(
        "mixed_script_words",
        BLOCK,
        ((start + p.starts[at], start + p.ends[at]) for start, p in placed for at in p.mixed_script),
    )
    hidden = [(start + run.start, start + run.end, run.kind) for start, p in placed for run in p.hidden]
    for name in ("bidi_controls", "tag_characters", "invisible_characters"):
        runs = [(start, end) for start, end, kind in hidden if kind == name and kind != SOFT_HYPHENS]
        yield from signal(name, BLOCK, runs, count=sum(end - start for start, end in runs))
    if "<" in text:
        yield from signal("hidden_text", BLOCK, _hidden_text(text, placed))
    yield from signal("duplicate_runs", NOTE, duplicate_runs(placed))


def _hidden_text(text: str, placed: Sequence[tuple[int, Passage]]) -> list[Span]:
    """Return HTML comments and hidden elements that hold words, outside code."""
    code = union((start, start + len(passage.raw)) for start, passage in placed if passage.kind is BlockKind.CODE)
    inline = [
        (start + span.start, start + span.end)
        for start, passage in placed
        if passage.kind not in WITHOUT_PROSE and "`" in passage.raw
        for span in code_spans(passage.raw)
    ]
    shown = union([*code, *inline])
    found = [*comment_spans(text), *_hidden_elements(text)]
    return [
        span
        for span in union(found)
        if not intersect([(span.start, span.start + 1)], shown) and _has_word(text[span.start : span.end])
    ]


def _hidden_elements(text: str) -> Iterator[Span]:
    covered = 0
    for match in _TAG.finditer(text):
        if match.start() < covered or not _HIDING.search(match.group(2)):
            continue
        closing = re.compile(rf"</{match.group(1)}\s*>", re.IGNORECASE).search(text, match.end())
        covered = closing.start() if closing else len(text)
        yield Span(match.end(), covered)


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)


def duplicate_runs(placed: Sequence[tuple[int, Passage]]) -> list[Span]:
    """Return runs of `DUPLICATE_WORDS` or more words that stood in the text before."""
    numbers = array("I")
    for _, passage in placed:
        numbers.extend(compress(passage.numbers, passage.flags.translate(WORD_ONLY)))
    keys = numbers.tobytes()
    width = NUMBER_BYTES * DUPLICATE_WORDS
    windows = [keys[at : at + width] for at in range(0, len(keys) - width + 1, NUMBER_BYTES)]
    if len(set(windows)) == len(windows):
        return []
    seen: set[bytes] = set()
    again: list[int] = []
    for at, window in enumerate(windows):
        if window in seen:
            again.append(at)
        else:
            seen.add(window)
    places = [
        (start + passage.starts[at], start + passage.ends[at])
        for start, passage in placed
        for at, flag in enumerate(passage.flags)
        if flag & WORD
    ]
    return union((places[at][0], places[at + DUPLICATE_WORDS - 1][1]) for at in again)
