"""Who acts: a person with grants, a Source's program with scopes, or the system itself.

Actions ask here whether their `by` may act. A token authenticates as `Machine`, so an act that needs a `Person`
neither type-checks nor runs for it.
"""

from dataclasses import dataclass
from typing import NewType, assert_never

from content.errors import Refused
from content.permissions import PERMISSIONS_OF, Permission, Role, Scope

PersonId = NewType("PersonId", int)
SourceId = NewType("SourceId", int)


class NotPermitted(Refused):
    """You have no grant for this; a manager can give you one."""

    code = "not_permitted"


class PeopleOnly(Refused):
    """Only a person who is logged in can do this; no token and no scope stands in for one."""

    code = "people_only"


class ScopeMissing(Refused):
    """This token lacks the scope that the request needs."""

    code = "scope_missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What a permission is asked for: a draft's Source, kind and language. None means "of any"."""

    source_id: SourceId | None = None
    kind: str | None = None
    language: str | None = None


ANYWHERE = Subject()


@dataclass(frozen=True, kw_only=True, slots=True)
class Granted:
    """A role, for one Source or all (None), one kind or all, one language or all."""

    role: Role
    source_id: SourceId | None = None
    kind: str | None = None
    language: str | None = None

    def covers(self, subject: Subject) -> bool:
        """Tell whether this grant reaches `subject`; a field the subject leaves open is reached by any grant."""
        return (
            self._reaches(self.source_id, subject.source_id)
            and self._reaches(self.kind, subject.kind)
            and self._reaches(self.language, subject.language)
        )

    @staticmethod
    def _reaches(mine: object, asked: object) -> bool:
        return mine is None or asked is None or mine == asked


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody logged in. `identity_key` is equal for two accounts of one human being."""

    id: PersonId
    identity_key: str
    grants: tuple[Granted, ...] = ()

    def may(self, permission: Permission, subject: Subject = ANYWHERE) -> bool:
        """Tell whether any grant that covers `subject` holds `permission`."""
        return any(permission in PERMISSIONS_OF[grant.role] and grant.covers(subject) for grant in self.grants)


@dataclass(frozen=True, kw_only=True, slots=True)
class Machine:
    """A program of a Source, known by its token. `mode` is `live` or `test`."""

    source_id: SourceId
    token_id: int
    scopes: frozenset[Scope]
    mode: str = "live"


@dataclass(frozen=True, kw_only=True, slots=True)
class System:
    """ReviewDesk itself: Jobs, timers, commands run by whoever operates the server."""

    name: str = "reviewdesk"


Actor = Person | Machine | System
SYSTEM = System()


def kind_of(actor: Actor) -> str:
    """Return the word that Events keep for the kind of actor: `person`, `source` or `system`."""
    match actor:
        case Person():
            return "person"
        case Machine():
            return "source"
        case System():
            return "system"
        case _:
            assert_never(actor)


def id_of(actor: Actor) -> str:
    """Return the id that Events keep beside the kind: never a name or an address."""
    match actor:
        case Person():
            return str(actor.id)
        case Machine():
            return str(actor.source_id)
        case System():
            return actor.name
        case _:
            assert_never(actor)


def require(by: Actor, permission: Permission, subject: Subject = ANYWHERE) -> Person:
    """Return `by` as the person who holds `permission` on `subject`.

    :raises PeopleOnly: if a program or the system tries a person's act.
    :raises NotPermitted: if the person has no grant that covers it.
    """
    if not isinstance(by, Person):
        raise PeopleOnly(permission=permission.value)
    if not by.may(permission, subject):
        raise NotPermitted(
            f"You need the permission '{permission}' for this; a manager can grant it.",
            permission=permission.value,
        )
    return by


def require_scope(by: Actor, scope: Scope) -> Machine:
    """Return `by` as the program whose token holds `scope`.

    :raises ScopeMissing: if it is not a program, or its token lacks the scope.
    """
    if not isinstance(by, Machine) or scope not in by.scopes:
        raise ScopeMissing(f"This token lacks the scope '{scope}'.", scope=scope.value)
    return by


def require_system(by: Actor) -> System:
    """Return `by` as the system.

    :raises NotPermitted: if anybody else tries a step that only the flow takes.
    """
    if not isinstance(by, System):
        raise NotPermitted("Only the flow itself takes this step.")
    return by
