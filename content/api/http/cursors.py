"""Cursors of lists: opaque to the caller, bound to the list and its filters, so that none is used with others."""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Final

from content.api.http.refusals import CursorInvalid

VERSION: Final = 1


def _bound_to(filters: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(sorted(filters.items())).encode()).hexdigest()[:16]


def cursor_after(key: str, *, filters: Mapping[str, str]) -> str:
    """Return the cursor for what comes after `key`.

    :param filters: everything that picks and sorts the list, the list's own name included.
    """
    plain = json.dumps([VERSION, key, _bound_to(filters)], separators=(",", ":"))
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def key_of(cursor: str, *, filters: Mapping[str, str]) -> str:
    """Return the key that a cursor stands for; empty for an empty cursor.

    :raises CursorInvalid: if it was changed, or made for other filters.
    """
    if not cursor:
        return ""
    try:
        plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise CursorInvalid from error
    match plain:
        case [int(version), str(key), str(bound)] if version == VERSION and bound == _bound_to(filters):
            return key
        case _:
            raise CursorInvalid
