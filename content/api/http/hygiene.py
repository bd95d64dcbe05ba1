"""One strict reader for JSON from outside: bounded before it is parsed, and unambiguous after.

Depth is counted before the parser runs, so that no nesting can exhaust it; what JSON leaves open (duplicate names, huge
numbers, NaN) and what no text may hold (NUL, surrogates, controls) is refused with a JSON pointer.
"""

import json
import math
import re
from collections.abc import Iterator
from typing import Any, Final

from content.api.http.refusals import (
    ControlCharacters,
    JsonDuplicateKey,
    JsonInvalid,
    JsonTooDeep,
    JsonTooManyKeys,
    NulRefused,
    NumberRefused,
    SurrogateRefused,
    Utf8Invalid,
)
from content.drafts.intake.shapes import step
from content.errors import Invalid

MOST_DEPTH: Final = 16
MOST_KEYS: Final = 12_000
MOST_INTEGER: Final = 2**53
MOST_DIGITS: Final = 400  # a longer number is refused unread: turning digits into a number is quadratic
_STRUCTURE: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)
_BAD: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class _Twice(dict[str, Any]):
    """An object that named a member twice."""

    def __init__(self, members: dict[str, Any], name: str) -> None:
        super().__init__(members)
        self.name = name


class _NotANumber:
    """A number that is refused."""


def read_json(raw: bytes, *, most_keys: int = MOST_KEYS) -> Any:
    """Return the JSON value that `raw` spells.

    :raises Utf8Invalid: if the bytes are no UTF-8.
    :raises JsonInvalid: if they are no JSON, or begin with a byte-order mark.
    :raises JsonTooDeep: if it is more than 16 levels deep.
    :raises JsonTooManyKeys: if it has more members than `most_keys`.
    :raises Invalid: for members, numbers and characters as listed in intake-api.md 7.3; params `pointer`.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Utf8Invalid(offset=error.start) from error
    _check_depth(raw)
    keys = _Keys(most_keys)
    try:
        value = json.loads(
            text,
            object_pairs_hook=keys.gathered,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=lambda _: _NotANumber(),
        )
    except json.JSONDecodeError as error:
        raise JsonInvalid(f"{error.msg}, at character {error.pos}.", offset=error.pos) from error
    for refusal in _refusals(value, ""):
        raise refusal
    return value


def _check_depth(raw: bytes) -> None:
    if raw.count(b"[") + raw.count(b"{") <= MOST_DEPTH:
        return  # the usual case: nothing can be that deep
    depth = 0
    for found in _STRUCTURE.finditer(raw):
        mark = found[0]
        if mark in {b"[", b"{"}:
            depth += 1
            if depth > MOST_DEPTH:
                raise JsonTooDeep(maximum=MOST_DEPTH)
        elif mark in {b"]", b"}"}:
            depth -= 1


class _Keys:
    """Counts members while objects are gathered."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._most = most

    def gathered(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        self._left -= len(pairs)
        if self._left < 0:
            raise JsonTooManyKeys(maximum=self._most)
        members = dict(pairs)
        if len(members) == len(pairs):
            return members
        names = [name for name, _ in pairs]
        return _Twice(members, next(name for name in names if names.count(name) > 1))


def _integer(digits: str) -> object:
    if len(digits) > MOST_DIGITS:
        return _NotANumber()
    number = int(digits)
    return number if abs(number) <= MOST_INTEGER else _NotANumber()


def _float(digits: str) -> object:
    number = float(digits) if len(digits) <= MOST_DIGITS else math.inf
    return number if math.isfinite(number) else _NotANumber()


def _refusals(value: object, at: str) -> Iterator[Invalid]:
    match value:
        case str():
            bad = _BAD.search(value)
            if bad is not None:
                yield _of_character(bad[0], at)
        case dict():
            if isinstance(value, _Twice):
                yield JsonDuplicateKey(f"'{value.name[:100]}' is named twice.", pointer=step(at, value.name))
            for name, member in value.items():
                if _BAD.search(name):
                    yield _of_character(_BAD.findall(name)[0], at)
                yield from _refusals(member, step(at, name))
        case list():
            for index, member in enumerate(value):
                yield from _refusals(member, f"{at}/{index}")
        case _NotANumber():
            yield NumberRefused(pointer=at)
        case _:
            pass


def _of_character(character: str, at: str) -> Invalid:
    if character == "\x00":
        return NulRefused(pointer=at)
    if "\ud800" <= character <= "\udfff":
        return SurrogateRefused(pointer=at)
    return ControlCharacters(pointer=at, code_point=f"U+{ord(character):04X}")
