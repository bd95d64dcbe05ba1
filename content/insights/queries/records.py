"""What rollups take from the records of earlier parts: whose a draft is, and the numbers behind a sign-off."""

from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from content.authorship import queries as authorship
from content.drafts import queries as drafts
from content.drafts.facts import DraftId, RevisionId
from content.drafts.states import Mode
from content.insights.story import Story
from content.review.facts import CaseId
from content.review.queries import gate as review_gate
from content.review.queries import sign_offs as review_sign_offs


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """What a draft is counted under. `model` is the model that wrote its first text, with provider and version."""

    is_live: bool
    source_id: int
    kind: str
    model: str


class Numbers(TypedDict):
    """The fields of `CaseFigures` that come from records and not from the Events themselves."""

    words: int
    human_share: float | None
    edit_rate: float | None
    longest_ai_run: int | None
    claim_level: str
    disclosure: str
    refused_rules: list[str]


def profile_of(*, draft_id: UUID) -> Profile:
    """Return what a draft is counted under."""
    draft = drafts.get_draft(draft_id=DraftId(draft_id))
    made = drafts.original_of(draft_id=DraftId(draft_id)).generation
    name = "/".join(str(made[key]) for key in ("provider", "model") if made.get(key))
    return Profile(
        is_live=draft.mode == Mode.LIVE.value,
        source_id=draft.source_id,
        kind=draft.kind,
        model=" ".join(part for part in (name, str(made.get("version") or "")) if part)[:320],
    )


def numbers_behind(*, story: Story) -> Numbers:
    """Return the numbers of the newest sign-off that stands, and the rules that held the first version."""
    numbers = Numbers(
        words=0,
        human_share=None,
        edit_rate=None,
        longest_ai_run=None,
        claim_level="",
        disclosure="",
        refused_rules=[],
    )
    results = _results(story)
    if story.judged_result_id in results:
        numbers["refused_rules"] = sorted(results[story.judged_result_id].refused)
    if story.sign_off_id is not None:
        _add_signed(numbers, story, story.sign_off_id, results)
    return numbers


def _results(story: Story) -> dict[int | None, review_gate.ResultFacts]:
    if story.judged_result_id is None and story.sign_off_id is None:
        return {}
    return {result.id: result for result in review_gate.results_of(case_id=CaseId(story.case_id))}


def _add_signed(
    numbers: Numbers, story: Story, sign_off_id: int, results: dict[int | None, review_gate.ResultFacts]
) -> None:
    signed = {each.id: each for each in review_sign_offs.sign_offs_of(case_id=CaseId(story.case_id))}
    sign_off = signed[sign_off_id]
    result = results[sign_off.gate_result_id]
    numbers["claim_level"], numbers["disclosure"] = result.claim_level, result.disclosure
    measures = authorship.attribution_of(revision_id=RevisionId(sign_off.revision_id)).measures
    numbers["words"] = measures["words"]
    numbers["human_share"] = measures["human_share"]
    numbers["edit_rate"] = measures["edit_rate"]
    numbers["longest_ai_run"] = measures["longest_ai_run"]
