"""What follows from any change to a case, drawn by the system: lapsed sign-offs, a new judgement, a new state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from content.actors import SYSTEM, System, require_system
from content.drafts import queries as draft_queries
from content.drafts.facts import RevisionId
from content.drafts.states import Origin
from content.events import actions as events
from content.events.writing import quiet_action
from content.policy.gate import Disclosure
from content.policy.verdict import Stage
from content.proof.claims import ClaimLevel
from content.review import transitions
from content.review.assembly import Reading
from content.review.changes import CARRY_METHOD, ChangeClass, classify
from content.review.facts import CaseId, CaseReady, GateChanged, SignOffCarried, SignOffVoided
from content.review.models import Case, GateResult, SignOffCarry, SignOffVoid
from content.review.queries import facts as case_facts
from content.review.queries import gate as gates
from content.review.queries.facts import Standing
from content.review.queries.gate import Judgement
from content.review.situation import CaseFacts, RevisionFacts, SignOffFacts
from content.review.states import CaseState, VoidCause

NOTHING_SAID = (False, ClaimLevel.REVIEWED.value, Disclosure.LABEL_REQUIRED.value)
"What a gate that was never asked is taken to have answered."


@dataclass(frozen=True, kw_only=True, slots=True)
class Conclusion:
    """How a case stands after a change, and what the gate said; None where it was not asked."""

    facts: CaseFacts
    judgement: Judgement | None


def conclude(
    *,
    case_id: CaseId,
    at: datetime,
    cause: int | None = None,
    rejudge: bool = True,
    reading: Reading | None = None,
    known: Standing | None = None,
    judgement: Judgement | None = None,
) -> Conclusion:
    """Void what lapsed, judge anew and write the state that follows; the caller holds the locks.

    :param cause: the Event that all this follows from.
    :param rejudge: False where nothing that a rule reads has changed.
    :param reading: the head as it is judged, where the caller has measured it already.
    :param known: the case as it stands, where the caller knows that nothing else has changed.
    :param judgement: of the head, where only people have said something since.
    """
    standing = known or case_facts.standing_of(case_id=case_id)
    if not standing.facts.is_open:
        return Conclusion(facts=standing.facts, judgement=None)
    if note_lapsed(standing=standing, cause=cause, by=SYSTEM, at=at):
        standing = case_facts.standing_of(case_id=case_id)
    facts = standing.facts
    if not rejudge:
        return Conclusion(facts=write_state(facts=facts, cause=cause, by=SYSTEM, at=at), judgement=None)
    if judgement is None:
        judgement = gates.judged(standing=standing, reading=reading, at=at)
    else:
        stage = gates.stage_of(standing=standing)
        judgement = gates.judged_again(judgement=judgement, standing=standing, stage=stage, at=at)
    store_judgement(standing=standing, judgement=judgement, cause=cause, by=SYSTEM, at=at)
    approved = judgement.decision.approved and judgement.decision.stage is Stage.APPROVE
    facts = transitions.with_gate(facts, approved=approved)
    return Conclusion(facts=write_state(facts=facts, cause=cause, by=SYSTEM, at=at), judgement=judgement)


@quiet_action
def write_state(*, facts: CaseFacts, cause: int | None, by: System, at: datetime) -> CaseFacts:
    """Write the state that follows from the facts, and say so when a case becomes ready.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    state = transitions.settle(facts)
    if state is facts.state:
        return facts
    Case.objects.filter(pk=facts.case_id).update(state=state.value)
    if state is CaseState.READY:
        ready = CaseReady(
            draft_id=facts.draft_id, case_id=facts.case_id, revision_id=facts.head_id, digest=facts.head_digest
        )
        events.record(ready, by=by, at=at, cause=cause)
    return transitions.in_state(facts, state)


@quiet_action
def store_judgement(
    *, standing: Standing, judgement: Judgement, cause: int | None, by: System, at: datetime
) -> GateResult:
    """Keep what the gate said, if it says something new, and record a change of its outcome.

    :return: the row that holds for this text, policy and stage.
    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    facts, decision = standing.facts, judgement.decision
    said = gates.latest_results(case_id=facts.case_id)
    last = said.get(decision.stage)
    rows = gates.verdict_rows(decision=decision)
    if (
        last is not None
        and (last.revision_id, last.policy_id) == (facts.head_id, standing.policy.pk)
        and _what_it_says(last.verdicts) == _what_it_says(rows)
    ):
        return last
    result = add_result(standing=standing, judgement=judgement, by=by, at=at)
    if _outcome_before(said, decision.stage) != (result.approved, result.claim_level, result.disclosure):
        changed = GateChanged(
            draft_id=facts.draft_id,
            case_id=facts.case_id,
            revision_id=facts.head_id,
            gate_result_id=result.pk,
            stage=result.stage,
            approved=result.approved,
        )
        events.record(changed, by=by, at=at, cause=cause)
    return result


@quiet_action
def add_result(*, standing: Standing, judgement: Judgement, by: System, at: datetime) -> GateResult:
    """Keep what the gate said with all that it saw.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    decision, evidence = judgement.decision, judgement.evidence
    return GateResult.objects.create(
        case_id=standing.facts.case_id,
        revision_id=standing.facts.head_id,
        policy_id=standing.policy.pk,
        stage=decision.stage.value,
        approved=decision.approved,
        claim_level=decision.claim_level.value,
        disclosure=decision.disclosure.value,
        verdicts=gates.verdict_rows(decision=decision),
        evidence=evidence.to_value(),
        evidence_digest=evidence.fingerprint(),
        at=at,
    )


def _outcome_before(said: Mapping[Stage, GateResult], stage: Stage) -> tuple[bool, str, str]:
    """Return whether the stage was approved, and level and disclosure as they were said last at any stage."""
    if not said:
        return NOTHING_SAID
    newest = max(said.values(), key=lambda each: each.pk)
    return (stage in said and said[stage].approved, newest.claim_level, newest.disclosure)


def _what_it_says(rows: Sequence[dict[str, object]]) -> list[object]:
    """Return what people would notice: outcomes, codes, and counts but those that only time moves."""
    return [
        (row["rule"], row["outcome"], row["code"], None if row["asked"] else row["params"], row.get("level"))
        for row in rows
    ]


def note_lapsed(*, standing: Standing, cause: int | None, by: System, at: datetime) -> bool:
    """Write down which sign-offs a later text voided, and which it only changed in form.

    :return: whether anything was written.
    """
    facts = standing.facts
    lapsed = [each for each in facts.sign_offs if each.void_cause is None and not each.is_valid]
    if not lapsed:
        return False
    revisions = case_facts.revisions_of(draft_id=facts.draft_id)
    classes = [(each, _class_of(each, standing, revisions)) for each in lapsed]
    carries = {ChangeClass.COSMETIC} if standing.body.carry_cosmetic else set()
    carried = [each for each, change in classes if change in carries]
    carry_sign_offs(facts=facts, sign_offs=carried, cause=cause, by=by, at=at)
    causes = [(each, change.void_cause or VoidCause.SUBSTANTIVE) for each, change in classes if change not in carries]
    for why in dict.fromkeys(why for _, why in causes):
        gone = [each for each, cause_of in causes if cause_of is why]
        void_sign_offs(facts=facts, sign_offs=gone, why=why, revision_id=facts.head_id, cause=cause, by=by, at=at)
    return True


def _class_of(sign_off: SignOffFacts, standing: Standing, revisions: Sequence[RevisionFacts]) -> ChangeClass:
    """Return the class of the change from what was signed to the head; a machine text on any line comes first."""
    later = [each for each in revisions if each.number > sign_off.newest_number]
    if any(each.origin is not Origin.HUMAN for each in later):
        return ChangeClass.MACHINE
    signed = draft_queries.revision(draft_id=standing.facts.draft_id, number=sign_off.revision_number)
    older = [each.digest for each in revisions if each.number < standing.facts.head_number]
    change = classify(
        gates.signed_of(revision=signed), gates.signed_of(revision=standing.head), by_machine=False, older=older
    )
    between = [each for each in later if each.number < standing.facts.head_number and each.placement == "head"]
    breaks = any(each.digest != sign_off.digest and each.id not in sign_off.carried_to for each in between)
    return ChangeClass.SUBSTANTIVE if breaks and change in _HARMLESS else change


_HARMLESS = {ChangeClass.NO_CHANGE, ChangeClass.META, ChangeClass.COSMETIC}


@quiet_action
def void_sign_offs(
    *,
    facts: CaseFacts,
    sign_offs: Sequence[SignOffFacts],
    why: VoidCause,
    revision_id: RevisionId | None,
    cause: int | None,
    by: System,
    at: datetime,
) -> None:
    """Add the voids of some sign-offs, for one reason.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    if not sign_offs:
        return
    SignOffVoid.objects.bulk_create(
        SignOffVoid(sign_off_id=each.id, cause=why.value, revision_id=revision_id, at=at) for each in sign_offs
    )
    voided = SignOffVoided(
        draft_id=facts.draft_id,
        case_id=facts.case_id,
        sign_off_ids=tuple(each.id for each in sign_offs),
        void_cause=why.value,
        revision_id=revision_id,
    )
    events.record(voided, by=by, at=at, cause=cause)


@quiet_action
def carry_sign_offs(
    *, facts: CaseFacts, sign_offs: Sequence[SignOffFacts], cause: int | None, by: System, at: datetime
) -> None:
    """Let sign-offs hold for a head that differs from what was signed in form only.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    if not sign_offs:
        return
    SignOffCarry.objects.bulk_create(
        SignOffCarry(sign_off_id=each.id, revision_id=facts.head_id, method=CARRY_METHOD, at=at) for each in sign_offs
    )
    carried = SignOffCarried(
        draft_id=facts.draft_id,
        case_id=facts.case_id,
        sign_off_ids=tuple(each.id for each in sign_offs),
        revision_id=facts.head_id,
        method=CARRY_METHOD,
    )
    events.record(carried, by=by, at=at, cause=cause)
