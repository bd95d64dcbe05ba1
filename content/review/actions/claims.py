"""Record what people find about sentences: claims one by one, sentences left as they are a paragraph at a time."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from content.actors import Person, require
from content.drafts import queries as draft_queries
from content.drafts.actions import counters
from content.events import actions as events
from content.events.writing import action
from content.language import queries as language_queries
from content.permissions import Permission
from content.review import transitions
from content.review.actions.conclusions import conclude
from content.review.facts import CaseId, ClaimChecked
from content.review.models import ClaimCheck
from content.review.queries import cases as case_queries
from content.review.queries.facts import Standing, standing_of
from content.review.refusals import CheckIncomplete, OneParagraphAtATime, UnknownSentence
from content.review.sentences import hashes_by_paragraph
from content.review.states import Basis, ClaimState

REASON_LENGTH = 10
ALLOWING_LENGTH = 20
AT_ONCE = 200


@action
def check_claims(
    *,
    case_id: CaseId,
    sentence_hashes: Sequence[str],
    state: ClaimState,
    by: Person,
    at: datetime,
    basis: Basis | None = None,
    source_url: str = "",
    note: str = "",
) -> tuple[ClaimCheck, ...]:
    """Say one thing about sentences of the text, or of what one is typing; the latest that was said counts.

    :raises UnknownSentence: if one of them does not stand in the text.
    :raises OneParagraphAtATime: for `stands` on sentences of several paragraphs.
    :raises CheckIncomplete: without what the state asks for: a basis, a source's address, a reason.
    :raises NotPermitted: without CHECK_CLAIMS; for `allowed`, without ASSIGN.
    :raises CaseClosed: if the case has ended.
    """
    case = case_queries.lock_case(case_id=case_id)
    standing = standing_of(case_id=case_id, by=by)
    transitions.check("check_claims", standing.facts, by)
    if state is ClaimState.ALLOWED:
        require(by, Permission.ASSIGN, standing.facts.subject)
    _complete(state, basis, source_url.strip(), note.strip())
    hashes = tuple(dict.fromkeys(sentence_hashes))
    _standing_in_text(standing, by, hashes, state)
    checks = ClaimCheck.objects.bulk_create(
        ClaimCheck(
            draft_id=standing.facts.draft_id,
            sentence_hash=each,
            state=state.value,
            basis=basis.value if basis else "",
            source_url=source_url.strip(),
            note=note.strip(),
            person_id=by.id,
            at=at,
        )
        for each in hashes
    )
    checked = ClaimChecked(draft_id=standing.facts.draft_id, case_id=case_id, sentence_hashes=hashes, state=state.value)
    counters.raise_version(draft=case.draft, by=by, at=at)
    cause = events.record(checked, by=by, at=at)
    conclude(case_id=case_id, cause=cause, known=standing, at=at)
    return tuple(checks)


def _complete(state: ClaimState, basis: Basis | None, source_url: str, note: str) -> None:
    if state in {ClaimState.CORRECT, ClaimState.CORRECTED} and basis is None:
        raise CheckIncomplete("Say what you checked this against.", field="basis")
    if basis is Basis.SOURCE and urlsplit(source_url).scheme not in {"http", "https"}:
        raise CheckIncomplete("Give the address of the source.", field="source_url")
    if state is ClaimState.NOT_A_CLAIM and len(note) < REASON_LENGTH:
        raise CheckIncomplete(f"Say why in {REASON_LENGTH} characters or more.", field="note")
    if state is ClaimState.ALLOWED and len(note) < ALLOWING_LENGTH:
        raise CheckIncomplete(f"Say why it may stay in {ALLOWING_LENGTH} characters or more.", field="note")


def _standing_in_text(standing: Standing, by: Person, hashes: Sequence[str], state: ClaimState) -> None:
    texts = [standing.head.text]
    typed = draft_queries.working_copy(draft_id=standing.facts.draft_id, person_id=by.id)
    if typed is not None:
        texts.append(typed.text)
    paragraphs = [found for text in texts for found in hashes_by_paragraph(text)]
    known = {each for paragraph in paragraphs for each in paragraph}
    if not hashes or len(hashes) > AT_ONCE or not known.issuperset(hashes):
        raise UnknownSentence(sentences=[each for each in hashes if each not in known])
    if state is not ClaimState.STANDS:
        return
    if not any(set(hashes) <= set(paragraph) for paragraph in paragraphs):
        raise OneParagraphAtATime
    claims = {
        claim.sentence_hash
        for text in texts
        for claim in language_queries.claims_in(text=text, language=standing.head.language)
    }
    if claims.intersection(hashes):
        raise CheckIncomplete("A sentence with a claim is checked, not waved through.", field="state")
