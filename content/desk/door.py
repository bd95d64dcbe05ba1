"""What every view of the desk has in common: log-in, policy, the one mapper of refusals, and the frame of the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from content.actors import Person, require
from content.conf import conf
from content.desk import problems, words
from content.errors import ReviewDeskError
from content.permissions import Permission
from content.web.csp import desk_csp
from content.web.person import authenticated_at, person, signed_in

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
ASKED_AGAIN = frozenset({400, 409, 412, 422})
"Statuses of refusals that a form can be shown again with; the others have a page of their own."


Again = Callable[..., HttpResponse]
"Shows a form once more: takes what the view takes, and `error`, what was in the way."


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """An entry of the main navigation."""

    key: str
    label: str
    url: str


def page(
    *methods: str, needs: Permission | None = None, again: Again | None = None
) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Make a view a page of the desk: allowed methods (GET if none are named), log-in, nonce, refusals as pages.

    :param needs: what a person must hold somewhere to open it; actions ask again, about their subject.
    :param again: what shows the page once more when its form was refused, or its address asks for what there is not.
    """

    def wrap(view: View[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                if needs is not None:
                    require(person(request), needs)
                return view(request, *args, **kwargs)
            except ReviewDeskError as error:
                asked_wrong = request.method == "POST" or error.status == HTTPStatus.BAD_REQUEST
                if again is not None and asked_wrong and error.status in ASKED_AGAIN:
                    return again(request, *args, error=error, **kwargs)
                return problems.page(request, error, frame(request))

        guarded = signed_in(desk_csp(cast("View[P]", answer)))
        return ensure_csrf_cookie(require_http_methods(list(methods or ("GET", "HEAD")))(guarded))

    return wrap


def call(*methods: str) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Make a view answer requests of the desk's script: JSON in both directions, refusals with their code."""

    def wrap(view: View[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated or not request.user.is_active:
                return problems.signed_out()
            try:
                response = view(request, *args, **kwargs)
            except ReviewDeskError as error:
                return problems.json(error)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return require_http_methods(list(methods))(answer)

    return wrap


def show(request: HttpRequest, template: str, context: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    """Return a page of the desk in its frame."""
    return render(request, f"reviewdesk/{template}", {**frame(request), **context}, status=status)


def again_status(error: ReviewDeskError | None) -> int:
    """Return the status of a form's page: 200, or that of what was refused."""
    return 200 if error is None else error.status


def frame(request: HttpRequest) -> dict[str, object]:
    """Return what every page shows around its content."""
    if not request.user.is_authenticated:
        return {"words": words}
    user = cast("AbstractUser", request.user)
    return {
        "words": words,
        "person_name": user.get_full_name() or user.get_username(),
        "places": places(person(request)),
    }


def places(by: Person) -> list[Place]:
    """Return where a person may go."""
    found = [("queue", _("Queue"), "queue", Permission.VIEW)]
    found += [
        ("insights", _("Insights"), "insights", Permission.VIEW_INSIGHTS),
        ("operations", _("Operations"), "operations", Permission.VIEW_AUDIT),
        ("administration", _("Administration"), "administration", Permission.MANAGE_SOURCES),
    ]
    return [
        Place(key=key, label=str(label), url=reverse(f"reviewdesk:{name}"))
        for key, label, name, permission in found
        if by.may(permission)
    ]


def say(request: HttpRequest, sentence: str) -> None:
    """Show a sentence on the next page."""
    messages.success(request, sentence)


def go(name: str, *args: object) -> HttpResponseRedirect:
    """Send the browser to one of our pages, with GET."""
    return HttpResponseRedirect(reverse(f"reviewdesk:{name}", args=args))


def is_fresh(request: HttpRequest, at: datetime) -> bool:
    """Tell whether this session proved who it is lately enough to sign."""
    proved = authenticated_at(request)
    return proved is not None and at - proved <= timedelta(seconds=conf.reauthentication_seconds)


def prove_again(back: str) -> HttpResponseRedirect:
    """Send the browser to prove who it is, and back."""
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")


def json_answer(body: Mapping[str, object]) -> JsonResponse:
    """Return JSON to the desk's script."""
    return JsonResponse(dict(body))
