"""What can happen to a draft and its text."""

from dataclasses import dataclass
from typing import ClassVar, NewType
from uuid import UUID

from content.events.facts import FACTS, Fact

DraftId = NewType("DraftId", UUID)
RevisionId = NewType("RevisionId", int)


@FACTS.register("source_created.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class SourceCreated(Fact):
    """A CMS or AI system may now be given tokens."""

    fact: ClassVar[str] = "source_created.v1"
    source_id: int


@FACTS.register("token_created.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class TokenCreated(Fact):
    """A Source got a token; only its lookup part is kept here."""

    fact: ClassVar[str] = "token_created.v1"
    source_id: int
    lookup: str
    scopes: tuple[str, ...]


@FACTS.register("token_revoked.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class TokenRevoked(Fact):
    """A token opens nothing any more."""

    fact: ClassVar[str] = "token_revoked.v1"
    source_id: int
    lookup: str


@FACTS.register("person_added.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class PersonAdded(Fact):
    """Somebody got an account."""

    fact: ClassVar[str] = "person_added.v1"
    user_id: int


@FACTS.register("role_granted.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class RoleGranted(Fact):
    """A person got a role."""

    fact: ClassVar[str] = "role_granted.v1"
    user_id: int
    role: str


@FACTS.register("role_revoked.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class RoleRevoked(Fact):
    """A person lost a role."""

    fact: ClassVar[str] = "role_revoked.v1"
    user_id: int
    role: str


@FACTS.register("draft_received.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class DraftReceived(Fact):
    """A Source posted a new draft; its text is Revision 1."""

    fact: ClassVar[str] = "draft_received.v1"
    wire: ClassVar[str] = "draft.received"
    draft_id: DraftId
    revision_id: RevisionId
    source_id: int
    digest: str
    words: int


@FACTS.register("draft_resubmitted.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class DraftResubmitted(Fact):
    """A Source sent a new machine text for a draft it had posted before."""

    fact: ClassVar[str] = "draft_resubmitted.v1"
    wire: ClassVar[str] = "draft.resubmitted"
    draft_id: DraftId
    revision_id: RevisionId
    source_id: int
    digest: str
    placement: str


@FACTS.register("draft_amended.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class DraftAmended(Fact):
    """A Source changed what is not text: priority, due time, tags or context."""

    fact: ClassVar[str] = "draft_amended.v1"
    draft_id: DraftId
    names: tuple[str, ...]


@FACTS.register("revision_saved.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class RevisionSaved(Fact):
    """A person's text became an immutable Revision."""

    fact: ClassVar[str] = "revision_saved.v1"
    draft_id: DraftId
    revision_id: RevisionId
    number: int
    digest: str
    placement: str


@FACTS.register("draft_rendered.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class DraftRendered(Fact):
    """The HTML and plain-text renditions of a Revision are there."""

    fact: ClassVar[str] = "draft_rendered.v1"
    draft_id: DraftId
    revision_id: RevisionId
    outcome: str
