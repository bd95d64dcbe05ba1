"""A small closed schema language: what a key must hold, without any value ever being repaired.

Only strings, integers, arrays and objects exist here; `strict.py` let nothing else through. A key we do not
know is `unsupported` (a newer version may have it), everything else that does not fit is `bad_statement`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from content.errors import Invalid
from content.proof.strict import Json, Unsupported

MAX_TEXT: Final = 2_000
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


class BadStatement(Invalid):
    """This statement breaks its own rules."""

    code = "bad_statement"


class Misfit(Exception):  # the word says more than "MisfitError"
    """A value that does not fit: which error that is, what is wrong, and the keys down to it, innermost first."""

    def __init__(self, error: type[Invalid], said: str) -> None:
        super().__init__(said)
        self.error = error
        self.said = said
        self.keys: list[str] = []


Field = Callable[[Json], None]
"""Holds one value: returns nothing, or raises `Misfit`."""


class Shape:
    """An object with exactly these keys; those in `optional` may be absent."""

    def __init__(self, required: Mapping[str, Field], optional: Mapping[str, Field]) -> None:
        self._required = frozenset(required)
        self._fields = {**required, **optional}

    def __call__(self, value: Json) -> None:
        """Hold the object and everything in it.

        :raises Misfit: `unsupported` for a key we do not know, `bad_statement` for anything else.
        """
        if not isinstance(value, dict):
            raise Misfit(BadStatement, "is no object")
        if value.keys() != self._required:
            self._check_keys(value)
        for key, entry in value.items():
            try:
                self._fields[key](entry)
            except Misfit as misfit:
                misfit.keys.append(key)
                raise

    def _check_keys(self, value: Mapping[str, Json]) -> None:
        unknown = value.keys() - self._fields.keys()
        if unknown:
            raise Misfit(Unsupported, f"has a key this version does not know: {min(unknown)[:60]}")
        missing = self._required - value.keys()
        if missing:
            raise Misfit(BadStatement, f"lacks {min(missing)}")


def shape(optional: Mapping[str, Field] | None = None, /, **required: Field) -> Shape:
    """Return the shape of an object from its required keys, and its optional ones first."""
    return Shape(required, optional or {})


def hold(expected: Shape, value: Json) -> None:
    """Hold a whole statement against its shape.

    :raises Unsupported: for a key, version or method we do not know.
    :raises BadStatement: for anything else that does not fit; the message names the place.
    """
    try:
        expected(value)
    except Misfit as misfit:
        place = ".".join(["statement", *reversed(misfit.keys)])
        raise misfit.error(f"{place} {misfit.said}.") from misfit


def matching(pattern: str, *, what: str) -> Field:
    """Return a field for strings that match a regular expression as a whole."""
    compiled = re.compile(pattern)

    def field(value: Json) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise Misfit(BadStatement, f"is not {what}")

    return field


def one_of(*words: str) -> Field:
    """Return a field for a closed set of words."""
    allowed = frozenset(words)

    def field(value: Json) -> None:
        if not isinstance(value, str) or value not in allowed:
            raise Misfit(BadStatement, "is none of the words it may be")

    return field


def version_of(*known: Json) -> Field:
    """Return a field that decides which version this is: another value is `unsupported` and not wrong."""

    def field(value: Json) -> None:
        if value not in known:
            raise Misfit(Unsupported, "names a version or method this program does not know")

    return field


def many(entry: Field, *, at_least: int = 0, at_most: int) -> Field:
    """Return a field for an array whose every entry fits."""

    def field(value: Json) -> None:
        if not isinstance(value, list):
            raise Misfit(BadStatement, "is no list")
        if not at_least <= len(value) <= at_most:
            raise Misfit(BadStatement, f"has {len(value)} entries")
        for at, each in enumerate(value):
            try:
                entry(each)
            except Misfit as misfit:
                misfit.keys.append(str(at))
                raise

    return field


def count(*, at_least: int = 0, at_most: int = 10**9) -> Field:
    """Return a field for an integer within bounds."""

    def field(value: Json) -> None:
        if not isinstance(value, int) or not at_least <= value <= at_most:
            raise Misfit(BadStatement, f"is not a number from {at_least} to {at_most}")

    return field


def time(value: Json) -> None:
    """Hold an RFC 3339 time in UTC with seconds and `Z`."""
    try:
        if isinstance(value, str) and _TIME.fullmatch(value):
            datetime.fromisoformat(value)
            return
    except ValueError as error:
        raise Misfit(BadStatement, "is no time that exists") from error
    raise Misfit(BadStatement, "is no time in UTC")


def day(value: Json) -> None:
    """Hold a calendar day, `YYYY-MM-DD`."""
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            date.fromisoformat(value)
            return
    except ValueError as error:
        raise Misfit(BadStatement, "is no day that exists") from error
    raise Misfit(BadStatement, "is no day")


digest: Final = matching(r"sha256:[0-9a-f]{64}", what="a SHA-256 digest")
hex_digest: Final = matching(r"[0-9a-f]{64}", what="a SHA-256 digest in hex")
text: Final = matching(rf"[^\x00]{{1,{MAX_TEXT}}}", what="a text of 1 to 2,000 characters")
identifier: Final = matching(r"[A-Za-z0-9_.:-]{1,120}", what="an identifier")
method: Final = matching(r"[a-z0-9_.-]{1,80}\.v[1-9][0-9]{0,5}", what="a versioned name")
decimal: Final = matching(r"-?[0-9]{1,12}(\.[0-9]{1,9})?", what="a decimal number")
url: Final = matching(r"https?://[!-~]{1,1990}", what="a web address")
secure_url: Final = matching(r"https://[!-~]{1,1990}", what="an https address")
yes_no: Final = one_of("yes", "no")
y_n: Final = one_of("y", "n")
basis_points: Final = count(at_most=10_000)
