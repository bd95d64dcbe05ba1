"""Who asks: from a request to an actor, and how long ago they proved it."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from content.actors import Person, PersonId
from content.drafts import queries as draft_queries

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Guarded = Callable[..., HttpResponseBase]
METHODS = "account_authentication_methods"  # where django-allauth keeps what was proved in this session


def person(request: HttpRequest) -> Person:
    """Return the person who is logged in, with their grants; asked once a request."""
    known = getattr(request, "reviewdesk_person", None)
    if known is None:
        known = draft_queries.person_of(user_id=PersonId(int(request.user.pk or 0)))
        request.reviewdesk_person = known  # type: ignore[attr-defined]  # remembered on the request itself
    return known


def authenticated_at(request: HttpRequest) -> datetime | None:
    """Return when this session last proved who it is; None if it never did."""
    records = request.session.get(METHODS, [])
    times = [float(record["at"]) for record in records if "at" in record]
    return datetime.fromtimestamp(max(times), UTC) if times else None


def authentication_method(request: HttpRequest) -> str:
    """Return the word a SignOff keeps for how that was proved: `password`, `totp` or `webauthn`."""
    records = request.session.get(METHODS, [])
    last: dict[str, Any] = max(records, key=lambda record: float(record.get("at", 0)), default={})
    return {"mfa": str(last.get("type", "totp"))}.get(str(last.get("method")), "password")


def signed_in(view: View[P]) -> Guarded:
    """Let only people who are logged in see `view`; others go to the log-in page and come back."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated or not request.user.is_active:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return answer
