"""Canonical JSON (RFC 8785), written by the library `rfc8785`.

Only what issues imports this module. Whoever verifies hashes the bytes as they came, so the verifier needs no
canonicalization and does not load the library.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

from content.errors import Invalid

JsonValue: TypeAlias = "Mapping[str, JsonValue] | Sequence[JsonValue] | str | int | float | bool | None"


class NotCanonical(Invalid):
    """This value has no canonical JSON form: half a surrogate pair, NaN, an integer beyond 2^53-1."""

    code = "not_canonical"


def jcs(value: JsonValue) -> bytes:
    """Return the RFC 8785 bytes of a value made of dicts, lists, strings, numbers, booleans and None.

    :raises NotCanonical: if the value has no canonical form.
    """
    try:
        return rfc8785.dumps(_plain(value))
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise NotCanonical(f"No canonical JSON form: {error}.") from error


def _plain(value: JsonValue) -> JsonValue:
    """Return the same value made of dicts and lists, as the library wants it."""
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(entry) for entry in value]
    return value
