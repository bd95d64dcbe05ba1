"""Answer 304 when the reader already has these bytes (RFC 9110, sections 8.8.3 and 13.1.2)."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified


def strong_etag(*parts: object) -> str:
    """Return a quoted strong entity tag over `parts`."""
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'


def has_current(request: HttpRequest, etag: str) -> bool:
    """Tell whether `If-None-Match` holds `etag`."""
    given = request.headers.get("If-None-Match", "")
    return given.strip() == "*" or etag in [each.strip().removeprefix("W/") for each in given.split(",")]


def with_etag(request: HttpRequest, response: HttpResponse, etag: str) -> HttpResponse:
    """Return `response` with its `ETag`, or a 304 that keeps the headers a cache may refresh."""
    response.headers["ETag"] = etag
    if response.status_code != 200 or not has_current(request, etag):  # noqa: PLR2004 (the one status that 304 stands for)
        return response
    unchanged = HttpResponseNotModified()
    for name in ("ETag", "Cache-Control", "Link", "Content-Usage", "Content-Security-Policy", "Vary"):
        if name in response.headers:
            unchanged.headers[name] = response.headers[name]
    return unchanged
