"""What can happen to a case."""

from dataclasses import dataclass
from typing import ClassVar, NewType
from uuid import UUID

from content.drafts.facts import DraftId, RevisionId
from content.events.facts import FACTS, Fact

CaseId = NewType("CaseId", UUID)


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFact(Fact):
    """Something that happened to a case."""

    draft_id: DraftId
    case_id: CaseId


@FACTS.register("case_opened.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class CaseOpened(CaseFact):
    """A draft waits for people."""

    fact: ClassVar[str] = "case_opened.v1"
    wire: ClassVar[str] = "case.opened"
    policy_id: int
    risk: int


@FACTS.register("case_claimed.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class CaseClaimed(CaseFact):
    """A person took a case to edit or to approve."""

    fact: ClassVar[str] = "case_claimed.v1"
    wire: ClassVar[str] = "case.claimed"
    lease_id: int
    purpose: str
    fence: int


@FACTS.register("lease_released.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class LeaseReleased(CaseFact):
    """A person gave a case back."""

    fact: ClassVar[str] = "lease_released.v1"
    lease_id: int


@FACTS.register("lease_expired.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class LeaseExpired(CaseFact):
    """A lease ran out; the text typed under it is kept."""

    fact: ClassVar[str] = "lease_expired.v1"
    lease_id: int


@FACTS.register("case_handed_over.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class CaseHandedOver(CaseFact):
    """A case went from one person to another, with a note that the Comment of this id holds."""

    fact: ClassVar[str] = "case_handed_over.v1"
    to_user_id: int
    comment_id: int


@FACTS.register("case_assigned.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class CaseAssigned(CaseFact):
    """A manager changed assignee, priority or due time; `names` says which."""

    fact: ClassVar[str] = "case_assigned.v1"
    names: tuple[str, ...]
    to_user_id: int | None = None


@FACTS.register("claim_checked.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimChecked(CaseFact):
    """A person decided about sentences, each named by its hash."""

    fact: ClassVar[str] = "claim_checked.v1"
    sentence_hashes: tuple[str, ...]
    state: str


@FACTS.register("comment_added.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class CommentAdded(CaseFact):
    """Somebody remarked on the text."""

    fact: ClassVar[str] = "comment_added.v1"
    wire: ClassVar[str] = "case.commented"
    comment_id: int


@FACTS.register("thread_resolved.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class ThreadResolved(CaseFact):
    """A thread of comments is answered."""

    fact: ClassVar[str] = "thread_resolved.v1"
    comment_id: int


@FACTS.register("thread_reopened.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class ThreadReopened(CaseFact):
    """A thread of comments waits for an answer again."""

    fact: ClassVar[str] = "thread_reopened.v1"
    comment_id: int


@FACTS.register("paste_declared.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class PasteDeclared(CaseFact):
    """A person said where a pasted passage comes from."""

    fact: ClassVar[str] = "paste_declared.v1"
    passage_hash: str
    origin: str


@FACTS.register("finding_dismissed.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class FindingDismissed(CaseFact):
    """A person decided, with a reason, that what a check found may stay."""

    fact: ClassVar[str] = "finding_dismissed.v1"
    finding_hash: str
    check: str


@FACTS.register("gate_changed.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class GateChanged(CaseFact):
    """The gate answers otherwise than before."""

    fact: ClassVar[str] = "gate_changed.v1"
    revision_id: RevisionId
    gate_result_id: int
    stage: str
    approved: bool


@FACTS.register("sign_off_given.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class SignOffGiven(CaseFact):
    """A person put their yes to exact bytes."""

    fact: ClassVar[str] = "sign_off_given.v1"
    wire: ClassVar[str] = "signoff.given"
    sign_off_id: int
    kind: str
    digest: str
    policy_version: int


@FACTS.register("sign_off_voided.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class SignOffVoided(CaseFact):
    """Sign-offs count no more."""

    fact: ClassVar[str] = "sign_off_voided.v1"
    wire: ClassVar[str] = "signoff.voided"
    sign_off_ids: tuple[int, ...]
    void_cause: str
    revision_id: RevisionId | None = None


@FACTS.register("sign_off_carried.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class SignOffCarried(CaseFact):
    """Sign-offs hold for a text that differs from the signed one in form only."""

    fact: ClassVar[str] = "sign_off_carried.v1"
    sign_off_ids: tuple[int, ...]
    revision_id: RevisionId
    method: str


@FACTS.register("case_sent_back.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class CaseSentBack(CaseFact):
    """An approver returned a case to its editor."""

    fact: ClassVar[str] = "case_sent_back.v1"
    objection_id: int
    reason_code: str


@FACTS.register("objection_lifted.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class ObjectionLifted(CaseFact):
    """An objection stands no more."""

    fact: ClassVar[str] = "objection_lifted.v1"
    objection_id: int


@FACTS.register("changes_requested.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class ChangesRequested(CaseFact):
    """People asked the Source for another text."""

    fact: ClassVar[str] = "changes_requested.v1"
    wire: ClassVar[str] = "case.changes_requested"
    comment_ids: tuple[int, ...]


@FACTS.register("case_ready.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class CaseReady(CaseFact):
    """Everything the policy asks for before publication is there."""

    fact: ClassVar[str] = "case_ready.v1"
    wire: ClassVar[str] = "case.ready"
    revision_id: RevisionId
    digest: str


@FACTS.register("case_rejected.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRejected(CaseFact):
    """A person decided that this draft is not to be published."""

    fact: ClassVar[str] = "case_rejected.v1"
    wire: ClassVar[str] = "case.rejected"
    reason_code: str


@FACTS.register("draft_withdrawn.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class DraftWithdrawn(CaseFact):
    """The Source, or a manager, took a draft back before it was ever live."""

    fact: ClassVar[str] = "draft_withdrawn.v1"
    wire: ClassVar[str] = "draft.withdrawn"


@FACTS.register("responsible_party_set.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class ResponsiblePartySet(Fact):
    """Somebody answers for published texts from now on."""

    fact: ClassVar[str] = "responsible_party_set.v1"
    party_id: int
