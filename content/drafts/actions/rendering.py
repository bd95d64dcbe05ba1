"""Renditions of a text: made once, kept by the text's digest."""

from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """Renditions that are not stored yet, and whose: digest of the text, and renderer."""

    text_sha256: str
    renderer: str
    made: Rendered


def prepare_rendering(*, draft_id: UUID, revision_id: int, at: datetime) -> Prepared | None:  # noqa: ARG001 (of a Job)
    """Render a revision's text in a process of its own; None if that was done before.

    :raises RevisionNotFound: if there is no such revision.
    """
    revision = queries.get_revision(revision_id=revision_id)
    format_ = Format(revision.draft.format)
    if queries.rendering_of(text_sha256=revision.text_sha256, format_=format_.value) is not None:
        return None
    made = rendered(revision.text, format_=format_)
    return Prepared(text_sha256=revision.text_sha256, renderer=renderer_of(format_), made=made)


@quiet_action
def render(*, draft_id: UUID, revision_id: int, prepared: Prepared | None, by: Actor, at: datetime) -> None:
    """Keep the renditions that were made. Idempotent: a second time changes nothing.

    :raises NotPermitted: for anybody but the system.
    :raises DraftNotFound: if there is no such draft.
    """
    require_system(by)
    if prepared is None:
        return
    queries.lock_draft(draft_id=draft_id)  # whoever writes to its chain of Events holds it
    kept = {"text_sha256": prepared.text_sha256, "renderer": prepared.renderer}
    if Rendering.objects.filter(**kept).exists():
        return
    made = prepared.made
    Rendering.objects.create(**kept, outcome=made.outcome, html=made.html, plain=made.plain, created_at=at)
    fact = DraftRendered(draft_id=DraftId(draft_id), revision_id=RevisionId(revision_id), outcome=made.outcome)
    events.record(fact, by=by, at=at)
