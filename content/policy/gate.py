"""The gate: holds evidence against a policy and says, rule by rule, what is missing. Pure: no clock, no database."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from content.policy.body import PolicyBody, RuleUse
from content.policy.evidence import Evidence, FactAbsent
from content.policy.rule import Rule
from content.policy.rules import RULES
from content.policy.verdict import Outcome, Refusal, Stage, Verdict, WayOut, decimal_string
from content.proof.claims import ClaimLevel

log = logging.getLogger("reviewdesk.gate")

NOT_MEASURED = Refusal(
    code="evidence_not_ready", reason="The text is still being measured.", params={}, way_out=WayOut.WAIT
)
FAILED = Refusal(code="rule_failed", reason="This rule could not be judged.", way_out=WayOut.MANAGER)
ABSENT = Refusal(code="fact_absent", reason="A fact that this rule reads is not known.", way_out=WayOut.MANAGER)


class Disclosure(StrEnum):
    """What readers are to be told (EU AI Act, Art. 50(4))."""

    OUT_OF_SCOPE = "out_of_scope"
    LABEL_REQUIRED = "label_required"
    EXEMPT_REVIEWED = "exempt_reviewed"


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelVerdicts:
    """What one claim level asks for, and whether the text reaches it."""

    level: ClaimLevel
    reached: bool
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GateDecision:
    """The answer over all rules.

    `approved`: every base rule of the stage and of the stages before it holds. `claim_level` is the highest level
    whose own list holds, whatever the base rules say, so that an editor sees where the text stands.
    """

    stage: Stage
    approved: bool
    verdicts: tuple[Verdict, ...]
    levels: tuple[LevelVerdicts, ...]
    claim_level: ClaimLevel
    disclosure: Disclosure

    @property
    def blocking(self) -> tuple[Verdict, ...]:
        """The verdicts that stand in the way."""
        return tuple(each for each in self.verdicts if each.outcome in {Outcome.PENDING, Outcome.ERROR})

    @property
    def not_asked(self) -> tuple[Verdict, ...]:
        """The verdicts in the way that no sign-off dialog asks about."""
        return tuple(each for each in self.blocking if not each.asked)

    @property
    def waits(self) -> bool:
        """Whether something is still being measured."""
        return any(each.code == NOT_MEASURED.code for each in self.blocking)

    def every_verdict(self) -> tuple[Verdict, ...]:
        """Return base and claim verdicts, each rule of a level under its level's parameters."""
        return self.verdicts + tuple(verdict for level in self.levels for verdict in level.verdicts)


def decide(body: PolicyBody, evidence: Evidence, stage: Stage) -> GateDecision:
    """Hold `evidence` against every rule of a policy at one stage.

    :param stage: SIGN, APPROVE or PUBLISH; rules of later stages are skipped.
    """
    verdicts = tuple(judge(use, evidence, stage) for use in body.rules)
    levels = tuple(_level(level, uses, evidence, stage) for level, uses in body.claims.items())
    claim_level = _highest(levels, evidence)
    return GateDecision(
        stage=stage,
        approved=all(each.outcome in {Outcome.APPROVED, Outcome.SKIPPED} for each in verdicts),
        verdicts=verdicts,
        levels=levels,
        claim_level=claim_level,
        disclosure=_disclosure(body, evidence, claim_level),
    )


def judge(use: RuleUse, evidence: Evidence, stage: Stage) -> Verdict:
    """Return one rule's verdict; a rule that raises is in error, and an error approves nothing."""
    rule = RULES[use.rule]
    if rule.stage.comes_after(stage):
        return Verdict(rule=rule.name, stage=rule.stage, outcome=Outcome.SKIPPED)
    try:
        refusal = rule.judge(evidence, **use.parameters)
    except FactAbsent:
        refusal, outcome = _absent(evidence)
    except Exception:
        log.exception("rule_failed", extra={"rule": rule.name})
        refusal, outcome = FAILED, Outcome.ERROR

    else:
        outcome = Outcome.PENDING if refusal else Outcome.APPROVED
    return _verdict(rule, use, evidence, outcome, refusal)


def _absent(evidence: Evidence) -> tuple[Refusal, Outcome]:
    if evidence.waits_for:
        return NOT_MEASURED, Outcome.PENDING
    return ABSENT, Outcome.ERROR


def _verdict(rule: Rule, use: RuleUse, evidence: Evidence, outcome: Outcome, refusal: Refusal | None) -> Verdict:
    needed = use.parameters.get(rule.needs) if rule.needs else None
    if rule.needs and needed is None:
        needed = rule.parameters[rule.needs].default
    measured = getattr(evidence, rule.measures) if rule.measures else None
    return Verdict(
        rule=rule.name,
        stage=rule.stage,
        outcome=outcome,
        code=refusal.code if refusal else "",
        reason=refusal.reason if refusal else "",
        params=refusal.params if refusal else {},
        way_out=refusal.way_out if refusal else None,
        asked=refusal.asked if refusal else False,
        needed=decimal_string(needed) if isinstance(needed, int | float) else "",
        measured=decimal_string(measured) if rule.needs else "",
    )


def _level(level: ClaimLevel, uses: Iterable[RuleUse], evidence: Evidence, stage: Stage) -> LevelVerdicts:
    verdicts = tuple(judge(use, evidence, stage) for use in uses)
    return LevelVerdicts(
        level=level, reached=all(each.outcome is Outcome.APPROVED for each in verdicts), verdicts=verdicts
    )


def _highest(levels: Iterable[LevelVerdicts], evidence: Evidence) -> ClaimLevel:
    """Return the highest level reached with every level below it.

    What a person says a tool wrote is not measured as the tool's yet, so such a text claims no more than a review.
    """
    best = ClaimLevel.REVIEWED
    if evidence.ai_written_passages:
        return best
    for level in levels:
        if not level.reached:
            break
        best = level.level
    return best


def _disclosure(body: PolicyBody, evidence: Evidence, level: ClaimLevel) -> Disclosure:
    if body.public_interest == "asked" and evidence.public_interest is False:
        return Disclosure.OUT_OF_SCOPE
    order = list(ClaimLevel)
    return (
        Disclosure.EXEMPT_REVIEWED if order.index(level) >= order.index(body.exempt_from) else Disclosure.LABEL_REQUIRED
    )
