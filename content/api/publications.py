"""What was published: the signed bytes and where their attestation is."""

import base64
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from content.api.http.answers import answer
from content.api.http.cursors import cursor_after, key_of
from content.api.http.operations import Operation, operation
from content.api.http.parameters import PAGING, page_size, uuid_of
from content.api.http.refusals import PublicationRetracted, ResourceNotFound
from content.api.http.resource import Resource
from content.attestation.queries import bundles
from content.drafts.answers import Answer
from content.permissions import Scope
from content.proof.digest import sha256_hex
from content.publishing.queries import publications
from content.publishing.queries.publications import PublicationFacts
from content.publishing.refusals import PublicationNotFound
from content.publishing.signals import signals
from content.publishing.states import PublicationState

TYPES = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


class PublicationResource(Resource):
    """What asks for a publication of the caller."""

    def own(self, publication_id: str) -> PublicationFacts:
        """Return one of the caller's publications.

        :raises PublicationNotFound: if there is none, or it is another source's.
        """
        found = publications.facts_of(publication_id=uuid_of(publication_id))
        if found.source_id != self.machine.source_id:
            raise PublicationNotFound
        return found

    def standing(self, found: PublicationFacts) -> PublicationFacts:
        """Return a publication that still stands.

        :raises PublicationRetracted: with its notice, if it was taken back.
        """
        if found.state is PublicationState.RETRACTED:
            raise PublicationRetracted(
                publication_id=found.id,
                notice=found.notice,
                reason_code=found.reason_code,
                retracted_at=found.retracted_at,
            )
        return found


class Publications(PublicationResource):
    """All publications of a source."""

    @operation(
        Operation(
            id="publications_list",
            summary="List publications, newest first",
            scope=Scope.PUBLICATIONS_READ,
            answers={200: "PublicationPage"},
            parameters=PAGING,
        )
    )
    def get(self, request: Request) -> Answer:
        """Return a page of publications, retracted ones too."""
        filters = {"list": "publications"}
        page = publications.published(
            after=key_of(request.GET.get("after", ""), filters=filters),
            limit=page_size(request.GET),
            source_id=self.machine.source_id,
        )
        following = cursor_after(page.next, filters=filters) if page.next else None
        return answer({"results": [publication_members(row) for row in page.rows], "next": following})


class OnePublication(PublicationResource):
    """One publication."""

    @operation(
        Operation(
            id="publications_read",
            summary="Read a publication",
            scope=Scope.PUBLICATIONS_READ,
            answers={200: "Publication"},
            refuses=(410,),
            has_etag=True,
        )
    )
    def get(self, _request: Request, publication_id: str) -> Answer:
        """Return digests, links and signals of what is public."""
        return self.shown(self.standing(self.own(publication_id)))

    def shown(self, found: PublicationFacts) -> Answer:
        """Return the answer that shows a publication, with the digest of each file."""
        files = bundles.files_of(attestation_id=found.attestation_id)
        digests = {name: f"sha256:{sha256_hex(body)}" for name, body in files.items()}
        return answer(publication_members(found) | {"files": digests}, etag=f"{found.version}-{found.digest}")


class PublicationOfDraft(OnePublication):
    """The publication of a draft."""

    @operation(
        Operation(
            id="drafts_publication",
            summary="Read the publication of a draft",
            scope=Scope.PUBLICATIONS_READ,
            answers={200: "Publication"},
            refuses=(410,),
            has_etag=True,
        )
    )
    def get(self, _request: Request, ref: str) -> Answer:
        """Return what is public of a draft."""
        row = publications.publication_of(draft_id=self.draft(ref).pk)
        if row is None:
            raise PublicationNotFound
        return self.shown(self.standing(self.own(str(row.pk))))


class PublishedContent(PublicationResource):
    """The signed bytes."""

    @operation(
        Operation(
            id="publications_content",
            summary="Fetch the signed bytes as Markdown, HTML, plain text, or all fields as JSON",
            scope=Scope.PUBLICATIONS_READ,
            answers={200: {}},
            answer_type="*/*",
            refuses=(410,),
            has_etag=True,
        )
    )
    def get(self, _request: Request, publication_id: str, form: str) -> Answer | HttpResponse:
        """Return one file of the newest version, with the headers that say what it may be used for."""
        found = self.standing(self.own(publication_id))
        files = bundles.files_of(attestation_id=found.attestation_id)
        if form == "json":
            return self._fields(found, files)
        body = files.get(f"content.{form}")
        if body is None:
            raise ResourceNotFound(f"This publication has no content.{form}.")
        return self._bytes(found, body, form)

    def _fields(self, found: PublicationFacts, files: Any) -> Answer:
        digests = {name: f"sha256:{sha256_hex(body)}" for name, body in files.items()}
        meta = files["meta.json"].decode()
        return answer(
            publication_members(found) | {"files": digests, "meta": meta}, etag=f"{found.version}-{found.digest}"
        )

    def _bytes(self, found: PublicationFacts, body: bytes, form: str) -> HttpResponse:
        digest = sha256_hex(body)
        response = HttpResponse(body, content_type=TYPES[form])
        response.headers["ETag"] = f'"sha256:{digest}"'
        response.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:"
        predicate = bundles.statement_of(attestation_id=found.attestation_id).predicate
        bundle = self.request.build_absolute_uri(_bundle_of(found))
        for name, value in signals(predicate=predicate, bundle_url=bundle).headers.items():
            response.headers[name] = value
        if form == "html":
            response.headers["Content-Security-Policy"] = "sandbox"
        return response


def _bundle_of(found: PublicationFacts) -> str:
    return reverse("reviewdesk:api_bundle", args=[str(found.attestation_id)])


def publication_members(found: PublicationFacts) -> dict[str, Any]:
    """Return the members of a publication."""
    base = reverse("reviewdesk:api_publication", args=[str(found.id)])
    return {
        "id": found.id,
        "draft": found.draft_id,
        "state": found.state.value,
        "version": found.version,
        "title": found.title,
        "summary": found.summary,
        "language": found.language,
        "digest": found.digest,
        "canonical_url": found.canonical_url or None,
        "claim": found.claim,
        "disclosure": found.disclosure,
        "human_share_bp": found.human_share_bp,
        "usage": {"train_ai": found.train_ai},
        "published_at": found.published_at,
        "first_published_at": found.first_published_at,
        "retracted_at": found.retracted_at,
        "notice": found.notice or None,
        "attestation": found.attestation_id,
        "links": {
            "self": base,
            "content": f"{base}/content.json",
            "attestation": reverse("reviewdesk:api_attestation", args=[str(found.attestation_id)]),
            "bundle": _bundle_of(found),
            "page": reverse("reviewdesk:publication", args=[found.id, found.slug]),
        },
    }
