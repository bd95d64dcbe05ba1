"""How each code point of a text arrived, derived from an editor's change log alone (`authorship.v1`, section 6).

The client's own opinion is not asked: class and origin follow from the event and the change. Events can make a token
less human, never more.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, TypeAlias

from content.drafts.changes import Section, read_changes
from content.text.offsets import to_text, to_units, units_of
from content.text.spans import Span, union
from content.text.tokens import tokens

Marks: TypeAlias = "array[int]"

BULK_LIMIT: Final = 40  # code points; more in one input that was not composed is no typing. The desk has the same
BURST_WORDS: Final = 24
BURST_MS: Final = 2_000
SEARCH_BUDGET: Final = 50_000_000  # units looked through for pasted text that stands in the document already


class ArrivalClass(IntEnum):
    """How a code point came into the document, by event and change alone; lower is less human."""

    BASE = 0
    ASSISTED = 1
    PASTED = 2
    TYPED = 3


@dataclass(frozen=True, slots=True)
class Replay:
    """What a journal leads to.

    `classes` has an `ArrivalClass` for each code point; `origins` the place of the code point in the text the journal
    started from, -1 for what is new; `bursts` are spans that came faster than anybody types (already `PASTED`).
    """

    text: str
    classes: bytes
    origins: Sequence[int]
    bursts: tuple[Span, ...]


class Arrivals:
    """A text in UTF-16 units; `marks` says of each unit where it comes from.

    A mark is the unit's place in the base text, or -(4 * entry + class) - 1 for what an entry brought.
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self.units = to_units(base)
        self.marks = array("q", range(len(self.units)))
        self.times: list[int] = []
        self.gone: list[tuple[str, Marks]] = []
        self.budget = SEARCH_BUDGET

    def take(self, at_ms: int, event: str | None, sections: Sequence[Section]) -> None:
        """Apply one entry.

        :raises ChangeRefused: if its change set does not fit the text it meets.
        """
        changes = list(read_changes(sections, self.units))
        number = len(self.times)
        self.times.append(at_ms)
        inserted = sum(units_of(change.inserted) for change in changes)
        for change in changes:
            if change.end > change.start:
                self.gone.append((self.units[change.start : change.end], self.marks[change.start : change.end]))
        arrived = [self._marks_of(change.inserted, (number, event, inserted)) for change in changes]
        before = self.units
        self.units = "".join(
            [piece for change in changes for piece in (before[change.kept_from : change.start], change.inserted)]
        )
        for change, marks in zip(reversed(changes), reversed(arrived), strict=True):
            if marks or change.end > change.start:
                self.marks[change.start : change.end] = marks

    def replay(self) -> Replay:
        """Return text, classes and origins by code point.

        :raises UnicodeDecodeError: if half of a surrogate pair is left.
        """
        text = to_text(self.units)
        marks = self.marks
        if len(text) < len(marks):
            marks = array(
                "q", (m for unit, m in zip(self.units, marks, strict=True) if not "\udc00" <= unit <= "\udfff")
            )
        classes = bytearray(0 if mark >= 0 else (-mark - 1) & 3 for mark in marks)
        bursts = _bursts(text, classes, [self.times[(-mark - 1) >> 2] if mark < 0 else 0 for mark in marks])
        for start, end in bursts:
            for at in range(start, end):
                if classes[at] == ArrivalClass.TYPED:
                    classes[at] = ArrivalClass.PASTED
        return Replay(text, bytes(classes), self._origins(marks), bursts)

    def _origins(self, marks: Marks) -> Sequence[int]:
        if len(self.base) == len(to_units(self.base)):
            return array("q", (mark if mark >= 0 else -1 for mark in marks))
        points: list[int] = []
        for point, character in enumerate(self.base):
            points += [point] * (2 if character > "\uffff" else 1)
        return array("q", (points[mark] if mark >= 0 else -1 for mark in marks))

    def _marks_of(self, inserted: str, entry: tuple[int, str | None, int]) -> Marks:
        if not inserted:
            return array("q")
        number, event, size = entry
        arrival = arrival_class(event, size)
        if arrival is None:
            known = self._known(inserted, event or "")
            if known:
                return known
            arrival = ArrivalClass.PASTED
        return array("q", [-(4 * number + arrival) - 1]) * len(inserted)

    def _known(self, inserted: str, event: str) -> Marks:
        """Return the marks of the same text where it stands, or stood before this journal deleted it; else none."""
        places = [(self.units, self.marks), *reversed(self.gone)]
        if _is(event, "undo", "redo", "move"):
            places = [*places[1:], places[0]]  # what was just deleted is what comes back
        for text, marks in places:
            self.budget -= len(text)
            if self.budget < 0:
                break
            at = text.find(inserted)
            if at >= 0:
                return marks[at : at + len(inserted)]
        return array("q")


def arrival_class(event: str | None, inserted: int) -> ArrivalClass | None:
    """Return how text came in by its event alone; None where that depends on whether the text was there before.

    :param inserted: code points the whole entry inserts.
    """
    name = event or ""
    if not name or _is(name, "input.complete", "accept", "revert"):
        return ArrivalClass.ASSISTED
    if _is(name, "input.paste", "input.drop", "move", "input.copyline", "undo", "redo"):
        return None
    if name.startswith("input.type.compose"):
        return ArrivalClass.TYPED
    if name == "input" or _is(name, "input.type", "delete"):
        return ArrivalClass.TYPED if inserted <= BULK_LIMIT else ArrivalClass.PASTED
    return ArrivalClass.PASTED


def _is(event: str, *names: str) -> bool:
    return any(event == name or event.startswith(f"{name}.") for name in names)


def _bursts(text: str, classes: bytearray, times: Sequence[int]) -> tuple[Span, ...]:
    """Return the spans of words typed with more than `BURST_WORDS` others within `BURST_MS`."""
    if classes.count(ArrivalClass.TYPED) <= BURST_WORDS:
        return ()
    arrived = []
    for _, start, end in tokens(text):
        if classes.find(ArrivalClass.TYPED, start, end) < 0:
            continue
        typed = [times[at] for at in range(start, end) if classes[at] == ArrivalClass.TYPED]
        if any(character.isalnum() for character in text[start:end]):
            arrived.append((max(typed), start, end))
    arrived.sort()
    found: list[Span] = []
    for first, last in zip(range(len(arrived)), range(BURST_WORDS, len(arrived)), strict=False):
        if arrived[last][0] - arrived[first][0] <= BURST_MS:
            found.extend(Span(start, end) for _, start, end in arrived[first : last + 1])
    return tuple(union(found))
