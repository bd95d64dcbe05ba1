"""What every public view has in common: no session, no cookie, a closed policy, answers that may be cached."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from content.conf import conf
from content.errors import ReviewDeskError
from content.web.csp import public_csp
from content.web.etag import with_etag

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
A_MINUTE = "public, max-age=60"
FOR_EVER = "public, max-age=31536000, immutable"
NOT_KEPT = "no-store"


def public_view(*methods: str) -> Callable[[View[P]], View[P]]:
    """Make a view public: allowed methods (GET and HEAD if none are named), policy, one mapper of our refusals.

    Without a session there is nothing that a forged request could misuse, so it is exempt from the check for that.
    """

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except ReviewDeskError as error:
                return problem(error)

        return csrf_exempt(require_http_methods(list(methods or ("GET", "HEAD")))(public_csp(answer)))  # type: ignore[arg-type]  # Django's decorators know no ParamSpec

    return wrap


def problem(error: ReviewDeskError) -> HttpResponse:
    """Return the page that says what was refused."""
    response = page("problem.html", {"detail": error.detail, "code": error.code})
    response.status_code = error.status
    response.headers["Cache-Control"] = NOT_KEPT
    return response


def page(template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Return a public page. It is rendered without the request, so that nothing of a visitor can get into it."""
    shared = {"issuer_name": conf.issuer_name, "issuer_url": conf.issuer, "home_url": conf.base_url}
    return HttpResponse(render_to_string(f"reviewdesk/public/{template}", {**shared, **context}))


def cached(request: HttpRequest, response: HttpResponse, etag: str, keep: str = A_MINUTE) -> HttpResponse:
    """Return a response that caches may keep, or 304 if the visitor has it."""
    response.headers.setdefault("Cache-Control", keep)
    return with_etag(request, response, etag)


def file_answer(request: HttpRequest, body: bytes, media_type: str, etag: str, keep: str = FOR_EVER) -> HttpResponse:
    """Return bytes as they are; other sites may fetch them, browsers guess nothing about them."""
    response = HttpResponse(body, content_type=media_type)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return cached(request, response, etag, keep)
