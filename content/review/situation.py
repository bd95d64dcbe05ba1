"""A case as guards and rules see it at one moment: plain values, no rows."""

from dataclasses import dataclass, field
from datetime import datetime

from content.actors import SourceId, Subject
from content.drafts.facts import DraftId, RevisionId
from content.drafts.states import Origin, Placement
from content.review.declaration import Declaration
from content.review.facts import CaseId
from content.review.states import OPEN_STATES, CaseState, Purpose, SignOffKind, VoidCause


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaseFacts:
    """Who holds a case, for what, and until when."""

    id: int
    holder_id: int
    purpose: Purpose
    fence: int
    taken_at: datetime
    seen_at: datetime
    expires_at: datetime
    active_seconds: int

    def is_over(self, at: datetime) -> bool:
        """Tell whether its time has run out; it holds nobody up any more, even before the sweeper has ended it."""
        return self.expires_at <= at


@dataclass(frozen=True, kw_only=True, slots=True)
class RevisionFacts:
    """A revision without its text."""

    id: RevisionId
    number: int
    parent_id: int | None
    origin: Origin
    placement: Placement
    author: str
    digest: str
    created_at: datetime
    requested_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignOffFacts:
    """A person's yes, and whether it counts now.

    `newest_number` is that of the newest revision on any line when it was given: what came later may break it.
    `carried_to` are the ids of revisions that it was carried to because they differ in form only.
    """

    id: int
    kind: SignOffKind
    person_id: int
    identity_key: str
    revision_id: int
    revision_number: int
    newest_number: int
    digest: str
    contributor: bool
    policy_version: int
    at: datetime
    statement: str = ""
    active_seconds: int = 0
    auth_method: str = ""
    responsible_id: int | None = None
    gate_result_id: int | None = None
    evidence_digest: str = ""
    declaration: Declaration = field(default_factory=Declaration)
    carried_to: frozenset[int] = frozenset()
    void_cause: VoidCause | None = None
    is_valid: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ObjectionFacts:
    """An approver's no that stands."""

    id: int
    person_id: int
    reason_code: str
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFacts:
    """Everything that decides what may happen to a case.

    `contributors` and `last_author` are identity keys; they and `newest_number`, of the revisions on every line, are
    known where `with_people` read them. `gate_approved` is the newest judgement of the stage `approve`
    on the head under the policy in force. `has_comment_for_source`: an open comment says what the Source is to change.
    """

    case_id: CaseId
    draft_id: DraftId
    state: CaseState
    source_id: SourceId
    kind: str
    language: str
    version: int
    fence: int
    opened_at: datetime
    head_id: RevisionId
    head_number: int
    head_digest: str
    policy_id: int
    policy_version: int
    four_eyes: str
    lease: LeaseFacts | None = None
    changes_asked: bool = False
    was_published: bool = False
    has_comment_for_source: bool = False
    gate_approved: bool = False
    leases_of_actor: int = 0
    wip_limit: int = 5
    open_threads: int = 0
    objections: tuple[ObjectionFacts, ...] = ()
    sign_offs: tuple[SignOffFacts, ...] = ()
    contributors: frozenset[str] = frozenset()
    last_author: str = ""
    newest_number: int = 0

    @property
    def subject(self) -> Subject:
        """What permissions are asked for."""
        return Subject(source_id=self.source_id, kind=self.kind, language=self.language)

    @property
    def is_open(self) -> bool:
        """Whether the case has not ended."""
        return self.state in OPEN_STATES

    @property
    def valid_sign_offs(self) -> tuple[SignOffFacts, ...]:
        """The sign-offs that count now, oldest first."""
        return tuple(each for each in self.sign_offs if each.is_valid)

    @property
    def editor_sign_off(self) -> SignOffFacts | None:
        """The newest editor's sign-off that counts."""
        editors = [each for each in self.valid_sign_offs if each.kind is SignOffKind.EDITOR]
        return editors[-1] if editors else None
