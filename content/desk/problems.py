"""The one mapper from refusals to answers: a page that says what is in the way, or JSON for the editor's script."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from content.desk import words
from content.errors import ReviewDeskError

HEADINGS = {
    400: _("That cannot be read"),
    401: _("Log in first"),
    403: _("Not permitted"),
    404: _("Nothing here"),
    409: _("Not possible now"),
    412: _("Somebody was faster"),
    413: _("Too large"),
    422: _("Something is missing"),
    503: _("Not there right now"),
}
NO_STORE = {"Cache-Control": "no-store"}


def page(request: HttpRequest, error: ReviewDeskError, context: Mapping[str, object]) -> HttpResponse:
    """Return the page that says what was refused, why, and what can be done about it."""
    shown = {
        "heading": HEADINGS.get(error.status, HEADINGS[409]),
        "detail": error.detail,
        "code": error.code,
        "missing": words.PERMISSIONS.get(str(error.params.get("permission", "")), ""),
    }
    return render(request, "reviewdesk/problem.html", {**context, **shown}, status=error.status)


def json(error: ReviewDeskError) -> JsonResponse:
    """Return a refusal as the editor's script reads it: `code`, `detail`, and the values that came with it."""
    params = {name: _plain(value) for name, value in error.params.items()}
    return JsonResponse({**params, "code": error.code, "detail": error.detail}, status=error.status, headers=NO_STORE)


def signed_out() -> JsonResponse:
    """Return that the log-in is over, for requests of a script."""
    body = {"code": "not_authenticated", "detail": str(_("You are signed out; sign in and try again."))}
    return JsonResponse(body, status=401, headers=NO_STORE)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, UUID) else value
