"""That a text was read by the language checks."""

from dataclasses import dataclass
from typing import ClassVar

from content.drafts.facts import DraftId, RevisionId
from content.events.facts import FACTS, Fact


@FACTS.register("draft_analyzed.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class DraftAnalyzed(Fact):
    """Sentences, claims to check and findings of a Revision are stored."""

    fact: ClassVar[str] = "draft_analyzed.v1"
    draft_id: DraftId
    revision_id: RevisionId
    engine: str
    claims: int
    findings: int
