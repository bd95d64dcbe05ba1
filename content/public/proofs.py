"""The verify page: what was signed, checked here by the same program that anybody can run."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from content.attestation.queries import bundles, keys, log
from content.attestation.queries.bundles import AttestationFacts
from content.attestation.states import AttestationState
from content.errors import Invalid
from content.proof.digest import sha256_hex
from content.proof.keyset import read_keyset
from content.proof.verify import Result, verify
from content.public import sections
from content.public.door import A_MINUTE, NOT_KEPT, cached, page, public_view
from content.public.files import absolute, bundle_url
from content.public.pages import url_of
from content.public.sections import Copy
from content.public.words import UNDECIDED, VERDICTS
from content.publishing.queries import publications
from content.web.etag import strong_etag

LONGEST_COPY = 512 * 1024
HEX_DIGITS = 64


class DigestInvalid(Invalid):
    """A digest is 64 hexadecimal digits: the SHA-256 of a file."""

    code = "digest_invalid"


class NothingFound(bundles.AttestationNotFound):
    """We attested no file with this digest. That proves nothing about the text: it may be attested elsewhere."""

    code = "digest_unknown"


class CopyTooLarge(Invalid):
    """A copy may have 512 KiB; choose the text alone."""

    code = "copy_too_large"
    status = 413


@public_view()
def attestation(request: HttpRequest, attestation_id: UUID) -> HttpResponse:
    """Show what an attestation says, and whether it holds now."""
    facts = bundles.get_attestation(attestation_id=attestation_id)
    newest = log.newest_checkpoint()
    etag = strong_etag(facts.payload_digest, facts.state, newest.size if facts.state != "issued" and newest else 0)
    return cached(request, _page(facts, None), etag, A_MINUTE)


@public_view("POST")
def check_copy(request: HttpRequest, attestation_id: UUID) -> HttpResponse:
    """Compare a text that was sent with the signed one; it is neither stored nor logged."""
    facts = bundles.get_attestation(attestation_id=attestation_id)
    text = request.POST.get("copy", "")
    body = text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")  # a form sends CRLF whatever was typed
    if len(body) > LONGEST_COPY:
        raise CopyTooLarge
    subjects = bundles.statement_of(attestation_id=attestation_id).subject
    bare = body.rstrip(b"\n")
    spellings = (body, bare, bare + b"\n")  # pasting drops the last line break
    found = next((each for each in spellings if sha256_hex(each) in subjects.values()), body)
    result = _verified(facts, found)
    response = _page(facts, Copy.of(result))
    response.headers["Cache-Control"] = NOT_KEPT
    return response


@public_view()
def lookup(request: HttpRequest) -> HttpResponse:
    """Lead from the SHA-256 of a file to the attestation that names it."""
    digest = request.GET.get("sha256", "").lower().removeprefix("sha256:")
    if len(digest) != HEX_DIGITS or set(digest) - set("0123456789abcdef"):
        raise DigestInvalid
    found = bundles.with_subject(sha256=digest)
    if "application/json" in request.headers.get("Accept", ""):
        rows = [{"attestation": str(each.id), "state": each.state.value, "url": _url(each.id)} for each in found]
        response: HttpResponse = JsonResponse({"sha256": digest, "results": rows}, status=200 if rows else 404)
    elif found:
        response = HttpResponseRedirect(_url(found[0].id), status=303)
    else:
        raise NothingFound
    response.headers["Cache-Control"] = A_MINUTE
    return response


def _url(attestation_id: UUID) -> str:
    return reverse("reviewdesk:attestation", kwargs={"attestation_id": attestation_id})


def _verified(facts: AttestationFacts, content: bytes) -> Result:
    """Verify as anybody would: the bundle that is served, our key set, the status data that are served."""
    return verify(
        bundles.bundle_of(attestation_id=facts.id),
        read_keyset(keys.key_set()),
        content=content,
        status=log.status_lines(attestation_id=facts.id),
        soft=True,
    )


def _page(facts: AttestationFacts, copy: Copy | None) -> HttpResponse:
    statement = bundles.statement_of(attestation_id=facts.id)
    files = bundles.files_of(attestation_id=facts.id)
    source = "content.md" if "content.md" in files else "content.txt"
    published = publications.publication_with(attestation_id=facts.id)
    context: dict[str, Any] = {
        "facts": facts,
        "published": published,
        "published_url": url_of(published) if published else "",
        "title": published.title if published else "",
        "url": absolute(_url(facts.id)),
        "bundle_url": bundle_url(facts.id),
        "subjects": sections.subjects(statement, facts.issued_at),
        "files": sections.downloads(facts.id, statement, is_published=published is not None),
        "source": source,
        "copy": copy,
        **sections.of_statement(statement),
        **sections.in_words(facts),
    }
    return page("attestation.html", context | _verdict(facts, files[source]))


def _verdict(facts: AttestationFacts, content: bytes) -> dict[str, Any]:
    if facts.state is AttestationState.PENDING or facts.log_index is None:
        return {"verdict": VERDICTS["pending"], "checks": (), "withdrawal": None, "place": None}
    result = _verified(facts, content)
    return {
        "verdict": VERDICTS.get(result.state.value, UNDECIDED),
        "checks": result.checks,
        "withdrawal": sections.withdrawal(result),
        "place": result.facts.log,
    }
