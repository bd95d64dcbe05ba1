"""Answers of the API: JSON bytes, times and links as it spells them."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from content.drafts.answers import Answer


def instant(at: datetime | None) -> str | None:
    """Return a moment as RFC 3339 in UTC with milliseconds and `Z`."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def as_json(value: object) -> str:
    """Return a value as JSON text: times and ids as the API spells them, nothing escaped that need not be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_spelled)


def _spelled(value: object) -> Any:
    match value:
        case datetime():
            return instant(value)
        case UUID():
            return str(value)
        case frozenset() | set():
            return sorted(value)
        case Mapping():
            return dict(value)
        case tuple():
            return list(value)
        case _:
            raise TypeError(f"The API does not answer with {type(value).__name__}.")


def answer(value: object, *, status: int = 200, etag: str = "", location: str = "", **headers: str) -> Answer:
    """Return an answer.

    :param etag: without its quotes.
    :param headers: further ones; an underscore in a name is a hyphen.
    """
    found = {name.replace("_", "-"): text for name, text in headers.items()}
    found |= {"ETag": f'"{etag}"'} if etag else {}
    found |= {"Location": location} if location else {}
    return Answer(status=status, headers=found, body=as_json(value))


def no_content() -> Answer:
    """Return an answer without a body."""
    return Answer(status=204, headers={}, body="")
