"""The queue: views with counts, filters, rows; taking the next case; news for a page that stays open."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from content.desk import forms, words
from content.desk.door import again_status, call, go, json_answer, page, say, show
from content.errors import ReviewDeskError
from content.permissions import Permission
from content.review.actions import leases
from content.review.queries import queue as queue_queries
from content.review.queue import COUNT_LIMIT, VIEWS
from content.review.states import Purpose
from content.web.etag import strong_etag, with_etag
from content.web.person import person


def show_queue(request: HttpRequest, *, error: ReviewDeskError | None = None) -> HttpResponse:
    """Show one view of the queue; when its address asks for what there is not, the whole view and what was wrong."""
    by, at = person(request), timezone.now()
    asked = request.GET.get("view", "")
    chosen = asked if asked in VIEWS else _first_view(request)
    filters = "" if error else request.GET.get("q", "").strip()
    after = "" if error else request.GET.get("after", "")
    found = queue_queries.queue(view=chosen, by=by, at=at, filters=filters, after=after)
    counts = queue_queries.queue_counts(by=by, at=at)
    place: dict[str, Any] = {"view": chosen} | ({"q": filters} if filters else {})
    context = {
        "place": "queue",
        "view": chosen,
        "views": [
            {"name": name, "label": label, "count": counts[name], "many": counts[name] > COUNT_LIMIT}
            for name, label in words.VIEWS.items()
        ],
        "counts": counts,
        "filters": filters,
        "typed": request.GET.get("q", ""),
        "error": error,
        "rows": found.rows,
        "next": urlencode({**place} | {"after": found.after}) if found.after else "",
        "me": by.id,
        "now": at,
        "purpose": _purpose(request, chosen),
        "live": f"{reverse('reviewdesk:live_queue')}?{urlencode({'view': chosen, 'seen': str(counts[chosen])})}",
    }
    return show(request, "queue/queue.html", context, status=again_status(error))


@page("GET", "HEAD", needs=Permission.VIEW, again=show_queue)
def queue(request: HttpRequest) -> HttpResponse:
    """Show one view of the queue."""
    return show_queue(request)


def _first_view(request: HttpRequest) -> str:
    by = person(request)
    return "to_approve" if by.may(Permission.APPROVE) and not by.may(Permission.CLAIM) else "mine"


def _purpose(request: HttpRequest, view: str) -> str:
    """Return what the button takes the next case for; nothing for whoever may take none."""
    by = person(request)
    if by.may(Permission.APPROVE) and (view == "to_approve" or not by.may(Permission.CLAIM)):
        return Purpose.APPROVE.value
    return Purpose.EDIT.value if by.may(Permission.CLAIM) else ""


@page("POST")
def claim_next(request: HttpRequest) -> HttpResponse:
    """Take the most urgent case, to edit it or to approve it."""
    purpose = forms.choice(request, "purpose", Purpose)
    lease = leases.claim_next(purpose=purpose, by=person(request), at=timezone.now())
    say(request, _("It is yours now."))
    return go("case", lease.case_id)


@call("GET")
def live_queue(request: HttpRequest) -> HttpResponse:
    """Answer how many cases came into a view since the page was made (`seen` is what it counted)."""
    counts = queue_queries.queue_counts(by=person(request), at=timezone.now())
    now = counts.get(request.GET.get("view", ""), 0)
    seen = request.GET.get("seen", "0")
    new = max(0, now - int(seen)) if seen.isascii() and seen.isdigit() else 0
    return with_etag(request, json_answer({"queue": new}), strong_etag("queue", now))
