"""What the gate says about a case: about its head, about a text that is being typed, or before a sign-off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from content.actors import Person
from content.drafts.attested import NOT_ATTESTED, attested_fields
from content.drafts.facts import DraftId, RevisionId
from content.policy.evidence import Evidence
from content.policy.gate import GateDecision, decide
from content.policy.verdict import Outcome, Stage
from content.review.assembly import Reading, with_people
from content.review.changes import Signed
from content.review.claim_marks import ClaimMarks
from content.review.declaration import Declaration
from content.review.facts import CaseId
from content.review.models import GateResult
from content.review.queries import evidence as evidences
from content.review.queries.facts import Standing, standing_of
from content.review.situation import SignOffFacts
from content.review.states import SignOffKind

if TYPE_CHECKING:
    from content.drafts.models import Revision
    from content.policy.models import Policy


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """A decision, what it was held against, and the text it is about."""

    decision: GateDecision
    evidence: Evidence
    reading: Reading

    @property
    def measures(self) -> Mapping[str, object]:
        """Who wrote how much, as `authorship.v1` names it; empty while it is being measured."""
        return {} if self.reading.attributed is None else self.reading.attributed.measures

    @property
    def runs(self) -> list[list[int | str]]:
        """[start, end, kind] of each stretch of one kind, in code points."""
        return [] if self.reading.attributed is None else self.reading.attributed.runs

    @property
    def signals(self) -> Sequence[object]:
        """Signs of gaming, as authorship found them."""
        return () if self.reading.attributed is None else self.reading.attributed.signals


@dataclass(frozen=True, kw_only=True, slots=True)
class Publishable:
    """What publishing checks in its own transaction: may exactly these bytes go out now, and who says so."""

    case_id: CaseId
    draft_id: DraftId
    revision_id: RevisionId
    digest: str
    is_ready: bool
    judgement: Judgement
    sign_offs: tuple[SignOffFacts, ...]
    policy: "Policy"
    four_eyes: str

    @property
    def may_go_out(self) -> bool:
        """Whether the case is ready, its gate approved for publication and its sign-offs valid."""
        return self.is_ready and self.judgement.decision.approved and bool(self.sign_offs)


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultFacts:
    """A stored judgement. `refused`: names of the base rules that were not approved then."""

    id: int
    revision_id: RevisionId
    stage: Stage
    approved: bool
    claim_level: str
    disclosure: str
    refused: tuple[str, ...]
    at: datetime


def results_of(*, case_id: CaseId, limit: int = 1000) -> tuple[ResultFacts, ...]:
    """Return the stored judgements of a case, oldest first."""
    refusing = {Outcome.PENDING.value, Outcome.ERROR.value}
    return tuple(
        ResultFacts(
            id=row.pk,
            revision_id=RevisionId(row.revision_id),
            stage=Stage(row.stage),
            approved=row.approved,
            claim_level=row.claim_level,
            disclosure=row.disclosure,
            refused=tuple(each["rule"] for each in row.verdicts if "level" not in each and each["outcome"] in refusing),
            at=row.at,
        )
        for row in GateResult.objects.filter(case=case_id).order_by("id")[:limit]
    )


def stage_of(*, standing: Standing) -> Stage:
    """Return the stage that a case is judged at: `approve` once the editor has signed, `sign` before."""
    return Stage.SIGN if standing.facts.editor_sign_off is None else Stage.APPROVE


def judged(
    *,
    standing: Standing,
    at: datetime,
    stage: Stage | None = None,
    reading: Reading | None = None,
    declaration: Declaration | None = None,
) -> Judgement:
    """Hold a text of a case, its head unless another is given, against the policy in force."""
    read = reading or evidences.reading_of(revision=standing.head)
    evidence = evidences.evidence_for(standing=standing, reading=read, declaration=declaration, at=at)
    decision = decide(standing.body, evidence, stage or stage_of(standing=standing))
    return Judgement(decision=decision, evidence=evidence, reading=read)


def judged_again(*, judgement: Judgement, standing: Standing, stage: Stage, at: datetime) -> Judgement:
    """Hold the same text against the policy at another stage, or as if other people had signed; asks nothing anew."""
    evidence = with_people(judgement.evidence, facts=standing.facts, body=standing.body, at=at)
    return replace(judgement, evidence=evidence, decision=decide(standing.body, evidence, stage))


def gate_of(*, case_id: CaseId, at: datetime, stage: Stage | None = None) -> Judgement:
    """Return what the gate says about the head of a case now; nothing is stored.

    :raises CaseNotFound: if there is none.
    """
    return judged(standing=standing_of(case_id=case_id), at=at, stage=stage)


def publishable(*, case_id: CaseId, at: datetime) -> Publishable:
    """Return whether a case may be published now, judged anew under the policy in force.

    :raises CaseNotFound: if there is none.
    """
    return publishable_now(standing=standing_of(case_id=case_id), at=at)


def publishable_now(*, standing: Standing, at: datetime) -> Publishable:
    """Return the same for a case whose standing is at hand."""
    facts = standing.facts
    judgement = judged(standing=standing, at=at, stage=Stage.PUBLISH)
    return Publishable(
        case_id=facts.case_id,
        draft_id=facts.draft_id,
        revision_id=facts.head_id,
        digest=facts.head_digest,
        is_ready=facts.state == "ready" and facts.editor_sign_off is not None and not facts.objections,
        judgement=judgement,
        sign_offs=facts.valid_sign_offs,
        policy=standing.policy,
        four_eyes=_four_eyes(facts.four_eyes, facts.valid_sign_offs),
    )


def _four_eyes(mode: str, sign_offs: Sequence[SignOffFacts]) -> str:
    distinct = {each.identity_key for each in sign_offs}
    return "no" if mode == "solo" and len(distinct) == 1 else "yes"


def verdict_rows(*, decision: GateDecision) -> list[dict[str, object]]:
    """Return every verdict as JSON values; those that decide a claim level name it."""
    base = [verdict.to_value() for verdict in decision.verdicts]
    claims = [
        verdict.to_value() | {"level": level.level.value} for level in decision.levels for verdict in level.verdicts
    ]
    return base + claims


def signed_of(*, revision: "Revision") -> Signed:
    """Return what a sign-off of a revision covers: the body, the other attested fields, and what lies outside."""
    fields = {"title": revision.title, "summary": revision.summary, "language": revision.language}
    return Signed(
        text=revision.text,
        digest=revision.digest,
        language=revision.language,
        fields=fields | attested_fields(revision.extras, revision.canonical_url),
        meta={name: value for name, value in revision.extras.items() if name in NOT_ATTESTED},
    )


def latest_result(*, case_id: CaseId, stage: Stage) -> GateResult | None:
    """Return the newest stored judgement of a case at one stage."""
    return GateResult.objects.filter(case=case_id, stage=stage.value).order_by("-id").first()


def latest_results(*, case_id: CaseId) -> Mapping[Stage, GateResult]:
    """Return the newest stored judgement of a case at each stage that it was judged at, without its evidence."""
    newer = GateResult.objects.filter(case=case_id, stage=OuterRef("stage"), pk__gt=OuterRef("pk"))
    rows = GateResult.objects.filter(~Exists(newer), case=case_id).defer("evidence")
    return {Stage(row.stage): row for row in rows}


def published_number(*, draft_id: DraftId) -> int:
    """Return the number of the revision that last went out, 0 before that: older human text is no work in progress."""
    number: int | None = (
        GateResult.objects.filter(case__draft=draft_id, stage=Stage.PUBLISH.value)
        .order_by("-id")
        .values_list("revision__number", flat=True)
        .first()
    )
    return number or 0


def claim_marks_of(*, judgement: Judgement, draft_id: DraftId) -> ClaimMarks:
    """Return how the claims of a judged text stand."""
    reading = judgement.reading
    return evidences.marks_in(draft_id=draft_id, text=reading.text, language=reading.language)


def approval_by(
    *, standing: Standing, by: Person, at: datetime, declaration: Declaration | None = None
) -> SignOffFacts:
    """Return the approval that a person would give; it is not stored."""
    facts = standing.facts
    given = declaration or Declaration()
    return SignOffFacts(
        id=0,
        kind=SignOffKind.APPROVER,
        person_id=by.id,
        identity_key=by.identity_key,
        revision_id=facts.head_id,
        revision_number=facts.head_number,
        newest_number=facts.newest_number,
        digest=facts.head_digest,
        contributor=by.identity_key in facts.contributors,
        policy_version=facts.policy_version,
        at=at,
        responsible_id=given.responsible_id,
        declaration=given,
        is_valid=True,
    )


def before_approval(*, standing: Standing, sign_off: SignOffFacts) -> Standing:
    """Return a case as if `sign_off` were given: it counts, and its author's own objections are lifted."""
    facts = standing.facts
    return replace(
        standing,
        facts=replace(
            facts,
            sign_offs=(*facts.sign_offs, sign_off),
            objections=tuple(each for each in facts.objections if each.person_id != sign_off.person_id),
        ),
    )
