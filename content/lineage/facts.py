"""What is known about where a text comes from."""

from dataclasses import dataclass
from typing import ClassVar

from content.drafts.facts import DraftId, RevisionId
from content.events.facts import FACTS, Fact


@FACTS.register("draft_indexed.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class DraftIndexed(Fact):
    """The fingerprints, the depth and the look-alikes of a machine text are known. `reuse_share` is 0..1."""

    fact: ClassVar[str] = "draft_indexed.v1"
    wire: ClassVar[str] = "draft.indexed"
    draft_id: DraftId
    revision_id: RevisionId
    depth_max: int
    depth_basis: str
    reuse_share: float


@FACTS.register("publication_indexed.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class PublicationIndexed(Fact):
    """A published text can now be found again when somebody reuses it."""

    fact: ClassVar[str] = "publication_indexed.v1"
    draft_id: DraftId
    revision_id: RevisionId
