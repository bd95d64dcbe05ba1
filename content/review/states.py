"""Closed sets of words that cases, leases, claims and sign-offs use."""

from enum import StrEnum


class CaseState(StrEnum):
    """Where a review cycle stands. The open ones are derived from facts (`transitions.settle`)."""

    QUEUED = "queued"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    AWAITING_SECOND = "awaiting_second"
    READY = "ready"
    CLOSED_PUBLISHED = "closed_published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OPEN_STATES = (
    CaseState.QUEUED,
    CaseState.IN_REVIEW,
    CaseState.CHANGES_REQUESTED,
    CaseState.AWAITING_SECOND,
    CaseState.READY,
)


class Purpose(StrEnum):
    """What a lease is for."""

    EDIT = "edit"
    APPROVE = "approve"


class LeaseEnd(StrEnum):
    """Why a lease ended."""

    RELEASED = "released"
    EXPIRED = "expired"
    HANDED_OVER = "handed_over"
    SIGNED = "signed"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    CHANGES_REQUESTED = "changes_requested"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"
    ROLE_LOST = "role_lost"


class ClaimState(StrEnum):
    """What a person found about a sentence.

    `stands` is for sentences without a claim: read, may stay as it is. `allowed` is a manager's: nobody can verify it,
    and it may stay all the same, for a written reason.
    """

    UNCHECKED = "unchecked"
    CORRECT = "correct"
    CORRECTED = "corrected"
    REMOVED = "removed"
    CANNOT_VERIFY = "cannot_verify"
    NOT_A_CLAIM = "not_a_claim"
    STANDS = "stands"
    ALLOWED = "allowed"


class Basis(StrEnum):
    """What a claim was checked against."""

    SOURCE = "source"
    OWN_KNOWLEDGE = "own_knowledge"
    EXPERIMENT = "experiment"
    AI_ANSWER = "ai_answer"


class PasteOrigin(StrEnum):
    """What a person says about a passage that came in one piece."""

    OWN = "own"
    DICTATED = "dictated"
    QUOTED = "quoted"


class SignOffKind(StrEnum):
    """Whose yes it is."""

    EDITOR = "editor"
    APPROVER = "approver"


class VoidCause(StrEnum):
    """Why a sign-off counts no more."""

    SUBSTANTIVE = "substantive"
    MINOR = "minor"
    REVERT = "revert"
    MACHINE = "machine"
    SENT_BACK = "sent_back"
    CHANGES_REQUESTED = "changes_requested"
    ACTOR = "actor"
