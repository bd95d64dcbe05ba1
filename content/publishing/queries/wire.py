"""What is told to the outside about an Event."""

from typing import TYPE_CHECKING

from content.attestation.queries.bundles import statement_of
from content.conf import conf
from content.drafts import queries as drafts
from content.drafts.facts import DraftId
from content.events.facts import Plain
from content.publishing.wire import INTERNAL, Subject, message, wire_type

if TYPE_CHECKING:
    from content.events.models import Event


def message_of(*, event: "Event") -> dict[str, Plain] | None:
    """Return the body of an Event, without a sequence number: the same for webhooks and the pull feed.

    None for what nobody outside is told.
    """
    type_ = wire_type(fact=event.fact, payload=event.payload)
    if type_ == INTERNAL:
        return None
    subject = None
    if event.draft_id is not None:
        draft = drafts.get_draft(draft_id=DraftId(event.draft_id))
        subject = Subject(
            source_slug=draft.source.slug,
            mode=draft.mode,
            draft_id=draft.pk,
            external_id=draft.external_id,
            context=draft.context,
        )
    body = message(
        type_=type_,
        event_id=event.pk,
        at=event.at,
        payload=event.payload,
        subject=subject,
        base_url=conf.base_url,
    )
    return _with_statement(body, event) if event.fact == "draft_published.v1" else body


def _with_statement(body: dict[str, Plain], event: "Event") -> dict[str, Plain]:
    """Add what a receiver compares with what it fetches: digests by file, claim, disclosure, canonical address."""
    told = body["data"]
    statement = statement_of(attestation_id=event.payload["attestation_id"])
    predicate = statement.predicate
    cited, disclosed = predicate["publication"], predicate["disclosure"]
    if not isinstance(told, dict) or not isinstance(cited, dict) or not isinstance(disclosed, dict):
        return body
    files: dict[str, Plain] = {name: f"sha256:{digest}" for name, digest in sorted(statement.subject.items())}
    added: dict[str, Plain] = {
        "claim": str(predicate["claim"]),
        "disclosure": str(disclosed["outcome"]),
        "digests": files,
        "canonical_url": str(cited.get("url", "")),
    }
    return {**body, "data": {**told, **added}}
