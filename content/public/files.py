"""The signed bytes, as they are."""

import base64
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from content.attestation.queries import bundles
from content.attestation.queries.bundles import AttestationFacts
from content.conf import conf
from content.errors import Conflict
from content.proof.bundle import MEDIA_TYPE
from content.proof.digest import sha256_hex
from content.public.door import A_MINUTE, FOR_EVER, file_answer, problem, public_view
from content.publishing.queries import publications
from content.publishing.queries.publications import PublicationFacts
from content.publishing.signals import signals
from content.publishing.states import PublicationState

BUNDLE = "attestation.json"
TYPES = {
    "content.md": "text/markdown; charset=utf-8",
    "content.txt": "text/plain; charset=utf-8",
    "content.html": "text/html; charset=utf-8",
    "meta.json": "application/json",
    "authorship.json": "application/json",
    "SHA256SUMS": "text/plain; charset=utf-8",
}
SANDBOX = "sandbox"


class Retracted(Conflict):
    """This text was retracted; its page says why."""

    code = "publication_retracted"
    status = 410


@public_view()
def attestation_file(request: HttpRequest, attestation_id: UUID, name: str) -> HttpResponse:
    """Answer with the bundle or a signed file. Attestations stay for ever; the text of a retracted one does not."""
    if name == BUNDLE:
        body = bundles.bundle_of(attestation_id=attestation_id)
        return file_answer(request, body, MEDIA_TYPE, f'"{sha256_hex(body)}"', FOR_EVER)
    found = publications.publication_with(attestation_id=attestation_id)
    if found is None:
        raise bundles.AttestationNotFound("This text is not published.")
    facts = bundles.get_attestation(attestation_id=attestation_id)
    return _signed(request, found, facts, name)


@public_view()
def publication_file(request: HttpRequest, publication_id: UUID, name: str) -> HttpResponse:
    """Answer with a signed file of the newest version."""
    found = publications.facts_of(publication_id=publication_id)
    facts = bundles.get_attestation(attestation_id=found.attestation_id)
    return _signed(request, found, facts, name)


def _signed(request: HttpRequest, found: PublicationFacts, facts: AttestationFacts, name: str) -> HttpResponse:
    if found.state is PublicationState.RETRACTED:
        return problem(Retracted(found.notice))
    body = bundles.file_of(attestation_id=facts.id, name=name)
    digest = sha256_hex(body)
    response = file_answer(request, body, TYPES[name], f'"{digest}"', A_MINUTE)
    response.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode('ascii')}:"
    predicate = bundles.statement_of(attestation_id=facts.id).predicate
    for header, value in signals(predicate=predicate, bundle_url=bundle_url(facts.id)).headers.items():
        response.headers[header] = value
    if name == "content.html":
        response.headers["Content-Security-Policy"] = SANDBOX
    return response


def bundle_url(attestation_id: UUID) -> str:
    """Return the public address of a bundle."""
    path = reverse("reviewdesk:attestation_file", kwargs={"attestation_id": attestation_id, "name": BUNDLE})
    return absolute(path)


def absolute(path: str) -> str:
    """Return a path of ours as readers reach it; the mount point is part of `BASE_URL` and of the path."""
    root = conf.base_url.split("://", 1)
    return f"{root[0]}://{root[1].split('/', 1)[0]}{path}"
