"""Administration of sources: who may post, their tokens, the addresses that are told; policies to read."""

import json
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.conf import conf
from content.desk import forms, words
from content.desk.door import again_status, go, page, say, show
from content.drafts import queries as draft_queries
from content.drafts.actions import sources as source_actions
from content.drafts.states import Mode
from content.errors import ReviewDeskError
from content.permissions import Permission, Scope
from content.policy import queries as policy_queries
from content.publishing.actions import deliveries, endpoints
from content.publishing.queries import endpoints as endpoint_queries
from content.publishing.wire import wire_types
from content.review.queries import evidence as evidences
from content.web.person import person

if TYPE_CHECKING:
    from content.drafts.models import Source

OVERLAP_HOURS = 24
"How long the old secret of an address still signs beside the new one."


@page("GET", "HEAD", needs=Permission.MANAGE_SOURCES)
def administration(request: HttpRequest) -> HttpResponse:
    """Show what can be administered, and how much of each there is."""
    context = {
        "place": "administration",
        "sources": len(draft_queries.sources()),
        "grants": len(draft_queries.grants()),
        "parties": len(evidences.responsible_parties(at=timezone.now())),
        "policies": len(policy_queries.policies()),
    }
    return show(request, "administration/index.html", context)


def show_sources(request: HttpRequest, *, error: ReviewDeskError | None = None) -> HttpResponse:
    """Show all sources, with the form for another one."""
    context = {
        "place": "administration",
        "rows": draft_queries.sources(),
        "kinds": conf.kinds,
        "given": forms.answers(request),
        "error": error,
    }
    return show(request, "administration/sources.html", context, status=again_status(error))


@page("GET", "POST", "HEAD", needs=Permission.MANAGE_SOURCES, again=show_sources)
def sources(request: HttpRequest) -> HttpResponse:
    """Show all sources, or add one."""
    if request.method != "POST":
        return show_sources(request)
    made = source_actions.create_source(
        slug=forms.text(request, "slug"),
        name=forms.text(request, "name"),
        default_kind=forms.text(request, "default_kind"),
        default_language=forms.text(request, "default_language") or "en",
        licence=forms.text(request, "licence"),
        train_ai=forms.text(request, "train_ai"),
        may_request_publication=forms.text(request, "may_request_publication") == forms.YES,
        by=person(request),
        at=timezone.now(),
    )
    say(request, _("Added. Give it a token next."))
    return go("source", made.slug)


def show_source(
    request: HttpRequest, slug: str, *, error: ReviewDeskError | None = None, **shown_once: object
) -> HttpResponse:
    """Show a source with its tokens and addresses; a new token or secret is shown here and nowhere else."""
    source = draft_queries.get_source(slug=slug)
    context = {
        "place": "administration",
        "source": source,
        "tokens": draft_queries.tokens_of(source_id=source.pk),
        "endpoints": endpoint_queries.endpoints_of(source_id=source.pk),
        "scopes": [(each.value, words.SCOPES[each.value]) for each in Scope],
        "types": wire_types(),
        "days": conf.token_days,
        "now": timezone.now(),
        "given": forms.answers(request) if error else {},
        "error": error,
        **shown_once,
    }
    return show(request, "administration/source.html", context, status=again_status(error))


@page("GET", "HEAD", needs=Permission.MANAGE_SOURCES)
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a source."""
    return show_source(request, slug)


@page("POST", needs=Permission.MANAGE_SOURCES, again=show_source)
def create_token(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a source a token and show it, once: the answer is the page itself, and is not stored."""
    issued = source_actions.create_token(
        source_id=_source(slug).pk,
        name=forms.text(request, "name"),
        scopes=forms.choices(request, "scopes", Scope),
        mode=forms.choice(request, "mode", Mode),
        days=forms.whole_or_none(request, "days"),
        by=person(request),
        at=timezone.now(),
    )
    return show_source(request, slug, issued=issued)


def _source(slug: str) -> "Source":
    return draft_queries.get_source(slug=slug)


@page("POST", needs=Permission.MANAGE_SOURCES, again=show_source)
def revoke_token(request: HttpRequest, slug: str) -> HttpResponse:
    """Close a token for ever."""
    source_actions.revoke_token(token_id=forms.whole(request, "token"), by=person(request), at=timezone.now())
    say(request, _("Revoked. It opens nothing any more."))
    return go("source", slug)


@page("POST", needs=Permission.MANAGE_SOURCES, again=show_source)
def add_endpoint(request: HttpRequest, slug: str) -> HttpResponse:
    """Have a source told at an address, and show its secret, once."""
    created = endpoints.add_endpoint(
        source_id=_source(slug).pk,
        url=forms.text(request, "url"),
        types=request.POST.getlist("types"),
        description=forms.text(request, "description"),
        by=person(request),
        at=timezone.now(),
    )
    return show_source(request, slug, created=created)


@page("POST", needs=Permission.MANAGE_SOURCES, again=show_source)
def remove_endpoint(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell an address nothing more."""
    endpoints.remove_endpoint(endpoint_id=forms.whole(request, "endpoint"), by=person(request), at=timezone.now())
    say(request, _("Removed. Nothing is sent there any more."))
    return go("source", slug)


@page("POST", needs=Permission.MANAGE_SOURCES, again=show_source)
def rotate_secret(request: HttpRequest, slug: str) -> HttpResponse:
    """Give an address a new secret and show it, once; the old one signs beside it for a day."""
    created = endpoints.rotate_secret(
        endpoint_id=forms.whole(request, "endpoint"),
        overlap_hours=OVERLAP_HOURS,
        by=person(request),
        at=timezone.now(),
    )
    return show_source(request, slug, created=created)


@page("POST", needs=Permission.MANAGE_SOURCES, again=show_source)
def test_endpoint(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a test message to an address."""
    deliveries.test_endpoint(endpoint_id=forms.whole(request, "endpoint"), by=person(request), at=timezone.now())
    say(request, _("A test message is on its way."))
    return go("source", slug)


@page("GET", "HEAD", needs=Permission.VIEW)
def policies(request: HttpRequest) -> HttpResponse:
    """Show every version of every policy."""
    context = {"place": "administration", "rows": policy_queries.policies()}
    return show(request, "administration/policies.html", context)


@page("GET", "HEAD", needs=Permission.VIEW)
def policy(request: HttpRequest, policy_id: int) -> HttpResponse:
    """Show what one version of a policy asks for, in words and as data."""
    found = policy_queries.policy_by_id(policy_id=policy_id)
    body = policy_queries.body_of(policy=found)
    context = {
        "place": "administration",
        "policy": found,
        "body": body,
        "levels": [(level.value, uses) for level, uses in body.claims.items()],
        "source": json.dumps(found.body, indent=2, ensure_ascii=False),
    }
    return show(request, "administration/policy.html", context)
