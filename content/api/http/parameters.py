"""Parameters of the address, read with the same shapes as bodies."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import QueryDict

from content.api.http.operations import Parameter
from content.api.http.refusals import CursorInvalid, ParameterInvalid, ResourceNotFound
from content.drafts.intake.shapes import Faults, Time

MOST_ROWS: Final = 200
ROWS: Final = 50
PAGING: Final[Mapping[str, Parameter]] = {
    "limit": Parameter(schema={"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": ROWS}),
    "after": Parameter(note="Cursor: `next` of the page before."),
}


def page_size(query: QueryDict) -> int:
    """Return how many rows a page shall have.

    :raises ParameterInvalid: unless it is 1 to 200.
    """
    given = query.get("limit", str(ROWS))
    if not given.isascii() or not given.isdecimal() or not 1 <= int(given) <= MOST_ROWS:
        raise ParameterInvalid(f"limit is a number from 1 to {MOST_ROWS}.", parameter="limit")
    return int(given)


def choice(query: QueryDict, name: str, words: tuple[str, ...]) -> str:
    """Return one of `words`, or an empty string when the parameter is not there.

    :raises ParameterInvalid: for any other word.
    """
    given = query.get(name, "")
    if given and given not in words:
        raise ParameterInvalid(f"{name} is one of: {', '.join(words)}.", parameter=name)
    return str(given)


def short(query: QueryDict, name: str) -> str:
    """Return a word of at most 200 characters that no control character stands in.

    :raises ParameterInvalid: if it is longer or holds one.
    """
    given = str(query.get(name, ""))
    if len(given) > MOST_ROWS or not given.isprintable():
        raise ParameterInvalid(f"{name} is at most 200 printable characters.", parameter=name)
    return given


def moment(query: QueryDict, name: str) -> datetime | None:
    """Return a time, or None when the parameter is not there.

    :raises ParameterInvalid: if it is no time with an offset.
    """
    given = query.get(name)
    if given is None:
        return None
    faults = Faults()
    # A plus sign that was not escaped arrives as a space.
    read: datetime | None = Time(code="time_invalid").read(given.replace(" ", "+"), "", faults)
    if read is None:
        raise ParameterInvalid(f"{name} is a time such as 2026-11-22T09:00:00Z.", parameter=name)
    return read


def uuid_of(given: str) -> UUID:
    """Return the id that a part of the address spells.

    :raises ResourceNotFound: if it spells none.
    """
    try:
        return UUID(given)
    except ValueError as error:
        raise ResourceNotFound from error


def uuid_key(key: str) -> UUID | None:
    """Return the id that a cursor's key is, or None for an empty one.

    :raises CursorInvalid: if it is none.
    """
    try:
        return UUID(key) if key else None
    except ValueError as error:
        raise CursorInvalid from error


def number_key(key: str) -> int | None:
    """Return the number that a cursor's key is, or None for an empty one.

    :raises CursorInvalid: if it is none.
    """
    if key and not (key.isascii() and key.isdecimal() and len(key) < 19):  # noqa: PLR2004 (digits of 2^63)
        raise CursorInvalid
    return int(key) if key else None


def schema_of(*words: str) -> Mapping[str, Any]:
    """Return the schema of a parameter that is one of `words`."""
    return {"type": "string", "enum": list(words)}
