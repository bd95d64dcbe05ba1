"""Save what an editor types: every few seconds as a working copy, now and then as a version. No text is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from content.actors import SYSTEM, Person, require
from content.authorship import queries as authorship_queries
from content.authorship.actions import attribute_revision
from content.drafts.actions import saving
from content.drafts.actions.saving import Held
from content.drafts.facts import RevisionId
from content.drafts.journal import Journal, JournalEntry, parse_entries
from content.events.frames import spare_jobs
from content.events.writing import quiet_action
from content.permissions import Permission
from content.review import transitions
from content.review.actions.conclusions import conclude
from content.review.actions.holding import demand_lease, touch_lease
from content.review.actions.judging import judge, note_revision
from content.review.facts import CaseId
from content.review.queries import cases as case_queries
from content.review.queries import evidence as evidences
from content.review.queries import gate as gates
from content.review.queries.facts import Standing, standing_of, with_head
from content.review.queries.gate import Judgement

if TYPE_CHECKING:
    from content.drafts.models import Revision, WorkingCopy


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedText:
    """What an autosave answers. `seq` counts the journal entries that are stored."""

    seq: int
    sha256: str
    saved_at: datetime
    judgement: Judgement


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedVersion:
    """What saving a version answers. `changed` is False when the head stands for this text already."""

    revision: "Revision"
    changed: bool
    judgement: Judgement


@quiet_action
def save_text(
    *,
    case_id: CaseId,
    fence: int,
    base: int,
    start: int,
    entries: Sequence[JournalEntry],
    base_sha256: str,
    sha256: str,
    by: Person,
    at: datetime,
    text: str | None = None,
    title: str | None = None,
    summary: str | None = None,
    extras: Mapping[str, str] | None = None,
) -> SavedText:
    """Keep what is being typed, and say how the text stands; nothing is judged for good.

    :param base: number of the revision it is typed on; `start`: how many entries the server has already.
    :raises LeaseLost: if the lease ran out or somebody else has the case now.
    :raises Conflict: `sequence_gap` with `expected`, `stale_revision` when the head is not `base`.
    :raises Invalid: `journal_mismatch` when the entries do not lead to `sha256` and no text came, `text_too_large`.
    :raises NotPermitted: without EDIT.
    """
    standing = _to_edit(case_id, fence, by, at)
    copy = saving.save_working_copy(
        draft_id=standing.facts.draft_id,
        base=base,
        fence=fence,
        start=start,
        entries=tuple(entries),
        base_sha256=base_sha256,
        sha256=sha256,
        by=by,
        at=at,
        text=text,
        title=title,
        summary=summary,
        extras=extras,
        held=_held(standing),
    )
    _seen(standing, by, at)
    judgement = judge_typed(standing=standing, copy=copy, base_sha256=base_sha256, at=at)
    return SavedText(seq=copy.seq, sha256=sha256, saved_at=copy.saved_at, judgement=judgement)


@quiet_action
def save_version(*, case_id: CaseId, fence: int, base: int, by: Person, at: datetime, note: str = "") -> SavedVersion:
    """Make the working copy a version, measure who wrote it and judge it at once.

    :raises LeaseLost: if the lease ran out or somebody else has the case now.
    :raises Conflict: `stale_revision` when the head is not `base`.
    :raises NotPermitted: without EDIT.
    """
    standing = _to_edit(case_id, fence, by, at)
    revision = saving.save_revision(
        draft_id=standing.facts.draft_id, base=base, fence=fence, by=by, at=at, note=note, held=_held(standing)
    )
    return _concluded(standing, revision, by, at)


@quiet_action
def restore(*, case_id: CaseId, fence: int, number: int, by: Person, at: datetime) -> SavedVersion:
    """Make an older version the text again, as a new version; no sign-off comes back with it.

    :raises LeaseLost: if the lease ran out or somebody else has the case now.
    :raises Conflict: `unsaved_text` while typed text is not saved as a version.
    :raises NotPermitted: without EDIT.
    """
    standing = _to_edit(case_id, fence, by, at)
    revision = saving.restore_revision(draft_id=standing.facts.draft_id, number=number, fence=fence, by=by, at=at)
    return _concluded(standing, revision, by, at)


@quiet_action
def keep_late_text(
    *,
    case_id: CaseId,
    base: int,
    text: str,
    title: str,
    summary: str,
    extras: Mapping[str, str],
    by: Person,
    at: datetime,
) -> "Revision":
    """Keep what somebody typed after their lease had ended, beside the text, so that it can be merged.

    :raises NotPermitted: without EDIT.
    """
    case = case_queries.lock_case(case_id=case_id)
    require(by, Permission.EDIT, standing_of(case_id=case_id).facts.subject)
    return saving.keep_branch(
        draft_id=case.draft_id, base=base, text=text, title=title, summary=summary, extras=extras, by=by, at=at
    )


def judge_typed(*, standing: Standing, copy: "WorkingCopy", base_sha256: str, at: datetime) -> Judgement:
    """Return how a text stands that is being typed. Nothing is stored."""
    journal = Journal(base_sha256, parse_entries(copy.entries)) if copy.trusted else None
    try:
        attributed = authorship_queries.measure(
            draft_id=standing.facts.draft_id,
            base_id=RevisionId(copy.base_id),
            text=copy.text,
            author=f"person:{copy.person_id}",
            journal=journal,
            at=at,
        )
    except authorship_queries.NotMeasured:
        attributed = None
    reading = evidences.typed_reading(draft=standing.case.draft, head=standing.head, copy=copy, attributed=attributed)
    return gates.judged(standing=standing, reading=reading, at=at)


def _to_edit(case_id: CaseId, fence: int, by: Person, at: datetime) -> Standing:
    case_queries.lock_case(case_id=case_id)
    standing = standing_of(case_id=case_id, by=by)
    transitions.check("edit", standing.facts, by)
    demand_lease(facts=standing.facts, fence=fence, at=at)
    return standing


def _held(standing: Standing) -> Held:
    """Return the draft for the part that writes its text: it was read after its row was locked."""
    case: Any = standing.case
    return Held(draft=case.draft, head=standing.head, newest=case.newest)


def _seen(standing: Standing, by: Person, at: datetime) -> None:
    if standing.live_lease is not None:
        touch_lease(lease=standing.live_lease, by=by, at=at)


def _concluded(standing: Standing, revision: "Revision", by: Person, at: datetime) -> SavedVersion:
    _seen(standing, by, at)
    if revision.number == standing.facts.head_number:
        return SavedVersion(revision=revision, changed=False, judgement=gates.judged(standing=standing, at=at))
    attributed = attribute_revision(revision=revision, by=SYSTEM, at=at)
    reading = evidences.measured_reading(revision=revision, attributed=attributed)
    now = with_head(standing=standing, head=revision)
    concluded = conclude(case_id=standing.facts.case_id, reading=reading, known=now, at=at)
    for work in (judge, note_revision):  # just done
        spare_jobs(work=work, draft_id=standing.facts.draft_id)
    judgement = concluded.judgement or gates.gate_of(case_id=standing.facts.case_id, at=at)
    return SavedVersion(revision=revision, changed=True, judgement=judgement)
