"""Drafts come in: for the first time, again with another text, or with another date or tag."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from content.actors import Machine, require_scope
from content.drafts import queries
from content.drafts.actions.rows import declared, machine_text, tag_line
from content.drafts.etag import etag_of
from content.drafts.facts import DraftAmended, DraftId, DraftReceived, DraftResubmitted, RevisionId
from content.drafts.intake.amendment import read_amendment
from content.drafts.intake.payload import DraftPayload
from content.drafts.intake.shapes import ValidationFailed
from content.drafts.models import Draft, ReceivedBody, Revision, WorkingCopy
from content.drafts.refusals import DraftNotFound, ExternalIdMismatch, ExternalIdTaken, StaleRevision
from content.drafts.states import Format, Origin, Placement
from content.errors import ReviewDeskError
from content.events import actions as events
from content.events.frames import begin_chain
from content.events.uuid7 import uuid7
from content.events.writing import action, bulk_action, quiet_action
from content.permissions import Scope


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """The draft of a POST, and whether this POST made it."""

    draft: Draft
    created: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Resubmitted:
    """The draft of a PUT. `revision` is its last machine text; `changed` is False when it was sent before."""

    draft: Draft
    revision: Revision
    placement: Placement
    changed: bool


@quiet_action
def receive_draft(*, payload: DraftPayload, by: Machine, at: datetime) -> Received:
    """Take a new draft, or find that it is there already with the same payload.

    :raises ScopeMissing: without drafts:write.
    :raises ExternalIdTaken: if the source posted something else under this external_id; params `draft_id`, `etag`.
    """
    require_scope(by, Scope.DRAFTS_WRITE)
    _queue_up(by, [payload.external_id])
    found = _existing(by, [payload.external_id]).get(payload.external_id)
    if found is None:
        return Received(draft=_add_drafts(payloads=[payload], by=by, at=at)[0], created=True)
    if found.payload_digest != payload.payload_digest:
        raise _taken(found)
    return Received(draft=found, created=False)


@quiet_action
def receive_batch(
    *, payloads: Sequence[DraftPayload], by: Machine, at: datetime
) -> tuple[Received | ReviewDeskError, ...]:
    """Take many drafts in one transaction; one that is refused is returned as its refusal and holds up no other.

    :raises ScopeMissing: without drafts:write.
    """
    require_scope(by, Scope.DRAFTS_WRITE)
    _queue_up(by, [payload.external_id for payload in payloads])
    known = _existing(by, [payload.external_id for payload in payloads])
    new = [payload for payload in payloads if payload.external_id not in known]
    first = list({payload.external_id: payload for payload in reversed(new)}.values())[::-1]
    added = {draft.external_id: draft for draft in _add_drafts(payloads=first, by=by, at=at)}
    answers: list[Received | ReviewDeskError] = []
    for payload in payloads:
        found = known.get(payload.external_id)
        draft = None if found else added.pop(payload.external_id, None)
        if draft is not None:
            answers.append(Received(draft=draft, created=True))
        elif found is None:
            answers.append(ExternalIdTaken("Another draft of this batch has the same external_id."))
        elif found.payload_digest == payload.payload_digest:
            answers.append(Received(draft=found, created=False))
        else:
            answers.append(_taken(found))
    return tuple(answers)


def _queue_up(by: Machine, external_ids: Sequence[str]) -> None:
    """Let two requests for one external_id pass one after the other; on SQLite all writers already do."""
    if connection.vendor == "postgresql":
        names = [f"{by.source_id}:{by.mode}:{external_id}".encode() for external_id in external_ids]
        numbers = sorted({int.from_bytes(hashlib.sha256(name).digest()[:8], "big", signed=True) for name in names})
        with connection.cursor() as cursor:  # in one order, or two batches could wait for each other
            cursor.execute("SELECT pg_advisory_xact_lock(n) FROM unnest(%s::bigint[]) AS n", [numbers])


def _existing(by: Machine, external_ids: Sequence[str]) -> dict[str, Draft]:
    own = Draft.objects.filter(source_id=by.source_id, mode=by.mode, external_id__in=external_ids)
    # Ids first: most drafts are new, and a join over all columns would be built for nothing.
    ids = list(own.values_list("pk", flat=True))
    rows = Draft.objects.select_related("source", "head").filter(pk__in=ids) if ids else ()
    return {draft.external_id: draft for draft in rows}


def _taken(found: Draft) -> ExternalIdTaken:
    digest = found.head.digest if found.head else ""
    return ExternalIdTaken(draft_id=found.pk, etag=etag_of(found.version, digest))


@bulk_action
def _add_drafts(*, payloads: Sequence[DraftPayload], by: Machine, at: datetime) -> list[Draft]:
    ids = [DraftId(uuid7(at)) for _ in payloads]
    # The revisions first: both keys are checked at commit, and a draft then needs no second write for its head.
    revisions = _add_revisions(
        [
            machine_text(
                draft_id=draft_id, payload=payload, by=by, at=at, number=1, parent=None, placement=Placement.HEAD
            )
            for draft_id, payload in zip(ids, payloads, strict=True)
        ],
        payloads,
    )
    drafts = Draft.objects.bulk_create(
        Draft(
            id=revision.draft_id,
            source_id=by.source_id,
            external_id=payload.external_id,
            mode=by.mode,
            head=revision,
            received_at=at,
            changed_at=at,
            **declared(payload=payload),
        )
        for payload, revision in zip(payloads, revisions, strict=True)
    )
    for draft_id in ids:
        begin_chain(str(draft_id))
    received = [
        DraftReceived(
            draft_id=DraftId(revision.draft_id),
            revision_id=RevisionId(revision.pk),
            source_id=by.source_id,
            digest=revision.digest,
            words=revision.words,
        )
        for revision in revisions
    ]
    events.record_each(facts=received, by=by, at=at)
    return drafts


def _add_revisions(revisions: Sequence[Revision], payloads: Sequence[DraftPayload]) -> list[Revision]:
    made = Revision.objects.bulk_create(revisions)
    ReceivedBody.objects.bulk_create(
        ReceivedBody(revision=revision, body=payload.received)
        for revision, payload in zip(made, payloads, strict=True)
        if payload.received is not None
    )
    return made


@quiet_action
def resubmit_draft(
    *,
    draft_id: UUID,
    payload: DraftPayload,
    by: Machine,
    at: datetime,
    expected_etag: str | None = None,
    after: int = 0,
) -> Resubmitted:
    """Take a new machine text for a draft. It never overwrites what a person wrote: then it is stored aside.

    :param expected_etag: what the caller read last; None: not compared.
    :param after: number of the revision that the last closed case ended with: what people wrote up to it is done.
    :raises ScopeMissing: without drafts:write.
    :raises DraftNotFound: if it is not the caller's draft.
    :raises StaleRevision: if `expected_etag` is not the current one; params `current`.
    :raises ExternalIdMismatch: if the payload names another external_id.
    :raises ValidationFailed: if plain text is to become Markdown, or the other way round.
    """
    require_scope(by, Scope.DRAFTS_WRITE)
    draft = _lock_own(draft_id, by=by, expected_etag=expected_etag)
    if payload.external_id != draft.external_id:
        raise ExternalIdMismatch(external_id=draft.external_id)
    if payload.payload_digest == draft.payload_digest:
        last = queries.machine_revisions_of(draft_ids=[draft.pk])[draft.pk]
        return Resubmitted(draft=draft, revision=last, placement=Placement(last.placement), changed=False)
    if (payload.format is Format.TEXT) != (draft.format == Format.TEXT.value):
        detail = "A draft stays plain text, or stays Markdown and HTML; post another draft instead."
        raise ValidationFailed(errors=[{"pointer": "/format", "code": "format_fixed", "detail": detail}])
    placement = Placement.ASIDE if _people_are_at_work(draft, after) else Placement.HEAD
    last = queries.machine_revisions_of(draft_ids=[draft.pk])[draft.pk]
    number = queries.revisions_of(draft_id=draft.pk).count() + 1
    parent = draft.head if placement is Placement.HEAD else last
    made = machine_text(
        draft_id=draft.pk, payload=payload, by=by, at=at, number=number, parent=parent, placement=placement
    )
    revision = _add_revisions([made], [payload])[0]
    if placement is Placement.HEAD:
        draft.head = revision
    _save(draft, {"head": draft.head, **declared(payload=payload)}, at)
    fact = DraftResubmitted(
        draft_id=DraftId(draft.pk),
        revision_id=RevisionId(revision.pk),
        source_id=by.source_id,
        digest=revision.digest,
        placement=placement.value,
    )
    events.record(fact, by=by, at=at)
    return Resubmitted(draft=draft, revision=revision, placement=placement, changed=True)


def _save(draft: Draft, changes: Mapping[str, Any], at: datetime) -> None:
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.version, draft.changed_at = draft.version + 1, at
    draft.save(update_fields=["version", "changed_at", *changes])


def _people_are_at_work(draft: Draft, after: int) -> bool:
    by_people = Revision.objects.filter(
        draft_id=draft.pk, origin=Origin.HUMAN.value, placement=Placement.HEAD.value, number__gt=after
    )
    return by_people.exists() or WorkingCopy.objects.filter(draft_id=draft.pk).exists()


def _lock_own(draft_id: UUID, *, by: Machine, expected_etag: str | None) -> Draft:
    draft = queries.lock_draft(draft_id=draft_id)
    if draft.source_id != by.source_id or draft.mode != by.mode:
        raise DraftNotFound
    current = etag_of(draft.version, draft.head.digest if draft.head else "")
    if expected_etag is not None and expected_etag != current:
        raise StaleRevision(current=current, draft_id=draft.pk)
    return draft


@action
def amend_draft(*, draft_id: UUID, patch: Mapping[str, Any], expected_etag: str, by: Machine, at: datetime) -> Draft:
    """Change what is not text: priority, due time, tags, context.

    :param patch: a merge patch, as it came.
    :raises ScopeMissing: without drafts:write.
    :raises DraftNotFound: if it is not the caller's draft.
    :raises StaleRevision: if `expected_etag` is not the current one; params `current`.
    :raises ValidationFailed: if a field may not be patched, or is wrong.
    """
    require_scope(by, Scope.DRAFTS_WRITE)
    draft = _lock_own(draft_id, by=by, expected_etag=expected_etag)
    changes = read_amendment(patch, context=draft.context, at=at)
    _save(draft, {**changes, "tag_line": tag_line(tags=changes.get("tags", draft.tags))}, at)
    events.record(DraftAmended(draft_id=DraftId(draft.pk), names=tuple(sorted(changes))), by=by, at=at)
    return draft
