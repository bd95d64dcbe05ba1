"""Errors as RFC 9457 problems: one mapper for the whole door, whatever `Accept` says."""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.signals import got_request_exception
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from rest_framework import exceptions

from content.api.http import refusals
from content.api.http.answers import as_json
from content.conf import conf
from content.drafts.refusals import IdempotencyInProgress
from content.errors import ReviewDeskError

log = logging.getLogger("reviewdesk.api")
MEDIA_TYPE = "application/problem+json"
OWN_MEMBERS = frozenset({"retry_after", "headers"})
"Params that are no members of the problem: headers carry them."


def problem_of(error: Exception, request: HttpRequest, *, request_id: str, now_url: str) -> HttpResponse:
    """Return the problem that an exception is answered with."""
    refusal = refusal_of(error)
    if refusal is None:
        log.error("api_failed", extra={"request_id": request_id}, exc_info=error)
        got_request_exception.send(sender=None, request=request)
        refusal = refusals.Internal()
    body = body_of(refusal) | {"instance": now_url, "request_id": request_id}
    response = HttpResponse(as_json(body), status=refusal.status, content_type=MEDIA_TYPE)
    for name, value in headers_of(refusal).items():
        response.headers[name] = value
    return response


def refusal_of(error: Exception) -> ReviewDeskError | None:
    """Return an exception as one of our refusals; None for what nobody expected."""
    match error:
        case ReviewDeskError():
            return error
        case exceptions.MethodNotAllowed():
            return refusals.MethodNotAllowed()
        case exceptions.NotAcceptable():
            return refusals.NotAcceptable()
        case Http404():
            return refusals.ResourceNotFound()
        case OperationalError() | InterfaceError():
            return refusals.DatabaseAway(retry_after=5)
        case DatabaseError() | _:
            return None


def body_of(refusal: ReviewDeskError) -> dict[str, Any]:
    """Return the members of a problem that do not depend on the request."""
    members = {name: _plain(value) for name, value in refusal.params.items() if name not in OWN_MEMBERS}
    return members | {
        "type": type_of(refusal.code),
        "title": (type(refusal).__doc__ or refusal.code).strip().splitlines()[0],
        "status": refusal.status,
        "code": refusal.code,
        "detail": refusal.detail,
    }


def type_of(code: str) -> str:
    """Return the address of the page that explains a code."""
    return conf.base_url.rstrip("/") + "/" + reverse("reviewdesk:api_problem", args=[code]).lstrip("/")


def headers_of(refusal: ReviewDeskError) -> Mapping[str, str]:
    """Return the headers that belong to a refusal."""
    found: dict[str, str] = {}
    if refusal.status == 401:  # noqa: PLR2004
        found["WWW-Authenticate"] = 'Bearer realm="ReviewDesk"'
    if "retry_after" in refusal.params:
        found["Retry-After"] = str(refusal.params["retry_after"])
    elif isinstance(refusal, IdempotencyInProgress):
        found["Retry-After"] = "1"
    elif refusal.status == 503:  # noqa: PLR2004
        found["Retry-After"] = "5"
    etag = refusal.params.get("current") or refusal.params.get("etag")
    if etag:
        found["ETag"] = f'"{etag}"'
    return found


def _plain(value: object) -> Any:
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
