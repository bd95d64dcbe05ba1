"""A draft as the API answers with it: what was posted, but for its body, and where it stands."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from content.api.http.answers import answer, instant
from content.drafts import queries as drafts
from content.drafts.answers import Answer
from content.drafts.etag import etag_of
from content.drafts.facts import DraftId
from content.drafts.intake.html import METHOD as CONVERSION
from content.drafts.states import Format
from content.publishing.queries import publications
from content.review.queries import cases

if TYPE_CHECKING:
    from content.drafts.models import Draft, Revision

RECEIVED = "received"


def address_of(draft: "Draft") -> str:
    """Return the path of a draft."""
    return reverse("reviewdesk:api_draft", args=[str(draft.pk)])


def etag_of_draft(draft: "Draft") -> str:
    """Return the strong ETag of a draft, without quotes."""
    return etag_of(draft.version, draft.head.digest if draft.head else "")


def draft_members(draft: "Draft", posted: "Revision", *, state: str) -> dict[str, Any]:
    """Return the members of a draft.

    :param posted: the machine text that the source sent last.
    """
    assert draft.head is not None, "a draft has a head from its first moment"  # noqa: S101
    is_html = draft.format == Format.HTML.value
    return {
        "id": draft.pk,
        "external_id": draft.external_id,
        "mode": draft.mode,
        "state": state,
        "version": draft.version,
        "head": {"revision": draft.head.number, "digest": draft.head.digest},
        "kind": draft.kind,
        "title": posted.title,
        "summary": posted.summary,
        "format": draft.format,
        "extras": posted.extras,
        "language": posted.language,
        "canonical_url": posted.canonical_url or None,
        "generation": posted.generation,
        "sources": draft.sources,
        "spans": draft.spans,
        "requested_by": posted.requested_by or None,
        "priority": draft.priority,
        "due_at": draft.due_at,
        "tags": draft.tags,
        "upstream_marks": draft.upstream_marks or [{"kind": "not_checked"}],
        "policy": draft.policy_slug or None,
        "context": draft.context,
        "warnings": draft.warnings,
        "conversion": {"method": CONVERSION, "losses": draft.losses} if is_html else None,
        "received": {
            "digest": draft.received_digest,
            "bytes": draft.received_bytes,
            "at": instant(posted.created_at),
        },
        "analysis": "pending" if state == RECEIVED else "done",
        "links": _links(draft, posted),
    }


def _links(draft: "Draft", posted: "Revision") -> dict[str, str]:
    base = address_of(draft)
    return {
        "self": base,
        "text": f"{base}/revisions/{posted.number}",
        **{name: f"{base}/{name}" for name in ("revisions", "actions", "gate", "case", "diff", "publication")},
    }


def draft_answer(draft: "Draft", *, status: int = 200, include_text: bool = False, **more: Any) -> Answer:
    """Return the answer that shows one draft as it stands, with its ETag.

    :param more: further members, such as the placement of a text.
    """
    posted = drafts.machine_revisions_of(draft_ids=[draft.pk])[draft.pk]
    case = cases.case_of(draft_id=DraftId(draft.pk))
    publication = publications.publication_of(draft_id=draft.pk) if case is not None else None
    members = draft_members(draft, posted, state=RECEIVED if case is None else case.state) | more
    members["case"] = None if case is None else case.pk
    members["publication"] = None if publication is None else publication.pk
    if include_text:
        members["text"] = posted.text
    return answer(members, status=status, etag=etag_of_draft(draft))


def new_draft_answer(draft: "Draft", *, created: bool) -> Answer:
    """Return the answer to a POST: 201 for a new draft, 200 for one that was there with the same payload."""
    if not created:
        found = draft_answer(draft)
        return answer_with(found, **{"Content-Location": address_of(draft)})
    assert draft.head is not None, "it was made a moment ago"  # noqa: S101
    members = draft_members(draft, draft.head, state=RECEIVED) | {"case": None, "publication": None}
    return answer(members, status=201, etag=etag_of_draft(draft), location=address_of(draft))


def answer_with(found: Answer, **headers: str) -> Answer:
    """Return an answer with further headers."""
    return Answer(status=found.status, headers={**found.headers, **headers}, body=found.body)
