"""Renditions of a text: made once, kept by the text's digest."""

from datetime import datetime
from uuid import UUID

from content.actors import Actor, require_system
from content.drafts import queries
from content.drafts.facts import DraftId, DraftRendered, RevisionId
from content.drafts.models import Rendering
from content.drafts.rendering import Rendered, rendered, renderer_of
from content.drafts.states import Format
from content.events import actions as events
from content.events.writing import quiet_action


def prepare_rendering(*, draft_id: UUID, revision_id: int, at: datetime) -> Rendered | None:  # noqa: ARG001 (of a Job)
    """Render a revision's text in a process of its own; None if that was done before.

    :raises RevisionNotFound: if there is no such revision.
    """
    revision = queries.get_revision(revision_id=revision_id)
    format_ = revision.draft.format
    if queries.rendering_of(text_sha256=revision.text_sha256, format_=format_) is not None:
        return None
    return rendered(revision.text, format_=Format(format_))


@quiet_action
def render(*, draft_id: UUID, revision_id: int, prepared: Rendered | None, by: Actor, at: datetime) -> None:
    """Keep the renditions that were made. Idempotent: a second time changes nothing.

    :raises NotPermitted: for anybody but the system.
    :raises RevisionNotFound: if there is no such revision.
    """
    require_system(by)
    if prepared is None:
        return
    revision = queries.get_revision(revision_id=revision_id)
    _, made = Rendering.objects.get_or_create(
        text_sha256=revision.text_sha256,
        renderer=renderer_of(Format(revision.draft.format)),
        defaults={
            "outcome": prepared.outcome,
            "html": prepared.html,
            "plain": prepared.plain,
            "created_at": at,
        },
    )
    if made:
        fact = DraftRendered(draft_id=DraftId(draft_id), revision_id=RevisionId(revision_id), outcome=prepared.outcome)
        events.record(fact, by=by, at=at)
