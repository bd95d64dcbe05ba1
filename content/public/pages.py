"""The front page and published texts."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from content.proof.bundle import MEDIA_TYPE
from content.public.door import cached, page, public_view
from content.public.files import absolute, bundle_url
from content.public.words import CLAIMS, DISCLOSURES, RETRACTIONS
from content.publishing.queries import publications
from content.publishing.queries.publications import PublicationFacts, PublishedPage
from content.publishing.signals import json_ld, signals
from content.publishing.states import PublicationState
from content.web.etag import strong_etag

A_PAGE = 50


@public_view()
def front(request: HttpRequest) -> HttpResponse:
    """List what is published, newest first."""
    found = publications.published(
        after=request.GET.get("after", ""), limit=A_PAGE, state=PublicationState.PUBLISHED.value
    )
    rows = [{"facts": facts, "url": url_of(facts), "claim": CLAIMS[facts.claim]} for facts in found.rows]
    etag = strong_etag([(facts.id, facts.version, facts.title) for facts in found.rows], found.next)
    return cached(request, page("front.html", {"rows": rows, "next": found.next}), etag)


@public_view()
def publication(request: HttpRequest, publication_id: UUID, slug: str = "") -> HttpResponse:
    """Show a published text as it was signed, or the notice that stands in its place."""
    found = publications.page_of(publication_id=publication_id)
    facts = found.facts
    if facts.state is PublicationState.RETRACTED:
        return _retracted(request, found)
    if slug != facts.slug:
        return HttpResponsePermanentRedirect(url_of(facts))
    bundle = bundle_url(facts.attestation_id)
    sent = signals(predicate=found.predicate, bundle_url=bundle)
    response = page("publication.html", _article(found) | {"metas": sent.metas, "links": sent.links})
    for header, value in sent.headers.items():
        response.headers[header] = value
    return cached(request, response, strong_etag(facts.id, facts.version, facts.state, facts.digest))


def _article(found: PublishedPage) -> dict[str, Any]:
    facts = found.facts
    label, words = DISCLOSURES[facts.disclosure]
    return {
        "facts": facts,
        "html": found.html,
        "responsible": found.predicate["responsible"],
        "label": label,
        "label_words": words,
        "source_name": found.source_name,
        "url": absolute(url_of(facts)),
        "json_ld": _script_text(
            json_ld(
                predicate=found.predicate,
                title=facts.title,
                url=facts.canonical_url or absolute(url_of(facts)),
                published=facts.first_published_at.isoformat(timespec="seconds"),
                modified=facts.published_at.isoformat(timespec="seconds"),
                bundle_url=bundle_url(facts.attestation_id),
                type_=MEDIA_TYPE,
            )
        ),
    }


def _script_text(value: dict[str, object]) -> str:
    """Return JSON that cannot end the script element it stands in, nor begin another."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _retracted(request: HttpRequest, found: PublishedPage) -> HttpResponse:
    """Show title and notice under status 410: the text is gone, that it was there is not hidden."""
    facts = found.facts
    context = {
        "facts": facts,
        "responsible": found.predicate["responsible"],
        "reason": RETRACTIONS.get(facts.reason_code, ""),
    }
    response = page("retracted.html", context)
    response.status_code = 410
    return cached(request, response, strong_etag(facts.id, facts.version, facts.state))


def url_of(facts: PublicationFacts) -> str:
    """Return the path of a published page."""
    return reverse("reviewdesk:publication", kwargs={"publication_id": facts.id, "slug": facts.slug})
