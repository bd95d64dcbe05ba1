"""What an Event says. Each part subclasses `Fact` in its own `facts.py`; the payload is the subclass's fields."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import ClassVar
from uuid import UUID

from content.registry import Registry

FACTS: Registry[type["Fact"]] = Registry("fact")
SYSTEM_CHAIN = "system"
Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """Something that happened, in the past tense. Holds ids, digests and numbers: never text, never names."""

    fact: ClassVar[str]
    wire: ClassVar[str] = "internal"

    def payload(self) -> dict[str, Plain]:
        """Return the fields as JSON values; ids become strings."""
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}

    @property
    def chain(self) -> str:
        """Name of the hash chain: the draft's id, or `system` for what concerns no draft."""
        draft_id = getattr(self, "draft_id", None)
        return SYSTEM_CHAIN if draft_id is None else str(draft_id)


def _plain(value: object) -> Plain:
    match value:
        case UUID():
            return str(value)
        case tuple() | list():
            return [_plain(each) for each in value]
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case None | bool() | int() | float() | str():
            return value
        case _:
            raise TypeError(f"A fact holds ids, digests and numbers, not {type(value).__name__}.")


@FACTS.register("job_replayed.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class JobReplayed(Fact):
    """A person put a dead Job back to work."""

    fact: ClassVar[str] = "job_replayed.v1"
    job_id: int
    kind: str


@FACTS.register("job_dropped.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class JobDropped(Fact):
    """A person decided that a dead Job is not needed any more."""

    fact: ClassVar[str] = "job_dropped.v1"
    job_id: int
    kind: str
