"""What goes over the wire about an Event: one body for webhooks and the pull feed. Thin: ids, digests, links."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from content.events.facts import FACTS, Plain

INTERNAL = "internal"
CORRECTED = "publication.corrected"
SUPERSEDED = "attestation.superseded"
# Names that the house uses and receivers are not told: rows of ours, people.
HIDDEN = frozenset({"source_id", "revision_id", "policy_id", "lease_id", "fence", "endpoint_id", "to_user_id"})
NAMED = {
    "draft_id": "draft",
    "case_id": "case",
    "publication_id": "publication",
    "attestation_id": "attestation",
}
"Ids that become an object of their own, so that fields can be added to it."


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """The draft a message is about, as its Source knows it."""

    source_slug: str
    mode: str
    draft_id: UUID
    external_id: str
    context: Mapping[str, Plain]


def wire_types() -> tuple[str, ...]:
    """Return every type of message, in alphabetical order."""
    known = {FACTS[name].wire for name in FACTS} - {INTERNAL}
    return tuple(sorted(known | {CORRECTED, SUPERSEDED}))


def wire_type(*, fact: str, payload: Mapping[str, Plain]) -> str:
    """Return the type of message for a stored fact, or `internal` where nobody outside is told."""
    if fact not in FACTS:
        return INTERNAL
    wire = FACTS[fact].wire
    if wire == "publication.published" and int(str(payload.get("version", 1))) > 1:
        return CORRECTED
    return f"attestation.{payload['status']}" if wire == "attestation.revoked" else wire


def message(
    *, type_: str, event_id: int, at: datetime, payload: Mapping[str, Plain], subject: Subject | None, base_url: str
) -> dict[str, Plain]:
    """Return the body without its sequence number.

    :param subject: None for what concerns no draft, such as a test.
    :param base_url: where readers reach us, with a slash at its end; links begin with it.
    """
    told = {name: value for name, value in payload.items() if name not in HIDDEN and name not in NAMED}
    named: dict[str, Plain] = {word: {"id": payload[name]} for name, word in NAMED.items() if payload.get(name)}
    body: dict[str, Plain] = {"event_id": event_id, **told, **named}
    if subject is not None:
        body |= {
            "mode": subject.mode,
            "source": subject.source_slug,
            "draft": {
                "id": str(subject.draft_id),
                "external_id": subject.external_id,
                "context": dict(subject.context),
            },
        }
    body["links"] = dict(links(payload=payload, base_url=base_url))
    timestamp = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"type": type_, "timestamp": timestamp, "data": body}


def links(*, payload: Mapping[str, Plain], base_url: str) -> Mapping[str, str]:
    """Return the addresses where what a message names can be fetched."""
    found: dict[str, str] = {}
    if payload.get("draft_id"):
        found["draft"] = f"{base_url}api/v1/drafts/{payload['draft_id']}"
    if payload.get("publication_id"):
        found["publication"] = f"{base_url}p/{payload['publication_id']}/"
    if payload.get("attestation_id"):
        found["attestation"] = f"{base_url}v/{payload['attestation_id']}/"
        found["bundle"] = f"{base_url}v/{payload['attestation_id']}/attestation.json"
    return found


def frozen_body(*, told: Mapping[str, Plain], sequence: int) -> str:
    """Return the bytes that are sent, as text: every attempt sends the same."""
    named = told["data"]
    within = {**named, "sequence": sequence} if isinstance(named, dict) else named
    return json.dumps({**told, "data": within}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
