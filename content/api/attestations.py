"""Attestations, for everybody: what was signed about a text, and the keys to check it with."""

import re
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from content.api.http.answers import answer
from content.api.http.operations import Operation, Parameter, operation
from content.api.http.parameters import uuid_of
from content.api.http.refusals import DigestInvalid
from content.api.http.resource import Resource
from content.attestation.queries import bundles, keys
from content.attestation.queries.bundles import AttestationFacts
from content.drafts.answers import Answer
from content.drafts.intake.fields import DIGEST_PATTERN
from content.proof.bundle import MEDIA_TYPE
from content.proof.digest import sha256_hex
from content.web.etag import with_etag


class Attestations(Resource):
    """Attestations by the digest of a file."""

    @operation(
        Operation(
            id="attestations_find",
            summary="Find attestations by a digest",
            is_public=True,
            answers={200: "AttestationList"},
            parameters={"digest": Parameter(schema={"type": "string", "pattern": f"^{DIGEST_PATTERN}$"})},
            has_etag=True,
        )
    )
    def get(self, request: Request) -> Answer:
        """Return the attestations that name a digest, as a file of theirs or as content digest."""
        digest = request.GET.get("digest", "")
        if not re.fullmatch(DIGEST_PATTERN, digest):
            raise DigestInvalid
        found = bundles.with_subject(sha256=digest.removeprefix("sha256:"))
        rows = [attestation_members(each) for each in found]
        states = "-".join(f"{each.id}{each.state}" for each in found)
        return answer({"results": rows}, etag=sha256_hex((digest + states).encode())[:24])


class OneAttestation(Resource):
    """One attestation."""

    @operation(
        Operation(
            id="attestations_read",
            summary="Read an attestation",
            is_public=True,
            answers={200: "Attestation"},
            has_etag=True,
        )
    )
    def get(self, _request: Request, attestation_id: str) -> Answer:
        """Return state, claim and links."""
        found = bundles.get_attestation(attestation_id=uuid_of(attestation_id))
        files = {name: f"sha256:{sha256_hex(body)}" for name, body in bundles.files_of(attestation_id=found.id).items()}
        etag = f"{found.state.value}-{found.log_index}-{found.payload_digest[7:19]}"
        return answer(attestation_members(found) | {"files": files}, etag=etag)


class BundleResource(Resource):
    """The file that travels with a text."""

    @operation(
        Operation(
            id="attestations_bundle",
            summary="Fetch the bundle of an attestation",
            is_public=True,
            answers={200: {}},
            answer_type=MEDIA_TYPE.partition(";")[0],
            has_etag=True,
        )
    )
    def get(self, request: Request, attestation_id: str) -> HttpResponse:
        """Return the bundle: the same bytes for ever."""
        body = bundles.bundle_of(attestation_id=uuid_of(attestation_id))
        response = HttpResponse(body, content_type=MEDIA_TYPE)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return with_etag(request._request, response, f'"{sha256_hex(body)}"')  # noqa: SLF001 (the request of Django)


class Keys(Resource):
    """The keys that signatures are checked with."""

    @operation(Operation(id="keys_read", summary="Fetch the key set", is_public=True, answers={200: {}}, has_etag=True))
    def get(self, request: Request) -> HttpResponse:
        """Return the same bytes as the well-known key file."""
        body = keys.key_set()
        response = HttpResponse(body, content_type="application/json")
        return with_etag(request._request, response, f'"{sha256_hex(body)}"')  # noqa: SLF001


def attestation_members(found: AttestationFacts) -> dict[str, Any]:
    """Return the members of an attestation."""
    return {
        "id": found.id,
        "state": found.state.value,
        "mode": found.mode,
        "claim": found.claim,
        "disclosure": found.disclosure,
        "human_share_bp": found.human_share_bp,
        "content_digest": found.digest,
        "payload_digest": found.payload_digest,
        "keyid": found.keyid,
        "log_index": found.log_index,
        "issued_at": found.issued_at,
        "supersedes": found.supersedes_id,
        "links": {
            "self": reverse("reviewdesk:api_attestation", args=[str(found.id)]),
            "bundle": reverse("reviewdesk:api_bundle", args=[str(found.id)]),
            "keys": reverse("reviewdesk:api_keys"),
            "page": reverse("reviewdesk:attestation", args=[found.id]),
        },
    }
