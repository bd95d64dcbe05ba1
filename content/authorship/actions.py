"""Work out who wrote each token of a revision, and keep it."""

from dataclasses import astuple
from datetime import datetime
from typing import TYPE_CHECKING

from content.actors import Actor
from content.authorship import queries
from content.authorship.attribute import Attributor
from content.authorship.attributed import Attributed, attributed, sentence_columns
from content.authorship.engine import Start, Step, resume, revision_text, step
from content.authorship.facts import RevisionAttributed
from content.authorship.measures import METHOD
from content.authorship.models import Attribution, AttributorState
from content.authorship.state import encode_spans
from content.drafts import queries as drafts
from content.drafts.facts import DraftId, RevisionId
from content.drafts.states import Placement
from content.events import actions as events
from content.events.frames import spare_jobs
from content.events.writing import quiet_action

if TYPE_CHECKING:
    from content.drafts.models import Revision


@quiet_action
def attribute(*, revision_id: RevisionId, by: Actor, at: datetime) -> None:
    """Attribute a revision and, before it, those that it was made from. Again: nothing.

    :raises RevisionNotFound: if there is no such revision.
    """
    revision = drafts.get_revision(revision_id=revision_id)
    drafts.lock_draft(draft_id=DraftId(revision.draft_id))
    if queries.is_measured(revision_id=revision_id):
        return
    attribute_revision(revision=revision, by=by, at=at)


@quiet_action
def attribute_revision(*, revision: "Revision", by: Actor, at: datetime) -> Attributed:
    """Attribute a revision that is not attributed yet, for a caller who holds the lock of its draft.

    :return: what was stored, so that the caller need not ask for it.
    """
    start = _start_of(revision, by=by, at=at)
    find = queries.pool_matches_in(draft_id=DraftId(revision.draft_id), text=revision.text, until=revision.created_at)
    found = step(start, revision_text(revision), find=find)
    result = attributed(
        found.attribution, text_sha256=revision.text_sha256, matches=found.matches, line=(*start.line, revision.pk)
    )
    Attribution.objects.create(
        revision=revision,
        method=METHOD,
        text_sha256=revision.text_sha256,
        measures=dict(result.measures),
        signals=[signal.to_json() for signal in result.signals],
        matches=[astuple(match) for match in result.matches],
        sentences=sentence_columns(result.sentences),
        line=list(result.line),
        spans=encode_spans(found.attribution),
        created_at=at,
    )
    if revision.placement == Placement.HEAD.value:
        _keep(found, result, draft_id=DraftId(revision.draft_id), at=at)
    spare_jobs(work=attribute, revision_id=RevisionId(revision.pk))
    events.record(
        RevisionAttributed(
            draft_id=DraftId(revision.draft_id),
            revision_id=RevisionId(revision.pk),
            method=METHOD,
            human_share=result.human_share,
        ),
        by=by,
        at=at,
    )
    return result


def _start_of(revision: "Revision", *, by: Actor, at: datetime) -> Start:
    """Return the engine as it stood before a revision; what is missing on the way is attributed first."""
    if revision.parent_id is None:
        return Start(engine=Attributor(language=revision.language), line=())
    draft_id, parent_id = DraftId(revision.draft_id), RevisionId(revision.parent_id)
    kept = resume(queries.standing_of(draft_id=draft_id), parent_id)
    if kept is not None:
        return kept
    for missing in queries.unmeasured_before(draft_id=draft_id, revision_id=RevisionId(revision.pk)):
        attribute_revision(revision=drafts.get_revision(revision_id=missing), by=by, at=at)
    return queries.engine_after(draft_id=draft_id, revision_id=parent_id)


def _keep(found: Step, result: Attributed, *, draft_id: DraftId, at: datetime) -> None:
    kept = {
        "revision_id": result.line[-1],
        "line": list(result.line),
        "state": found.engine.to_bytes(),
        "updated_at": at,
    }
    if not AttributorState.objects.filter(draft=draft_id).update(**kept):
        AttributorState.objects.create(draft_id=draft_id, **kept)
