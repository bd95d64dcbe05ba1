"""Two texts with nothing in common, and what puts them into the index."""

import uuid
from datetime import timedelta
from typing import Any

from content.actors import SYSTEM
from content.drafts.facts import DraftId, RevisionId
from content.drafts.models import Draft
from content.lineage import actions
from content.lineage.found import TextOrigin
from tests.make import NOON, Maker

LATER = NOON + timedelta(days=1)
PUMPS = (
    "A heat pump takes warmth from outside air and lifts it to a level at which radiators can use it. In old houses "
    "with thick walls this works well when the water in the pipes does not need to be hotter than fifty degrees. "
    "Larger radiators help because they give off the same warmth from cooler water, and so does wool in the roof."
)
BREAD = (
    "Bread keeps longest in a wooden box that lets a little air through while a linen cloth takes up the damp. "
    "Never put a loaf into the refrigerator, where cold turns its starch hard within hours. Slices that went stale "
    "make good crumbs, thicken soups and bind dumplings, so that a kitchen which plans ahead throws nothing "
    "of it away at the end of a week."
)


def index(draft: Draft) -> None:
    assert draft.head_id is not None
    actions.index_draft(draft_id=DraftId(draft.pk), revision_id=RevisionId(draft.head_id), by=SYSTEM, at=NOON)


def indexed(make: Maker, text: str, **fields: Any) -> Draft:
    draft = make.draft(body=text, **fields)
    index(draft)
    return draft


def published(make: Maker, text: str, *, human: int = 0) -> tuple[Draft, uuid.UUID]:
    """Return a draft that is public; its first `human` code points are a person's."""
    draft, attestation_id = indexed(make, text), uuid.uuid4()
    origins = [(0, human, TextOrigin.HUMAN), (human, len(text) + 1, TextOrigin.MACHINE)]
    actions.index_publication(
        draft_id=DraftId(draft.pk),
        revision_id=RevisionId(draft.head_id or 0),
        attestation_id=attestation_id,
        prepared=[row for row in origins if row[0] < row[1]],
        by=SYSTEM,
        at=NOON,
    )
    return draft, attestation_id
