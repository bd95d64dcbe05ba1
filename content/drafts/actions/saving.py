"""People's text: typed into a working copy, kept as immutable revisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from content.actors import Actor, Person
from content.drafts import queries
from content.drafts.attested import digest_of_fields, sha256_of
from content.drafts.facts import DraftId, RevisionId, RevisionSaved
from content.drafts.journal import JournalEntry
from content.drafts.models import Draft, Revision, WorkingCopy
from content.drafts.refusals import DraftNotFound, LeaseLost, StaleRevision, UnsavedText
from content.drafts.states import Format, Origin, Placement
from content.drafts.typed import Slice, Stored, advanced, checked_fields
from content.events import actions as events
from content.events.writing import action, quiet_action
from content.text.canonical import canonical
from content.text.segments import word_count


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A draft whose row the caller has locked, and what they read after that: its head, its newest number."""

    draft: Draft
    head: Revision
    newest: int


@quiet_action
def save_working_copy(
    *,
    draft_id: UUID,
    base: int,
    fence: int,
    start: int,
    entries: tuple[JournalEntry, ...],
    base_sha256: str,
    sha256: str,
    by: Person,
    at: datetime,
    text: str | None = None,
    title: str | None = None,
    summary: str | None = None,
    extras: Mapping[str, str] | None = None,
    held: Held | None = None,
) -> WorkingCopy:
    """Keep what a person typed: the slice of the journal since entry `start`, replayed here over what is stored.

    :param base: number of the head revision that was typed on.
    :param sha256: SHA-256 of the text that the slice leads to.
    :param text: the whole text, when the journal cannot explain it; it is then kept without a typing record.
    :param held: the draft, where the caller has locked it already.
    :raises StaleRevision: if `base` is not the head any more; params `head`.
    :raises LeaseLost: if another lease began or this one ended.
    :raises SequenceGap: if entries before `start` are missing; params `expected`.
    :raises JournalMismatch: if the slice does not lead to `sha256`.
    :raises TextTooLarge: if the text is over 512 KiB.
    :raises ValidationFailed: if title, summary or extras are over their limits.
    """
    draft, head = _lock_for_writing(draft_id, held, base=base, fence=fence)
    copy = queries.working_copy(draft_id=draft.pk, person_id=by.id) or _begin(draft, head, person_id=by.id, at=at)
    if copy.base_id != head.pk:  # typed on an older head and never closed: that text is kept beside the line
        _close(draft, head, copy, by=by, at=at, note="Kept when the text moved on.")
        copy = _begin(draft, head, person_id=by.id, at=at)
    stored = Stored(base_text=head.text, text=copy.text, entries=copy.entries, seq=copy.seq, trusted=copy.trusted)
    saved = advanced(stored, Slice(start=start, entries=entries, base_sha256=base_sha256, sha256=sha256, text=text))
    copy.text, copy.entries, copy.seq, copy.trusted = saved.text, saved.entries, saved.seq, saved.trusted
    copy.title = copy.title if title is None else title
    copy.summary = copy.summary if summary is None else summary
    copy.extras = copy.extras if extras is None else dict(extras)
    checked_fields(title=copy.title, summary=copy.summary, extras=copy.extras)
    copy.saved_at = at
    copy.save()
    return copy


def _lock_for_writing(draft_id: UUID, held: Held | None, *, base: int, fence: int) -> tuple[Draft, Revision]:
    draft = queries.lock_draft(draft_id=draft_id) if held is None else held.draft
    head = draft.head if held is None else held.head
    if head is None:
        raise DraftNotFound(draft_id=draft_id)
    if fence != draft.fence:
        raise LeaseLost(fence=draft.fence)
    if base != head.number:
        raise StaleRevision(head=head.number)
    return draft, head


def _begin(draft: Draft, head: Revision, *, person_id: int, at: datetime) -> WorkingCopy:
    """Return a copy of the head that is not stored yet."""
    return WorkingCopy(
        draft=draft,
        person_id=person_id,
        base=head,
        title=head.title,
        summary=head.summary,
        extras=head.extras,
        text=head.text,
        saved_at=at,
    )


@quiet_action
def save_revision(
    *, draft_id: UUID, base: int, fence: int, by: Person, at: datetime, note: str = "", held: Held | None = None
) -> Revision:
    """Make what a person typed the new head, and return it; the head as it is when nothing differs.

    :param held: the draft, where the caller has locked it already.
    :raises StaleRevision: if `base` is not the head any more; params `head`.
    :raises LeaseLost: if another lease began or this one ended.
    """
    draft, head = _lock_for_writing(draft_id, held, base=base, fence=fence)
    copy = queries.working_copy(draft_id=draft.pk, person_id=by.id)
    if copy is None:
        return head
    newest = held.newest if held else None
    return _close(draft, head, copy, by=by, at=at, note=note, newest=newest) or head


@quiet_action
def keep_working_copy(*, draft_id: UUID, person_id: int, by: Actor, at: datetime) -> Revision | None:
    """Make what a person typed a revision when their lease ends: nothing that was typed is ever lost.

    :return: the revision, on a branch of its own if the head is another one by now; None if nothing was typed.
    :raises DraftNotFound: if there is no such draft.
    """
    draft = queries.lock_draft(draft_id=draft_id)
    copy = queries.working_copy(draft_id=draft_id, person_id=person_id)
    if draft.head is None or copy is None:
        return None
    return _close(draft, draft.head, copy, by=by, at=at, note="Kept when the lease ended.")


def _close(
    draft: Draft,
    head: Revision,
    copy: WorkingCopy,
    *,
    by: Actor,
    at: datetime,
    note: str,
    newest: int | None = None,
) -> Revision | None:
    written = _Written.of_copy(copy)
    copy.delete()
    if written.equals(copy.base):
        return None
    placement = Placement.HEAD if copy.base_id == head.pk else Placement.BRANCH
    journal = {"base_sha256": copy.base.text_sha256, "entries": copy.entries} if copy.trusted else None
    return _store(
        draft, copy.base, written, placement=placement, journal=journal, by=by, at=at, note=note, newest=newest
    )


@action
def keep_branch(
    *,
    draft_id: UUID,
    base: int,
    text: str,
    title: str,
    summary: str,
    extras: Mapping[str, str],
    by: Person,
    at: datetime,
    note: str = "",
) -> Revision:
    """Keep the text of somebody who no longer holds the lease, beside the line that is reviewed.

    :raises DraftNotFound: if there is no such draft.
    :raises RevisionNotFound: if there is no revision `base`.
    :raises ValidationFailed: if a field is over its limit.
    """
    checked_fields(title=title, summary=summary, extras=extras)
    draft = queries.lock_draft(draft_id=draft_id)
    parent = queries.revision(draft_id=draft_id, number=base)
    written = _Written(person_id=by.id, text=canonical(text), title=title, summary=summary, extras=dict(extras))
    return _store(draft, parent, written, placement=Placement.BRANCH, journal=None, by=by, at=at, note=note)


@quiet_action
def restore_revision(*, draft_id: UUID, number: int, fence: int, by: Person, at: datetime) -> Revision:
    """Make the text of an older revision the new head, and return it; the head as it is when it equals that text.

    :raises LeaseLost: if another lease began or this one ended.
    :raises RevisionNotFound: if there is no such revision.
    :raises UnsavedText: if the person typed something that is no revision yet.
    """
    draft = queries.lock_draft(draft_id=draft_id)
    if draft.head is None or fence != draft.fence:
        raise LeaseLost(fence=draft.fence)
    old = queries.revision(draft_id=draft_id, number=number)
    copy = queries.working_copy(draft_id=draft_id, person_id=by.id)
    if copy is not None and not _Written.of_copy(copy).equals(copy.base):
        raise UnsavedText
    if copy is not None:
        copy.delete()
    written = _Written(person_id=by.id, text=old.text, title=old.title, summary=old.summary, extras=old.extras)
    if written.equals(draft.head):
        return draft.head
    note = f"Restored from version {number}."
    return _store(draft, draft.head, written, placement=Placement.HEAD, journal=None, by=by, at=at, note=note)


class _Written:
    """What a person wrote: the fields of a revision that people change."""

    def __init__(self, *, person_id: int, text: str, title: str, summary: str, extras: dict[str, str]) -> None:
        self.person_id, self.text, self.title, self.summary, self.extras = person_id, text, title, summary, extras

    @classmethod
    def of_copy(cls, copy: WorkingCopy) -> "_Written":
        return cls(person_id=copy.person_id, text=copy.text, title=copy.title, summary=copy.summary, extras=copy.extras)

    def equals(self, revision: Revision) -> bool:
        mine = (self.text, self.title, self.summary, self.extras)
        return mine == (revision.text, revision.title, revision.summary, revision.extras)


def _store(
    draft: Draft,
    parent: Revision,
    written: _Written,
    *,
    placement: Placement,
    journal: Mapping[str, Any] | None,
    by: Actor,
    at: datetime,
    note: str,
    newest: int | None = None,
) -> Revision:
    revision: Revision = Revision.objects.create(
        draft=draft,
        number=1 + (queries.revisions_of(draft_id=draft.pk).count() if newest is None else newest),
        parent=parent,
        placement=placement.value,
        journal=journal,
        note=note[:500],
        created_at=at,
        **_fields(draft, parent, written),
    )
    if placement is Placement.HEAD:
        draft.head = revision
    draft.version, draft.changed_at = draft.version + 1, at
    draft.save(update_fields=["head", "version", "changed_at"])
    fact = RevisionSaved(
        draft_id=DraftId(draft.pk),
        revision_id=RevisionId(revision.pk),
        number=revision.number,
        digest=revision.digest,
        placement=placement.value,
    )
    events.record(fact, by=by, at=at)
    return revision


def _fields(draft: Draft, parent: Revision, written: _Written) -> dict[str, Any]:
    """Return what of a revision follows from what was written over `parent`."""
    signed: dict[str, Any] = {
        "text": written.text,
        "title": written.title,
        "summary": written.summary,
        "extras": written.extras,
        "language": parent.language,
        "canonical_url": parent.canonical_url,
    }
    return signed | {
        "origin": Origin.HUMAN.value,
        "author": f"person:{written.person_id}",
        "text_sha256": sha256_of(written.text),
        "digest": digest_of_fields(format_=Format(draft.format), **signed),
        "words": word_count(written.text),
    }
