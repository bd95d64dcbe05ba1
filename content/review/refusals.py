"""What review refuses, each with its stable code (review.md, section 13)."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from content.actors import NotPermitted, PeopleOnly, ScopeMissing
from content.drafts.refusals import LeaseLost
from content.errors import Conflict, Invalid, NotFound, Refused, ReviewDeskError


class _Verdict(Protocol):
    def to_value(self) -> dict[str, object]: ...


class CaseNotFound(NotFound):
    """There is no such case, or it is not yours to see."""

    code = "case_not_found"


class NothingWaits(NotFound):
    """Nothing waits that you could take."""

    code = "nothing_waits"


class CaseClosed(Conflict):
    """This case has ended; a new text of its source opens another."""

    code = "case_closed"


class NotInState(Conflict):
    """The case is not in a state that allows this; look again and decide anew."""

    code = "not_in_state"


class AlreadyPublished(Conflict):
    """This text is out; it can be corrected or retracted, not taken back."""

    code = "already_published"


class LeaseHeld(Conflict):
    """Somebody else works on this case; ask them to hand it over."""

    code = "lease_held"


class WipLimit(Conflict):
    """You hold as many cases as one person may; sign, release or hand one over first."""

    code = "wip_limit"


class DigestMismatch(Conflict):
    """The text or the policy is not the one you were shown; look at what changed and decide anew."""

    code = "digest_mismatch"


class EvidenceNotReady(Conflict):
    """This text is still being measured; try again in two seconds."""

    code = "evidence_not_ready"


class GatePending(Conflict):
    """The policy asks for more before this can be signed."""

    code = "gate_pending"

    def __init__(self, verdicts: Sequence[_Verdict]) -> None:
        self.verdicts = tuple(verdicts)
        rows = [verdict.to_value() for verdict in verdicts]
        sentences = " ".join(str(row["reason"]) for row in rows)
        super().__init__(sentences, verdicts=rows)


class ReauthenticationRequired(Refused):
    """Log in again: a sign-off needs a log-in that is at most five minutes old."""

    code = "reauthentication_required"


class NotADistinctPerson(Refused):
    """You worked on this text, so somebody else must approve it."""

    code = "not_a_distinct_person"


class DeclarationIncomplete(Invalid):
    """The declaration is not complete."""

    code = "declaration_incomplete"

    def __init__(self, detail: str = "", *, fields: Sequence[str]) -> None:
        self.fields = tuple(fields)
        super().__init__(detail, fields=list(fields))


class ReasonTooShort(Invalid):
    """Say why, in a sentence the other side can act on."""

    code = "reason_too_short"


class NothingToChange(Conflict):
    """Say what the source is to change: write a comment meant for it first."""

    code = "nothing_to_change"


class UnknownSentence(Invalid):
    """These sentences do not stand in the text any more; look again."""

    code = "unknown_sentence"


class OneParagraphAtATime(Invalid):
    """Read and mark one paragraph at a time."""

    code = "one_paragraph_at_a_time"


class CheckIncomplete(Invalid):
    """Say what this was checked against; a source needs its address, a dismissal its reason."""

    code = "check_incomplete"


class UnknownPassage(Invalid):
    """This passage does not stand in the text any more; look again."""

    code = "unknown_passage"


class CommentNotFound(NotFound):
    """There is no such comment."""

    code = "comment_not_found"


class CommentInvalid(Invalid):
    """Write between 1 and 5,000 characters."""

    code = "comment_invalid"


class ObjectionNotFound(NotFound):
    """There is no such objection, or it is lifted already."""

    code = "objection_not_found"


class PartyInvalid(Invalid):
    """Name who answers for the text, with an https page that the public can open."""

    code = "party_invalid"


class FilterUnknown(Invalid):
    """There is no such filter."""

    code = "filter_unknown"
    status = 400


class CursorInvalid(Invalid):
    """This page link does not fit the list any more; start from its first page."""

    code = "cursor_invalid"
    status = 400


BY_CODE: Mapping[str, type[ReviewDeskError]] = {
    each.code: each
    for each in (
        PeopleOnly,
        NotPermitted,
        ScopeMissing,
        CaseClosed,
        NotInState,
        AlreadyPublished,
        LeaseHeld,
        LeaseLost,
        WipLimit,
        NotADistinctPerson,
        NothingToChange,
    )
}
