"""Where pasted passages come from is said."""

from content.policy.evidence import Evidence, known
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage
from content.policy.words import counted


@rule("pasted_text_has_source.v1", stage=Stage.SIGN, measures="pasted_without_source")
def pasted_text_has_source(evidence: Evidence) -> Refusal | None:
    """Require that each pasted passage of 8 or more words is quoted, one's own, or has a declared source."""
    left = known(evidence.pasted_without_source)
    if not left:
        return None
    return Refusal(
        code="paste_without_source",
        reason=f"{counted(left, 'pasted passage has', 'pasted passages have')} no source.",
        params={"passages": left},
    )
