"""A JSON reader for files from strangers: one spelling of each thing, hard limits, nothing believed before.

Accepted: UTF-8 without a byte-order mark; objects, arrays, strings, integers within +-(2^53-1).
Refused: duplicate keys, floats, NaN, booleans, null, lone surrogates, data after the end, anything beyond
the limits. Source of the rules: I-JSON (RFC 7493), narrowed to what a ReviewDesk statement may hold.
"""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeAlias

from content.errors import Invalid

Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int"

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 12
# A statement at its limit of 2,000 blocks has some 20,000 values; this bounds the walk over a hostile file.
MAX_VALUES = 65_536
MAX_INTEGER = 2**53 - 1
_BOM = b"\xef\xbb\xbf"


class Unreadable(Invalid):
    """This cannot be read as the file it should be, so nothing was decided."""

    code = "unreadable"


class Unsupported(Invalid):
    """This was made by a version, or in a format, that this program does not know."""

    code = "unsupported"


def _refuse_number(literal: str) -> NoReturn:
    raise Unreadable(f"The number {literal[:32]} is not an integer.")


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    entries = dict(pairs)
    if len(entries) != len(pairs):
        raise Unreadable("An object names the same key twice.")
    return entries


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_float=_refuse_number, parse_constant=_refuse_number)


def read_json(source: bytes, *, max_bytes: int = MAX_BYTES) -> Json:
    """Read one JSON document strictly.

    :param source: the whole file, at most `max_bytes`.
    :raises Unreadable: if any rule in the module's docstring is broken.
    """
    if len(source) > max_bytes:
        raise Unreadable(f"The file is larger than {max_bytes} bytes.")
    if source.startswith(_BOM):
        raise Unreadable("The file begins with a byte-order mark.")
    try:
        value: Json = _DECODER.decode(source.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unreadable(f"The file is not UTF-8 (byte {error.start}).") from error
    except RecursionError as error:
        raise Unreadable("The file is nested too deeply.") from error
    except ValueError as error:
        raise Unreadable(f"The file is not JSON: {str(error)[:120]}.") from error
    _check_values(value)
    if b"\\u" in source:
        # Raw UTF-8 holds no surrogates, so only an escape can have made half a pair.
        _check_escapes(value)
    return value


def _check_values(value: Json) -> None:
    """Hold types, sizes and depth of everything inside a parsed document, layer by layer, without recursion.

    :raises Unreadable: at the first value that breaks a limit.
    """
    layer: list[Json] = [value]
    seen = 0
    for _ in range(MAX_DEPTH + 1):
        seen += len(layer)
        if seen > MAX_VALUES:
            raise Unreadable(f"The file holds more than {MAX_VALUES} values.")
        layer = _below(layer)
        if not layer:
            return
    raise Unreadable("The file is nested too deeply.")


def _below(layer: list[Json]) -> list[Json]:
    """Return what the objects and arrays of one layer hold; strings and integers hold nothing."""
    below: list[Json] = []
    for entry in layer:
        # Exact types: True is an int to isinstance, and neither it nor None may pass.
        kind = type(entry)
        if kind is str:
            continue
        if kind is dict:
            below += entry.values()  # type: ignore[union-attr]  # mypy does not narrow by `kind`
        elif kind is list:
            below += entry  # type: ignore[arg-type]
        elif kind is not int:
            raise Unreadable("The file holds true, false or null.")
        elif not -MAX_INTEGER <= entry <= MAX_INTEGER:  # type: ignore[operator]
            raise Unreadable("The file holds an integer beyond 2^53-1.")
    return below


def _check_escapes(value: Json) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise Unreadable("The file holds half a surrogate pair.") from error


def read_object(source: bytes, *, keys: frozenset[str], max_bytes: int = MAX_BYTES) -> Mapping[str, Json]:
    """Read one JSON object that has exactly the given keys.

    :raises Unreadable: if it is no object, or a key is missing or unknown.
    """
    return as_object(read_json(source, max_bytes=max_bytes), keys=keys)


def as_object(value: Json, *, keys: frozenset[str]) -> Mapping[str, Json]:
    """Return the value as an object that has exactly the given keys.

    :raises Unreadable: if it is no object, or a key is missing or unknown.
    """
    if not isinstance(value, Mapping):
        raise Unreadable("An object is expected where something else stands.")
    if value.keys() != keys:
        odd = ", ".join(sorted(keys ^ value.keys()))
        raise Unreadable(f"These keys are missing or unknown: {odd[:120]}.")
    return value


def as_text(value: Json) -> str:
    """Return the value as a string.

    :raises Unreadable: if it is none.
    """
    if not isinstance(value, str):
        raise Unreadable("A string is expected where something else stands.")
    return value


def base64_bytes(text: str) -> bytes:
    """Decode base64 (RFC 4648 section 4) in its one canonical spelling: padded, last bits zero.

    :raises Unreadable: for any other spelling, the URL-safe alphabet included.
    """
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable("A base64 value is malformed.") from error
    if base64.b64encode(raw).decode("ascii") != text:
        raise Unreadable("A base64 value is not in its canonical spelling.")
    return raw
