"""Every code that a problem of the API may have, with the error that carries it: the list is part of the API."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from content import actors, errors
from content.api.http import refusals as door
from content.attestation.queries.bundles import AttestationNotFound
from content.attestation.queries.keys import NoKeySet
from content.authorship.queries import NotMeasured
from content.drafts import refusals as drafts
from content.drafts.intake import filter as intake_filter
from content.drafts.intake import html, payload, shapes
from content.events.flow import NotYet
from content.policy.queries import PolicyNotFound
from content.publishing import refusals as publishing
from content.review import refusals as review
from content.text.canonical import ControlCharacter, NotUtf8

_ERRORS: Final[tuple[type[errors.ReviewDeskError], ...]] = (
    *(door.JsonInvalid, door.Utf8Invalid, door.ParameterUnknown, door.ParameterInvalid, door.CursorInvalid),
    *(door.DigestInvalid, door.IdempotencyKeyInvalid, door.TokenInUrl, door.TokenMissing),
    *(drafts.TokenMalformed, drafts.TokenUnknown, drafts.TokenExpired, drafts.TokenRevoked, drafts.SourceDisabled),
    *(actors.ScopeMissing, actors.PeopleOnly, actors.NotPermitted, publishing.RequestNotAllowed),
    *(door.ResourceNotFound, drafts.DraftNotFound, drafts.RevisionNotFound, review.CaseNotFound, PolicyNotFound),
    *(publishing.PublicationNotFound, publishing.EndpointNotFound, publishing.DeliveryNotFound),
    *(AttestationNotFound, NoKeySet, door.MethodNotAllowed, door.NotAcceptable, door.PublicationRetracted),
    *(drafts.ExternalIdTaken, drafts.IdempotencyInProgress, review.CaseClosed, review.NotInState),
    *(review.AlreadyPublished, review.DigestMismatch, review.GatePending, publishing.RequestStands),
    *(publishing.EndpointLimit, publishing.RotationOpen, publishing.TestDraftHeld, NotMeasured),
    *(drafts.StaleRevision, door.RequestTooLarge, drafts.TextTooLarge, door.MediaTypeUnsupported),
    *(door.EncodingUnsupported, door.PreconditionMissing, shapes.ValidationFailed, door.JsonDuplicateKey),
    *(door.JsonTooDeep, door.JsonTooManyKeys, door.NumberRefused, drafts.ExternalIdMismatch),
    *(payload.ConversionLossy, html.HtmlTooDeep, door.ControlCharacters, door.NulRefused, door.SurrogateRefused),
    *(ControlCharacter, NotUtf8, door.BatchTooLarge, drafts.IdempotencyKeyReused, intake_filter.IntakeFilterFailed),
    *(publishing.UrlRefused, publishing.EventTypeUnknown, publishing.ReplayTooLarge),
    *(door.RateLimited, door.Internal, door.DatabaseAway, NotYet),
)
CATALOG: Final[Mapping[str, type[errors.ReviewDeskError]]] = MappingProxyType({each.code: each for each in _ERRORS})


def explained(code: str) -> type[errors.ReviewDeskError]:
    """Return the error that carries a code, of the API or of any other door.

    :raises ResourceNotFound: if there is no such code.
    """
    found = CATALOG.get(code) or next((each for each in _all(errors.ReviewDeskError) if each.code == code), None)
    if found is None:
        raise door.ResourceNotFound
    return found


def _all(family: type[errors.ReviewDeskError]) -> Iterator[type[errors.ReviewDeskError]]:
    for each in family.__subclasses__():
        yield from (each, *_all(each))
