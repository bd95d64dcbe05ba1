"""Reads one change set of an editor (`ChangeSet.toJSON()` of CodeMirror 6) over a text in UTF-16 units.

A text "in units" is a str with one member for each UTF-16 unit, surrogates apart, so that the browser's positions are
plain indexes. Without astral characters it is the text itself.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from content.text.offsets import to_units

Section: TypeAlias = "int | Sequence[int | str]"


class ChangeRefused(ValueError):
    """A change set does not fit the text it meets."""


class UnitChange(NamedTuple):
    """What follows a kept stretch: units from `kept_from` to `start` stay, up to `end` go, `inserted` comes."""

    kept_from: int
    start: int
    end: int
    inserted: str


def read_changes(sections: Sequence[Section], units: str) -> Iterator[UnitChange]:
    """Yield the changes in order; the last one keeps the rest. Together they cover the whole text.

    :raises ChangeRefused: if the sections do not add up to the text, or cut a surrogate pair in two.
    """
    kept_from = position = 0
    for section in sections:
        if isinstance(section, int):
            position += section
            continue
        removed, lines = section[0], section[1:]
        if not isinstance(removed, int) or not all(isinstance(line, str) for line in lines):
            raise ChangeRefused("a section is a number or [number, line, ...].")
        end = position + removed
        _require_whole(units, position, end)
        yield UnitChange(kept_from, position, end, to_units("\n".join(map(str, lines))))
        kept_from = position = end
    if position != len(units):
        raise ChangeRefused(f"the change covers {position} units of a text of {len(units)}.")
    yield UnitChange(kept_from, position, position, "")


def _require_whole(units: str, *positions: int) -> None:
    for position in positions:
        if position > len(units):
            raise ChangeRefused(f"position {position} is outside a text of {len(units)} units.")
        if (
            0 < position < len(units)
            and units[position - 1] < "\udc00" <= units[position] <= "\udfff"
            and units[position - 1] >= "\ud800"
        ):
            raise ChangeRefused(f"position {position} splits a surrogate pair.")
