"""Numbers of a judged text as the desk's script reads them (the shape is in frontend/src/data.ts)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from content.actors import Person
from content.desk import words
from content.drafts import queries as draft_queries
from content.drafts.facts import DraftId
from content.policy.gate import GateDecision
from content.policy.verdict import Verdict
from content.review.actions import text as text_actions
from content.review.facts import CaseId
from content.review.queries import claims as claim_queries
from content.review.queries import gate as gates
from content.review.queries.claims import ClaimRow, ParagraphRow
from content.review.queries.facts import standing_of
from content.review.queries.gate import Judgement
from content.review.states import CaseState
from content.text.diff import diff_counts, word_diff

LONGEST_COMPARED = 60_000
"Code points up to which changes are counted with each save: about 10,000 words, 0.1 s."
QUOTE_LENGTH = 240

Json = dict[str, Any]


def judged_in_sight(*, case_id: CaseId, by: Person, at: datetime) -> tuple[Judgement, DraftId]:
    """Return how the text stands that a person sees: what they type while they hold the case, else the head."""
    standing = standing_of(case_id=case_id, by=by)
    draft_id = standing.facts.draft_id
    copy = draft_queries.working_copy(draft_id=draft_id, person_id=by.id)
    if copy is None or copy.base_id != standing.head.pk or standing.facts.state is not CaseState.IN_REVIEW:
        return gates.judged(standing=standing, at=at), draft_id
    base_sha256 = standing.head.text_sha256
    return text_actions.judge_typed(standing=standing, copy=copy, base_sha256=base_sha256, at=at), draft_id


def figures(judgement: Judgement, *, draft_id: DraftId, original: str) -> Json:
    """Return everything that the panels show about a text: gate, authorship, claims, paragraphs, size of the change."""
    reading = judgement.reading
    rows = claim_queries.claims_of(draft_id=draft_id, text=reading.text, language=reading.language)
    paragraphs = claim_queries.paragraphs_of(draft_id=draft_id, reading=reading)
    return figures_of(judgement, claims=rows, paragraphs=paragraphs, original=original)


def figures_of(
    judgement: Judgement, *, claims: Sequence[ClaimRow], paragraphs: Sequence[ParagraphRow], original: str
) -> Json:
    """Return the same for claims and paragraphs that are at hand."""
    text = judgement.reading.text
    decision = judgement.decision
    found: Json = {
        "verdicts": verdict_rows(decision),
        "claim_level": decision.claim_level.value,
        "disclosure": decision.disclosure.value,
        "claims": [claim_row(each) for each in claims if not each.is_stale],
        "paragraphs": [paragraph_row(each, text) for each in paragraphs],
    }
    attributed = judgement.reading.attributed
    if attributed is not None:
        found["measures"] = {
            **attributed.measures,
            "kind_words": {kind.value: count for kind, count in attributed.kind_words.items()},
        }
        found["runs"] = attributed.runs
    return found | changes(original, text)


def changes(original: str, text: str) -> Json:
    """Return how much a text differs from the machine's, or nothing for one that is too long to compare each time."""
    if len(text) + len(original) > 2 * LONGEST_COMPARED:
        return {}
    counts = diff_counts(original, text, word_diff(original, text))
    return {
        "changes": {"inserted": counts.words_inserted, "deleted": counts.words_deleted, "hunks": counts.changes},
    }


def verdict_rows(decision: GateDecision) -> list[Json]:
    """Return the verdicts of the base rules, then those of the next claim level that is not reached yet."""
    return [verdict_row(each) for each in (*decision.verdicts, *_of_next_level(decision))]


def _of_next_level(decision: GateDecision) -> Iterator[Verdict]:
    for level in decision.levels:
        if not level.reached:
            yield from level.verdicts
            return


def verdict_row(verdict: Verdict) -> Json:
    """Return one verdict as the gate panel reads it."""
    return {
        "rule": verdict.rule,
        "stage": verdict.stage.value,
        "outcome": verdict.outcome.value,
        "reason": verdict.reason,
        "way_out": verdict.way_out.value if verdict.way_out else "",
        "params": dict(verdict.params),
        "asked_when_signing": verdict.asked,
    }


def claim_row(claim: ClaimRow) -> Json:
    """Return one claim as the claims panel reads it."""
    return {
        "sentence_hash": claim.sentence_hash,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "kinds": list(claim.kinds),
        "state": claim.state.value,
        "stale": claim.is_stale,
        "basis": claim.basis.value if claim.basis else "",
        "source_url": claim.source_url,
        "note": claim.note,
    }


def paragraph_row(paragraph: ParagraphRow, text: str) -> Json:
    """Return one paragraph that waits to be vouched for."""
    quote = text[paragraph.start : paragraph.end].strip()
    return {
        "start": paragraph.start,
        "end": paragraph.end,
        "quote": quote if len(quote) <= QUOTE_LENGTH else f"{quote[: QUOTE_LENGTH - 1]}…",
        "sentence_hashes": list(paragraph.sentence_hashes),
        "verified": False,
    }


def labels() -> Json:
    """Return the words that the script shows for rules, kinds, levels and disclosures, in the reader's language."""
    return {
        "rules": _spoken(words.RULES),
        "kinds": _spoken(words.KINDS),
        "levels": _spoken(words.LEVELS),
        "disclosures": _spoken(words.DISCLOSURES),
    }


def _spoken(table: dict[str, Any]) -> dict[str, str]:
    return {name: str(word) for name, word in table.items()}
