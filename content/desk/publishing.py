"""Publish what is ready, take that back while it can be, say how far it is, and retract what is out."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.actors import Person
from content.desk import forms
from content.desk.door import again_status, frame, go, is_fresh, page, prove_again, say, show
from content.desk.reading import seen
from content.drafts import queries as draft_queries
from content.errors import ReviewDeskError
from content.permissions import Permission
from content.publishing.actions import requests, retracting
from content.publishing.queries import publications
from content.publishing.queries import requests as request_queries
from content.publishing.states import RetractionReason
from content.review.facts import CaseId
from content.review.queries.facts import standing_of
from content.web.person import authenticated_at, person

if TYPE_CHECKING:
    from content.drafts.models import Revision
    from content.publishing.models import PublicationRequest

KEPT = "reviewdesk-notice-{publication_id}"


@page("POST")
def publish(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask for a ready case to go out."""
    digest = forms.text(request, "digest")
    requests.request_publication(case_id=CaseId(case_id), digest=digest, by=person(request), at=timezone.now())
    return go("case", case_id)


@page("POST")
def undo(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take a request to publish back, while nothing is signed."""
    requests.undo_publication(case_id=CaseId(case_id), by=person(request), at=timezone.now())
    say(request, _("Not published. Somebody presses Publish when it is time."))
    return go("case", case_id)


def progress_of(case_id: CaseId, head: "Revision", by: Person, at: datetime) -> dict[str, object]:
    """Return how far a publication is, and whether a person may take a hand in it."""
    asked = request_queries.standing_request(case_id=case_id)
    undone = asked is None and request_queries.newest_request(case_id=case_id, digest=head.digest) is not None
    standing = standing_of(case_id=case_id, by=by)
    return {
        "stage": _stage(standing.facts.state, asked, at),
        "asked": asked,
        "by_itself": standing.body.publish == "when_ready" and not undone,
        "may_publish": by.may(Permission.PUBLISH, standing.facts.subject),
    }


@page("GET", "HEAD", needs=Permission.VIEW)
def progress(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Answer the fragment that says how far a publication is; it asks for itself again until all is done."""
    by = person(request)
    case, draft, head = seen(case_id, by)
    context = {**frame(request), "case": case, "head": head, **progress_of(CaseId(case_id), head, by, timezone.now())}
    response = show(request, "case/progress.html", context)
    if case.state != "ready" and request.headers.get("X-Poll"):
        response.headers["X-Poll-Location"] = reverse("reviewdesk:case", args=[case_id])
    elif publications.publication_of(draft_id=draft.pk) is not None and case.state != "ready":
        response.headers["X-Poll"] = "stop"
    return response


def _stage(state: str, asked: "PublicationRequest | None", at: datetime) -> str:
    """Return where a publication stands: `over`, `idle`, `undoable` or `signing`."""
    if state != "ready":
        return "over"
    if asked is None:
        return "idle"
    return "undoable" if asked.due_at > at else "signing"


def show_retract(request: HttpRequest, publication_id: UUID, *, error: ReviewDeskError | None = None) -> HttpResponse:
    """Show what readers will see when a text is taken back, and ask why."""
    facts = publications.facts_of(publication_id=publication_id)
    given = forms.answers(request) or request.session.get(KEPT.format(publication_id=publication_id), {})
    context = {
        "publication": facts,
        "draft": draft_queries.get_draft(draft_id=facts.draft_id),
        "given": given,
        "error": error,
        "fresh": is_fresh(request, timezone.now()),
    }
    return show(request, "case/retract.html", context, status=again_status(error))


@page("GET", "POST", "HEAD", needs=Permission.RETRACT, again=show_retract)
def retract(request: HttpRequest, publication_id: UUID) -> HttpResponse:
    """Show what a retraction does, or do it."""
    if request.method != "POST":
        return show_retract(request, publication_id)
    at, key = timezone.now(), KEPT.format(publication_id=publication_id)
    request.session[key] = forms.answers(request)
    if not is_fresh(request, at):
        return prove_again(request.path)
    taken = retracting.retract(
        publication_id=publication_id,
        reason_code=forms.choice(request, "reason_code", RetractionReason),
        notice=forms.text(request, "notice"),
        title=forms.text(request, "title"),
        authenticated_at=authenticated_at(request),
        by=person(request),
        at=at,
    )
    del request.session[key]
    say(request, _("Retracted. Its page shows the notice now."))
    return go("publication", taken.pk, taken.slug)
