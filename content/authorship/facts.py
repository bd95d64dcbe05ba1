"""That authorship is known."""

from dataclasses import dataclass
from typing import ClassVar

from content.drafts.facts import DraftId, RevisionId
from content.events.facts import FACTS, Fact


@FACTS.register("revision_attributed.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class RevisionAttributed(Fact):
    """Who wrote each token of a Revision is known and stored. `human_share` is 0..1."""

    fact: ClassVar[str] = "revision_attributed.v1"
    draft_id: DraftId
    revision_id: RevisionId
    method: str
    human_share: float
