"""Files at places that programs know."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from content.attestation.queries import keys as key_queries
from content.public.door import A_MINUTE, cached, file_answer, public_view
from content.publishing.queries import publications
from content.publishing.signals import robots_lines, tdm_rules
from content.web.etag import strong_etag

FIVE_MINUTES = "public, max-age=300"


@public_view()
def keys(request: HttpRequest) -> HttpResponse:
    """Answer with the newest key set, byte for byte as it was logged."""
    body = key_queries.key_set()
    return file_answer(request, body, "application/json", strong_etag(body), FIVE_MINUTES)


@public_view()
def tdmrep(request: HttpRequest) -> HttpResponse:
    """Answer with the paths whose text is reserved from mining (TDMRep)."""
    rules = tdm_rules(paths=[f"{path}*" for path in _reserved_paths()])
    return cached(request, JsonResponse(rules, safe=False), strong_etag(rules), A_MINUTE)


@public_view()
def robots(request: HttpRequest) -> HttpResponse:
    """Answer with what crawlers may do: read everything public, and mind each page's preference."""
    lines = ["User-agent: *", *robots_lines(paths=_reserved_paths()), "Allow: /"]
    body = "".join(f"{line}\n" for line in lines)
    return cached(request, HttpResponse(body, content_type="text/plain; charset=utf-8"), strong_etag(body), A_MINUTE)


def _reserved_paths() -> list[str]:
    return [
        reverse("reviewdesk:publication_short", kwargs={"publication_id": publication_id})
        for publication_id, _ in publications.reserved()
    ]
