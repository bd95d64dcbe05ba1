"""A small closed schema language: what a key must hold, without any value ever being repaired.

Only strings, integers, arrays and objects exist here; `strict.py` let nothing else through. A key we do not
know is `unsupported` (a newer version may have it), everything else that does not fit is `bad_statement`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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


Field = Callable[[Json, str], None]
"""Holds one value; gets the value and its path, returns nothing or raises."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """An object with exactly these keys; those in `optional` may be absent."""

    required: Mapping[str, Field]
    optional: Mapping[str, Field]

    def __call__(self, value: Json, path: str) -> None:
        """Hold the object and everything in it.

        :raises Unsupported: for a key we do not know.
        :raises BadStatement: for anything else that does not fit.
        """
        if not isinstance(value, Mapping):
            raise BadStatement(f"{path} is no object.")
        unknown = value.keys() - self.required.keys() - self.optional.keys()
        if unknown:
            raise Unsupported(f"{path} has a key this version does not know: {min(unknown)[:60]}.")
        missing = self.required.keys() - value.keys()
        if missing:
            raise BadStatement(f"{path} lacks {min(missing)}.")
        for key, entry in value.items():
            (self.required.get(key) or self.optional[key])(entry, f"{path}.{key}")


def shape(optional: Mapping[str, Field] | None = None, /, **required: Field) -> Shape:
    """Return the shape of an object from its required keys, and its optional ones first."""
    return Shape(required=required, optional=optional or {})


def matching(pattern: str, *, what: str) -> Field:
    """Return a field for strings that match a regular expression as a whole."""
    compiled = re.compile(pattern)

    def field(value: Json, path: str) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise BadStatement(f"{path} is not {what}.")

    return field


def one_of(*words: str) -> Field:
    """Return a field for a closed set of words."""
    allowed = frozenset(words)

    def field(value: Json, path: str) -> None:
        if not isinstance(value, str) or value not in allowed:
            raise BadStatement(f"{path} is none of the words it may be.")

    return field


def version_of(*known: Json) -> Field:
    """Return a field that decides which version this is: another value is `unsupported` and not wrong."""

    def field(value: Json, path: str) -> None:
        if value not in known:
            raise Unsupported(f"{path} names a version or method this program does not know.")

    return field


def many(entry: Field, *, at_least: int = 0, at_most: int) -> Field:
    """Return a field for an array whose every entry fits."""

    def field(value: Json, path: str) -> None:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise BadStatement(f"{path} is no list.")
        if not at_least <= len(value) <= at_most:
            raise BadStatement(f"{path} has {len(value)} entries.")
        for at, each in enumerate(value):
            entry(each, f"{path}[{at}]")

    return field


def count(*, at_least: int = 0, at_most: int = 10**9) -> Field:
    """Return a field for an integer within bounds."""

    def field(value: Json, path: str) -> None:
        if not isinstance(value, int) or not at_least <= value <= at_most:
            raise BadStatement(f"{path} is not a number from {at_least} to {at_most}.")

    return field


def time(value: Json, path: str) -> None:
    """Hold an RFC 3339 time in UTC with seconds and `Z`."""
    try:
        if isinstance(value, str) and _TIME.fullmatch(value):
            datetime.fromisoformat(value)
            return
    except ValueError as error:
        raise BadStatement(f"{path} is no time that exists.") from error
    raise BadStatement(f"{path} is no time in UTC.")


def day(value: Json, path: str) -> None:
    """Hold a calendar day, `YYYY-MM-DD`."""
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            date.fromisoformat(value)
            return
    except ValueError as error:
        raise BadStatement(f"{path} is no day that exists.") from error
    raise BadStatement(f"{path} is no day.")


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
