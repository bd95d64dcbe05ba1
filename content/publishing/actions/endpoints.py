"""Addresses that a Source wants to be told at. Their secrets are sealed at rest and shown once."""

import base64
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from content.actors import Machine, Person, SourceId, Subject, require, require_scope
from content.conf import conf
from content.events import actions as events
from content.events.writing import action
from content.outbound import AddressRefused, check_address
from content.permissions import Permission, Scope
from content.proof.seal import seal, unseal
from content.publishing.facts import WebhookEndpointChanged
from content.publishing.models import WebhookEndpoint
from content.publishing.queries.endpoints import endpoints_of, get_endpoint
from content.publishing.refusals import EndpointLimit, EndpointNotFound, EventTypeUnknown, RotationOpen, UrlRefused
from content.publishing.signing import new_secret
from content.publishing.states import EndpointChange
from content.publishing.wire import wire_types

AT_MOST = 20
LONGEST_OVERLAP_HOURS = 168


@dataclass(frozen=True, kw_only=True, slots=True)
class Created:
    """An endpoint and its secret, which nothing shows again."""

    endpoint: WebhookEndpoint
    secret: str


def permit(*, by: Person | Machine, source_id: int) -> None:
    """Let pass a person who manages Sources, and a program of this Source with the scope for it.

    :raises EndpointNotFound: for a program of another Source.
    """
    match by:
        case Person():
            require(by, Permission.MANAGE_SOURCES, Subject(source_id=SourceId(source_id)))
        case Machine():
            require_scope(by, Scope.WEBHOOKS_MANAGE)
            if by.source_id != source_id:
                raise EndpointNotFound


def add_endpoint(
    *, source_id: int, url: str, types: Collection[str], description: str, by: Person | Machine, at: datetime
) -> Created:
    """Have a Source told at an address, whose name is resolved before the transaction that stores it.

    :raises UrlRefused: if we would not send there.
    """
    permit(by=by, source_id=source_id)
    checked = _checked(url)
    return store_endpoint(source_id=source_id, url=checked, types=types, description=description, by=by, at=at)


@action
def store_endpoint(
    *, source_id: int, url: str, types: Collection[str], description: str, by: Person | Machine, at: datetime
) -> Created:
    """Keep an address that was checked.

    :param types: types of events; none: all of them.
    :raises EndpointLimit: if the Source has 20 already.
    :raises EventTypeUnknown: if a type is none of ours.
    :raises SealKeyUnusable: if no key for secrets at rest is set.
    :raises NotPermitted: without MANAGE_SOURCES; `scope_missing` for a token without its scope.
    """
    permit(by=by, source_id=source_id)
    if endpoints_of(source_id=source_id).count() >= AT_MOST:
        raise EndpointLimit
    endpoint = WebhookEndpoint.objects.create(
        source_id=source_id,
        url=url,
        types=_known(types),
        description=description[:200],
        sealed_secret="",
        created_at=at,
    )
    secret = new_secret()
    endpoint.sealed_secret = _sealed(secret, endpoint.pk)
    endpoint.save(update_fields=["sealed_secret"])
    _record(endpoint, EndpointChange.ADDED, by, at)
    return Created(endpoint=endpoint, secret=secret)


def change_endpoint(
    *,
    endpoint_id: int,
    by: Person | Machine,
    at: datetime,
    url: str | None = None,
    types: Collection[str] | None = None,
    description: str | None = None,
    enabled: bool | None = None,
) -> WebhookEndpoint:
    """Change what is given; a new address is resolved before the transaction that stores it.

    :raises UrlRefused: if we would not send there.
    :raises EndpointNotFound: if there is none.
    """
    permit(by=by, source_id=get_endpoint(endpoint_id=endpoint_id).source_id)
    return store_change(
        endpoint_id=endpoint_id,
        url=None if url is None else _checked(url),
        types=types,
        description=description,
        enabled=enabled,
        by=by,
        at=at,
    )


@action
def store_change(
    *,
    endpoint_id: int,
    url: str | None,
    types: Collection[str] | None,
    description: str | None,
    enabled: bool | None,
    by: Person | Machine,
    at: datetime,
) -> WebhookEndpoint:
    """Keep what changes. Switching an endpoint on again sends nothing by itself; a replay does.

    :raises EndpointNotFound: if there is none.
    :raises EventTypeUnknown: if a type is none of ours.
    :raises NotPermitted: without MANAGE_SOURCES; `scope_missing` for a token without its scope.
    """
    endpoint = _locked(endpoint_id, by)
    endpoint.url = url if url is not None else endpoint.url
    endpoint.types = _known(types) if types is not None else endpoint.types
    endpoint.description = description[:200] if description is not None else endpoint.description
    if enabled is not None:
        endpoint.enabled, endpoint.failures_in_a_row = enabled, 0
        endpoint.disabled_why = "" if enabled else "switched_off"
        endpoint.succeeded_at = at if enabled else endpoint.succeeded_at
    endpoint.save()
    _record(endpoint, EndpointChange.CHANGED, by, at)
    return endpoint


@action
def remove_endpoint(*, endpoint_id: int, by: Person | Machine, at: datetime) -> None:
    """Tell an address nothing any more; its deliveries stay on record.

    :raises EndpointNotFound: if there is none.
    :raises NotPermitted: without MANAGE_SOURCES; `scope_missing` for a token without its scope.
    """
    endpoint = _locked(endpoint_id, by)
    endpoint.deleted_at, endpoint.enabled, endpoint.disabled_why = at, False, "removed"
    endpoint.sealed_secret = endpoint.sealed_old_secret = ""
    endpoint.save()
    _record(endpoint, EndpointChange.REMOVED, by, at)


@action
def rotate_secret(*, endpoint_id: int, overlap_hours: int, by: Person | Machine, at: datetime) -> Created:
    """Give an endpoint a new secret; for `overlap_hours` (0..168) messages carry a signature of the old one too.

    :raises EndpointNotFound: if there is none.
    :raises RotationOpen: while an older secret is still in force.
    :raises NotPermitted: without MANAGE_SOURCES; `scope_missing` for a token without its scope.
    """
    endpoint = _locked(endpoint_id, by)
    if endpoint.old_secret_until is not None and endpoint.old_secret_until > at:
        raise RotationOpen(until=endpoint.old_secret_until.isoformat())
    secret = new_secret()
    hours = max(0, min(overlap_hours, LONGEST_OVERLAP_HOURS))
    endpoint.sealed_old_secret = endpoint.sealed_secret if hours else ""
    endpoint.old_secret_until = at + timedelta(hours=hours) if hours else None
    endpoint.sealed_secret = _sealed(secret, endpoint.pk)
    endpoint.save()
    _record(endpoint, EndpointChange.SECRET_ROTATED, by, at)
    return Created(endpoint=endpoint, secret=secret)


def secrets_in_force(*, endpoint: WebhookEndpoint, at: datetime) -> tuple[str, ...]:
    """Return the secrets to sign with, newest first.

    :raises SealKeyUnusable: if no key for secrets at rest is set.
    :raises SealBroken: if they were sealed with another key.
    """
    sealed = [endpoint.sealed_secret]
    if endpoint.sealed_old_secret and endpoint.old_secret_until is not None and endpoint.old_secret_until > at:
        sealed.append(endpoint.sealed_old_secret)
    return tuple(unseal(each, key=_key(), context=_context(endpoint.pk)).decode() for each in sealed)


def _checked(url: str) -> str:
    try:
        return check_address(url, private=tuple(conf.webhook_allow_private_cidrs))
    except AddressRefused as error:
        raise UrlRefused(error.detail) from error


def _locked(endpoint_id: int, by: Person | Machine) -> WebhookEndpoint:
    permit(by=by, source_id=get_endpoint(endpoint_id=endpoint_id).source_id)
    return WebhookEndpoint.objects.select_for_update(no_key=True).get(pk=endpoint_id)


def _known(types: Collection[str]) -> list[str]:
    unknown = sorted(set(types) - set(wire_types()))
    if unknown:
        raise EventTypeUnknown(f"There is no type '{unknown[0][:40]}'.", known=list(wire_types()))
    return sorted(set(types))


def _record(endpoint: WebhookEndpoint, change: EndpointChange, by: Person | Machine, at: datetime) -> None:
    fact = WebhookEndpointChanged(endpoint_id=endpoint.pk, source_id=endpoint.source_id, change=change.value)
    events.record(fact, by=by, at=at)


def _sealed(secret: str, endpoint_id: int) -> str:
    return seal(secret.encode(), key=_key(), context=_context(endpoint_id))


def _key() -> bytes:
    return base64.urlsafe_b64decode(conf.secrets_key)


def _context(endpoint_id: int) -> bytes:
    return f"webhook_endpoint:{endpoint_id}".encode()
