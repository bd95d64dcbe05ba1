"""Content-Security-Policy of our own pages, set by decorator: a host project needs no middleware of ours.

`script-src` and `style-src` allow our files and, on desk pages, what carries the nonce of this answer. A page with a
nonce is never stored: a 304 may bring a new header to an old body.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Guarded = Callable[..., HttpResponseBase]
HEADER = "Content-Security-Policy"
CLOSED = "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
OWN = "default-src 'none'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " + CLOSED
PUBLIC = f"{OWN}; script-src 'self'; style-src 'self'"


def desk_policy(nonce: str) -> str:
    """Return the policy of signed-in pages."""
    return f"{OWN}; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'"


def desk_csp(view: View[P]) -> Guarded:
    """Give `view` a nonce as `request.csp_nonce`, the policy that names it, and `no-store`."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]  # templates read it from the request
        response = view(request, *args, **kwargs)
        response.headers.setdefault(HEADER, desk_policy(nonce))
        response.headers.setdefault("Cache-Control", "no-store")
        _close(response)
        return response

    return answer


def public_csp(view: View[P]) -> Guarded:
    """Give `view` the policy of public pages: no nonce, so that its answer may be cached."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers.setdefault(HEADER, PUBLIC)
        _close(response)
        return response

    return answer


def _close(response: HttpResponseBase) -> None:
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Frame-Options", "DENY")
    response.headers.setdefault(
        "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(self)"
    )
