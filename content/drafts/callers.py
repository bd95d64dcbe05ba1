"""Facts about who calls and about the line of revisions, as other parts and the doors get them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from content.actors import Machine
from content.drafts.intake.payload import SourceFacts


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """A program that showed a valid token."""

    machine: Machine
    source: SourceFacts
    token_name: str
    lookup: str
    expires_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RevisionLine:
    """One revision without its text. `requested_by` is the subject who prompted a machine text, or empty."""

    id: int
    number: int
    parent_id: int | None
    origin: str
    placement: str
    author: str
    digest: str
    created_at: datetime
    requested_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftFilter:
    """What a list of drafts is narrowed to; empty: not narrowed. `before` is the id that the page before ended with."""

    kind: str = ""
    language: str = ""
    tag: str = ""
    external_id: str = ""
    updated_since: datetime | None = None
    before: UUID | None = None
    limit: int = 50
