"""Answer what checks ask about a text: where a passage comes from, why a finding may stay."""

from datetime import datetime
from urllib.parse import urlsplit

from content.actors import Person
from content.drafts import queries as draft_queries
from content.drafts.actions import counters
from content.events import actions as events
from content.events.writing import action
from content.review import transitions
from content.review.actions.conclusions import conclude
from content.review.facts import CaseId, FindingDismissed, PasteDeclared
from content.review.models import FindingDismissal, PasteDeclaration
from content.review.queries import cases as case_queries
from content.review.queries import evidence as evidences
from content.review.queries.facts import Standing, standing_of
from content.review.refusals import CheckIncomplete, ReasonTooShort, UnknownPassage
from content.review.states import PasteOrigin
from content.text.segments import sentence_hash

NOTE_LENGTH = 10


@action
def declare_pasted(
    *,
    case_id: CaseId,
    passage: str,
    origin: PasteOrigin,
    by: Person,
    at: datetime,
    source_url: str = "",
    note: str = "",
) -> PasteDeclaration:
    """Say where a passage comes from that arrived in one piece. It counts no more as one's own for that.

    :param passage: the words as they stand in the text.
    :raises UnknownPassage: if they do not stand there.
    :raises CheckIncomplete: for a quotation without the address of its source, or one's own text without a word on it.
    :raises NotPermitted: without EDIT.
    """
    case = case_queries.lock_case(case_id=case_id)
    standing = standing_of(case_id=case_id, by=by)
    transitions.check("declare_pasted", standing.facts, by)
    if not passage.strip() or not any(passage.strip() in text for text in _texts(standing, by)):
        raise UnknownPassage
    if origin is PasteOrigin.QUOTED and urlsplit(source_url).scheme not in {"http", "https"}:
        raise CheckIncomplete("Give the address that this is quoted from.", field="source_url")
    if origin is not PasteOrigin.QUOTED and len(note.strip()) < NOTE_LENGTH:
        raise CheckIncomplete(f"Say how you came by it in {NOTE_LENGTH} characters or more.", field="note")
    made = PasteDeclaration.objects.create(
        draft_id=standing.facts.draft_id,
        passage_hash=sentence_hash(passage.strip()),
        origin=origin.value,
        source_url=source_url.strip(),
        note=note.strip(),
        person_id=by.id,
        at=at,
    )
    declared = PasteDeclared(
        draft_id=standing.facts.draft_id, case_id=case_id, passage_hash=made.passage_hash, origin=origin.value
    )
    counters.raise_version(draft=case.draft, by=by, at=at)
    cause = events.record(declared, by=by, at=at)
    conclude(case_id=case_id, cause=cause, known=standing, at=at)
    return made


@action
def dismiss_finding(*, case_id: CaseId, finding_hash: str, reason: str, by: Person, at: datetime) -> FindingDismissal:
    """Let something stay that an enforced check complains about. It comes back when its line changes.

    :raises UnknownPassage: if the head has no such open finding.
    :raises ReasonTooShort: without a reason of 10 characters.
    :raises NotPermitted: without DISMISS_FINDINGS.
    """
    case = case_queries.lock_case(case_id=case_id)
    standing = standing_of(case_id=case_id, by=by)
    transitions.check("dismiss_finding", standing.facts, by)
    reading = evidences.reading_of(revision=standing.head)
    found = dict(evidences.open_findings(draft_id=standing.facts.draft_id, reading=reading))
    if finding_hash not in found:
        raise UnknownPassage
    if len(reason.strip()) < NOTE_LENGTH:
        raise ReasonTooShort(f"Say why it may stay in {NOTE_LENGTH} characters or more.")
    made = FindingDismissal.objects.create(
        draft_id=standing.facts.draft_id,
        finding_hash=finding_hash,
        check_name=found[finding_hash].check,
        reason=reason.strip(),
        person_id=by.id,
        at=at,
    )
    dismissed = FindingDismissed(
        draft_id=standing.facts.draft_id, case_id=case_id, finding_hash=finding_hash, check=made.check_name
    )
    counters.raise_version(draft=case.draft, by=by, at=at)
    cause = events.record(dismissed, by=by, at=at)
    conclude(case_id=case_id, cause=cause, known=standing, at=at)
    return made


def _texts(standing: Standing, by: Person) -> list[str]:
    typed = draft_queries.working_copy(draft_id=standing.facts.draft_id, person_id=by.id)
    return [standing.head.text, *([typed.text] if typed is not None else [])]
