"""`word_diff.v1`: what changed between two texts, the same in Python and in the browser, integers only.

It feeds the Changes view, the counts beside it and every server rule on the size of a change. It is not attribution:
moved, retyped and copied text is authorship's business. Vectors: `tests/text/vectors/word_diff.v1.json`; the class
table as data for other languages: `tests/text/vectors/word_classes.json`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from content.text import classes
from content.text.myers import edit_runs
from content.text.pairing import pair_units
from content.text.patterns import SPACE, inside

METHOD: Final = "word_diff.v1"
LONG_LINE: Final = 400  # tokens; a longer line is cut into sentences

WORD_CLASS: Final = f"{inside(classes.ALPHANUMERIC)}_'\u2019"
_TOKEN: Final = re.compile(f"[{WORD_CLASS}]+|[{SPACE}]+|[^{WORD_CLASS}{SPACE}]")
_ASCII_TOKEN: Final = re.compile(r"[0-9A-Za-z_']+|[\t-\r\x1c-\x20]+|[^\t-\r\x1c-\x200-9A-Za-z_']")
_WORD: Final = re.compile(f"[{WORD_CLASS}]")
_SPACE_TOKEN: Final = re.compile(f"[{SPACE}]*")
_SENTENCE_ENDS: Final = frozenset(".!?…。！？")


class Change(NamedTuple):
    """One replaced stretch: half-open code point ranges of old (A) and new (B) text.

    `coarse` says that both sides were too different to be compared word by word.
    """

    from_a: int
    to_a: int
    from_b: int
    to_b: int
    coarse: bool


class DiffCounts(NamedTuple):
    """Sizes of a list of changes: changes; words and marks (all tokens but white space) in and out; code points."""

    changes: int
    words_inserted: int
    words_deleted: int
    tokens_inserted: int
    tokens_deleted: int
    code_points_inserted: int
    code_points_deleted: int


class _Unit(NamedTuple):
    text: str
    tokens: list[str]
    start: int


def word_diff(a: str, b: str) -> list[Change]:
    """Return the changes that make B of A: ascending, disjoint, at token boundaries.

    :raises ValueError: if a text holds CR; canonical text has LF only.
    """
    if "\r" in a or "\r" in b:
        raise ValueError("word_diff.v1 compares canonical text: line ends are LF.")
    if a == b:
        return []
    old, new = _units(a), _units(b)
    head, tail = _equal_ends([unit.text for unit in old], [unit.text for unit in new])
    end_a = old[len(old) - tail].start if tail else len(a)
    end_b = new[len(new) - tail].start if tail else len(b)
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    return _joined(_changes(inner_old, inner_new, (end_a, end_b)), a, b)


def diff_counts(a: str, b: str, changes: Sequence[Change]) -> DiffCounts:
    """Return how much the changes changed. In a coarse one only tokens without partner count as changed."""
    words_in = words_out = tokens_in = tokens_out = 0
    for change in changes:
        gone = Counter(_visible(a[change.from_a : change.to_a]))
        come = Counter(_visible(b[change.from_b : change.to_b]))
        if change.coarse:
            gone, come = gone - come, come - gone
        tokens_out += gone.total()
        tokens_in += come.total()
        words_out += sum(count for token, count in gone.items() if _WORD.match(token))
        words_in += sum(count for token, count in come.items() if _WORD.match(token))
    return DiffCounts(
        changes=len(changes),
        words_inserted=words_in,
        words_deleted=words_out,
        tokens_inserted=tokens_in,
        tokens_deleted=tokens_out,
        code_points_inserted=sum(change.to_b - change.from_b for change in changes),
        code_points_deleted=sum(change.to_a - change.from_a for change in changes),
    )


def split_words(text: str) -> list[str]:
    """Return the tokens of a stretch: runs of word characters, runs of space, single others; nothing is lost."""
    return (_ASCII_TOKEN if text.isascii() else _TOKEN).findall(text)


def _visible(text: str) -> list[str]:
    return [token for token in split_words(text) if not _SPACE_TOKEN.fullmatch(token)]


def _units(text: str) -> list[_Unit]:
    units: list[_Unit] = []
    position = 0
    for line in text.split("\n"):
        line_end = position + len(line) + 1
        whole = text[position:line_end]
        if whole:
            for piece in _cut(split_words(whole)):
                joined = "".join(piece)
                units.append(_Unit(joined, piece, position))
                position += len(joined)
        position = line_end
    return units


def _cut(tokens: list[str]) -> list[list[str]]:
    if len(tokens) <= LONG_LINE:
        return [tokens]
    pieces = []
    start = 0
    for at in range(1, len(tokens)):
        if tokens[at - 1] in _SENTENCE_ENDS and _SPACE_TOKEN.fullmatch(tokens[at]):
            pieces.append(tokens[start : at + 1])
            start = at + 1
    if start < len(tokens):
        pieces.append(tokens[start:])
    return pieces


def _equal_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how many members are equal at the start, and at the end of what then remains."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _changes(old: list[_Unit], new: list[_Unit], ends: tuple[int, int]) -> Iterator[Change]:
    """Yield the changes of paired units and of the gaps between them, in order."""
    words_old = [_words_of(unit) for unit in old]
    words_new = [_words_of(unit) for unit in new]
    pairs = pair_units([unit.text for unit in old], [unit.text for unit in new], words_old, words_new)
    at_old = at_new = 0
    for index_old, index_new in [*pairs, (len(old), len(new))]:
        starts = (_start(old, at_old, ends[0]), _start(new, at_new, ends[1]))
        limits = (_start(old, index_old, ends[0]), _start(new, index_new, ends[1]))
        if starts != limits:
            yield Change(starts[0], limits[0], starts[1], limits[1], coarse=False)
        if index_old < len(old):
            yield from _inside(old[index_old], new[index_new])
        at_old, at_new = index_old + 1, index_new + 1


def _words_of(unit: _Unit) -> frozenset[str]:
    return frozenset(token for token in unit.tokens if _WORD.match(token))


def _start(units: list[_Unit], index: int, end: int) -> int:
    return units[index].start if index < len(units) else end


def _inside(old: _Unit, new: _Unit) -> Iterator[Change]:
    """Yield the changes inside a pair of units."""
    if old.text == new.text:
        return
    head, tail = _equal_ends(old.tokens, new.tokens)
    middle_old = old.tokens[head : len(old.tokens) - tail]
    middle_new = new.tokens[head : len(new.tokens) - tail]
    places_old = _places(old.start + sum(map(len, old.tokens[:head])), middle_old)
    places_new = _places(new.start + sum(map(len, new.tokens[:head])), middle_new)
    runs = edit_runs(middle_old, middle_new)
    if runs is None:
        yield Change(places_old[0], places_old[-1], places_new[0], places_new[-1], coarse=True)
        return
    for from_a, to_a, from_b, to_b in runs:
        yield Change(places_old[from_a], places_old[to_a], places_new[from_b], places_new[to_b], coarse=False)


def _places(start: int, tokens: list[str]) -> list[int]:
    places = [start]
    for token in tokens:
        start += len(token)
        places.append(start)
    return places


def _joined(changes: Iterator[Change], a: str, b: str) -> list[Change]:
    """Join neighbours with at most one character of white space between them."""
    joined: list[Change] = []
    for change in changes:
        last = joined[-1] if joined else None
        if last and _nearly_touch(a[last.to_a : change.from_a], b[last.to_b : change.from_b]):
            joined[-1] = Change(last.from_a, change.to_a, last.from_b, change.to_b, coarse=last.coarse or change.coarse)
        else:
            joined.append(change)
    return joined


def _nearly_touch(gap_a: str, gap_b: str) -> bool:
    return len(gap_a) <= 1 and len(gap_b) <= 1 and bool(_SPACE_TOKEN.fullmatch(gap_a + gap_b))
