"""Who may do what."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser

from content.actors import Actor, System, id_of, kind_of, require
from content.drafts.facts import PersonAdded, RoleGranted, RoleRevoked
from content.drafts.models import Grant
from content.drafts.refusals import AddressTaken, GrantNotFound, RoleAlreadyGranted
from content.events import actions as events
from content.events.writing import action
from content.permissions import Permission, Role


def _require_right(by: Actor) -> None:
    if not isinstance(by, System):  # a command is run by whoever operates the server
        require(by, Permission.MANAGE_PEOPLE)


@action
def add_person(*, email: str, name: str, password: str, by: Actor, at: datetime) -> AbstractBaseUser:
    """Give somebody an account; what they may do is granted afterwards.

    :param name: as others see it, first name and the rest.
    :raises NotPermitted: without MANAGE_PEOPLE.
    :raises AddressTaken: if somebody has this address already.
    """
    _require_right(by)
    people = get_user_model().objects
    if people.filter(email__iexact=email).exists():
        raise AddressTaken
    first, _, last = name.partition(" ")
    user = people.create_user(email.lower(), email.lower(), password, first_name=first, last_name=last)
    events.record(PersonAdded(user_id=user.pk), by=by, at=at)
    return user


@action
def grant_role(
    *,
    user_id: int,
    role: Role,
    by: Actor,
    at: datetime,
    source_id: int | None = None,
    kind: str = "",
    language: str = "",
) -> Grant:
    """Give a person a role, for one source, kind or language, or for all.

    :raises NotPermitted: without MANAGE_PEOPLE.
    :raises RoleAlreadyGranted: if the person has just this grant.
    """
    _require_right(by)
    same = {"user_id": user_id, "role": role.value, "source_id": source_id, "kind": kind, "language": language}
    if Grant.objects.filter(**same).exists():
        raise RoleAlreadyGranted(user_id=user_id, role=role.value)
    grant = Grant.objects.create(**same, granted_at=at, granted_by=f"{kind_of(by)}:{id_of(by)}")
    events.record(RoleGranted(user_id=user_id, role=role.value), by=by, at=at)
    return grant


@action
def revoke_role(*, grant_id: int, by: Actor, at: datetime) -> None:
    """Take a role back.

    :raises NotPermitted: without MANAGE_PEOPLE.
    :raises GrantNotFound: if there is no such grant.
    """
    _require_right(by)
    grant = Grant.objects.select_for_update().filter(pk=grant_id).first()
    if grant is None:
        raise GrantNotFound(grant_id=grant_id)
    user_id, role = grant.user_id, grant.role
    grant.delete()
    events.record(RoleRevoked(user_id=user_id, role=role), by=by, at=at)
