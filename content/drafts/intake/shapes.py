"""Shapes of JSON values from outside: one declaration reads a value and describes itself as JSON Schema.

What the API checks and what its OpenAPI document promises therefore cannot drift apart. `read` returns the clean value,
or notes faults (code, JSON pointer, what to do) and returns None; it never raises, so that all faults come together.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple, Protocol

from content.errors import Invalid

MOST_FAULTS: Final = 50
_BREAK: Final = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_RFC3339: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")


class Fault(NamedTuple):
    """One thing that is wrong: where (JSON pointer, RFC 6901), a stable code, what to do."""

    pointer: str
    code: str
    detail: str


class ValidationFailed(Invalid):
    """Some fields cannot be taken as they are; each is listed with what to do."""

    code = "validation_failed"


@dataclass(slots=True)
class Faults:
    """The faults of one payload, at most 50."""

    found: list[Fault] = field(default_factory=list)

    def add(self, pointer: str, code: str, detail: str) -> None:
        """Note one more."""
        if len(self.found) < MOST_FAULTS:
            self.found.append(Fault(pointer, code, detail))

    def refuse_any(self) -> None:
        """Raise what was found.

        :raises ValidationFailed: if there is any fault; params `errors`.
        """
        if self.found:
            raise ValidationFailed(errors=[fault._asdict() for fault in self.found])


class Shape(Protocol):
    """A kind of JSON value."""

    def read(self, value: object, at: str, faults: Faults) -> Any:
        """Return the clean value, or note what is wrong at pointer `at` and return None."""

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema (draft 2020-12) of what is accepted."""


def step(at: str, key: str) -> str:
    """Return the pointer to member `key` of what stands at `at`."""
    return f"{at}/{key.replace('~', '~0').replace('/', '~1')}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A string of `least` to `most` code points; `pattern` holds for all of it."""

    code: str
    most: int
    least: int = 0
    one_line: bool = False
    pattern: str = ""

    def read(self, value: object, at: str, faults: Faults) -> str | None:
        """Return the string."""
        if not isinstance(value, str):
            faults.add(at, self.code, "This is a string.")
        elif len(value) > self.most:
            faults.add(at, self.code, f"At most {self.most} characters; this has {len(value)}.")
        elif len(value) < self.least or (self.least and not value.strip()):
            faults.add(at, self.code, "This may not be blank.")
        elif self.one_line and _BREAK.search(value):
            faults.add(at, self.code, "This is one line; remove the line break.")
        elif self.pattern and not re.fullmatch(self.pattern, value):
            faults.add(at, self.code, f"This must match {self.pattern}.")
        else:
            return value
        return None

    def schema(self) -> dict[str, Any]:
        """Describe the string."""
        found: dict[str, Any] = {"type": "string", "maxLength": self.most}
        if self.least:
            found["minLength"] = self.least
        if self.pattern:
            found["pattern"] = f"^(?:{self.pattern})$"
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One of a closed set of words."""

    code: str
    words: tuple[str, ...]

    def read(self, value: object, at: str, faults: Faults) -> str | None:
        """Return the word."""
        if isinstance(value, str) and value in self.words:
            return value
        faults.add(at, self.code, f"One of: {', '.join(self.words)}.")
        return None

    def schema(self) -> dict[str, Any]:
        """Describe the set."""
        return {"type": "string", "enum": list(self.words)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A whole number from `least` to `most`."""

    code: str
    most: int
    least: int = 0

    def read(self, value: object, at: str, faults: Faults) -> int | None:
        """Return the number."""
        if type(value) is int and self.least <= value <= self.most:
            return value
        faults.add(at, self.code, f"A whole number from {self.least} to {self.most}.")
        return None

    def schema(self) -> dict[str, Any]:
        """Describe the range."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag:
    """True or false."""

    code: str

    def read(self, value: object, at: str, faults: Faults) -> bool | None:
        """Return the truth value."""
        if isinstance(value, bool):
            return value
        faults.add(at, self.code, "This is true or false.")
        return None

    def schema(self) -> dict[str, Any]:
        """Describe it."""
        return {"type": "boolean"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Time:
    """A moment, RFC 3339 with its offset."""

    code: str

    def read(self, value: object, at: str, faults: Faults) -> datetime | None:
        """Return the moment."""
        if isinstance(value, str) and _RFC3339.fullmatch(value):
            try:
                return datetime.fromisoformat(value.upper())
            except ValueError:
                pass  # the 30th of February has the right form
        faults.add(at, self.code, "A time such as 2026-11-22T09:00:00Z, with its offset.")
        return None

    def schema(self) -> dict[str, Any]:
        """Describe it."""
        return {"type": "string", "format": "date-time"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A list of at most `most` values of one shape."""

    code: str
    of: Shape
    most: int
    least: int = 0

    def read(self, value: object, at: str, faults: Faults) -> list[Any] | None:
        """Return the clean values; None where one was wrong."""
        if not isinstance(value, list) or not self.least <= len(value) <= self.most:
            faults.add(at, self.code, f"A list of {self.least} to {self.most} values.")
            return None
        return [self.of.read(each, f"{at}/{index}", faults) for index, each in enumerate(value)]

    def schema(self) -> dict[str, Any]:
        """Describe the list."""
        found: dict[str, Any] = {"type": "array", "items": self.of.schema(), "maxItems": self.most}
        return found | ({"minItems": self.least} if self.least else {})


@dataclass(frozen=True, kw_only=True, slots=True)
class Anything:
    """A JSON object of at most `most_bytes`, at most `depth` objects or lists deep."""

    code: str
    most_bytes: int = 4096
    depth: int = 16

    def read(self, value: object, at: str, faults: Faults) -> dict[str, Any] | None:
        """Return the object as it is."""
        if not isinstance(value, dict):
            faults.add(at, self.code, "This is an object.")
        elif len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()) > self.most_bytes:
            faults.add(at, self.code, f"At most {self.most_bytes} bytes.")
        elif _depth(value) > self.depth:
            faults.add(at, self.code, f"At most {self.depth} levels deep.")
        else:
            return value
        return None

    def schema(self) -> dict[str, Any]:
        """Describe it."""
        return {"type": "object", "additionalProperties": True}


def _depth(value: object) -> int:
    match value:
        case dict():
            return 1 + max(map(_depth, value.values()), default=0)
        case list():
            return 1 + max(map(_depth, value), default=0)
        case _:
            return 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A member of a Record; `missing` is the code when it must be there and is not."""

    shape: Shape
    missing: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """An object with known members; `null` equals absent."""

    code: str
    members: Mapping[str, Member]
    example: Mapping[str, Any] = field(default_factory=dict)

    def read(self, value: object, at: str, faults: Faults) -> dict[str, Any] | None:
        """Return the members that are there and clean."""
        if not isinstance(value, dict):
            faults.add(at, self.code, "This is an object.")
            return None
        clean = {}
        for key, given in value.items():
            member = self.members.get(key)
            if member is None:
                faults.add(step(at, key), "field_unknown", f"Known fields: {', '.join(self.members)}.")
            elif given is not None and (read := member.shape.read(given, step(at, key), faults)) is not None:
                clean[key] = read
        for key, member in self.members.items():
            if member.missing and value.get(key) is None:
                faults.add(step(at, key), member.missing, "This field is needed.")
        return clean

    def schema(self) -> dict[str, Any]:
        """Describe the object."""
        found: dict[str, Any] = {"type": "object", "properties": {}, "additionalProperties": False}
        for key, member in self.members.items():
            described = member.shape.schema()
            nullable = described if member.missing else {"anyOf": [described, {"type": "null"}]}
            found["properties"][key] = nullable | ({"description": member.note} if member.note else {})
        needed = [key for key, member in self.members.items() if member.missing]
        found |= {"required": needed} if needed else {}
        return found | ({"examples": [dict(self.example)]} if self.example else {})
