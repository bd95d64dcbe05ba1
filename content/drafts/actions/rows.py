"""Rows of drafts and machine texts as a payload declares them, for the actions that store them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from content.actors import Machine
from content.drafts.intake.payload import DraftPayload
from content.drafts.models import Revision
from content.drafts.states import Origin, Placement


def declared(*, payload: DraftPayload) -> dict[str, Any]:
    """Return the fields of a draft that its source declares."""
    return {
        "kind": payload.kind,
        "format": payload.format.value,
        "payload_digest": payload.payload_digest,
        "priority": payload.priority.value,
        "due_at": payload.due_at,
        "tags": payload.tags,
        "tag_line": tag_line(tags=payload.tags),
        "context": payload.context,
        "sources": payload.sources,
        "spans": payload.spans,
        "upstream_marks": payload.upstream_marks,
        "policy_slug": payload.policy,
        "warnings": payload.warnings,
        "losses": payload.losses,
        "received_digest": payload.received_digest,
        "received_bytes": payload.received_bytes,
    }


def tag_line(*, tags: Sequence[str]) -> str:
    """Return tags as they are looked up: folded, each between commas."""
    return "," + "".join(f"{tag.casefold()}," for tag in tags) if tags else ""


def machine_text(
    *,
    draft_id: UUID,
    payload: DraftPayload,
    by: Machine,
    at: datetime,
    number: int,
    parent: Revision | None,
    placement: Placement,
) -> Revision:
    """Return a revision that is not stored yet."""
    return Revision(
        draft_id=draft_id,
        number=number,
        parent=parent,
        origin=Origin.MACHINE.value,
        placement=placement.value,
        author=f"source:{by.source_id}",
        title=payload.title,
        summary=payload.summary,
        language=payload.language,
        canonical_url=payload.canonical_url,
        extras=payload.extras,
        text=payload.text,
        text_sha256=payload.text_sha256,
        digest=payload.digest,
        words=payload.words,
        generation=payload.generation,
        requested_by=payload.requested_by,
        created_at=at,
    )
