"""Every sentence has been through a person's hands."""

from content.policy.evidence import Evidence, known
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage
from content.policy.words import counted


@rule("coverage.v1", stage=Stage.SIGN, measures="coverage", needs="minimum")
def coverage(evidence: Evidence, *, minimum: float) -> Refusal | None:
    """Require that every sentence is substantively changed by a person or verified."""
    if known(evidence.coverage) >= minimum:
        return None
    left = known(evidence.uncovered_sentences)
    return Refusal(
        code="sentences_uncovered",
        reason=f"{counted(left, 'sentence is', 'sentences are')} neither edited nor verified.",
        params={"sentences": left, "coverage": known(evidence.coverage), "minimum": minimum},
    )
