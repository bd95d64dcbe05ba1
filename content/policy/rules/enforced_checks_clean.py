"""What must never go out is not left in the text."""

from content.policy.evidence import Evidence
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage


@rule("enforced_checks_clean.v1", stage=Stage.SIGN)
def enforced_checks_clean(evidence: Evidence) -> Refusal | None:
    """Require that every finding of an enforced check is fixed, or dismissed with a reason."""
    if not evidence.enforced_findings:
        return None
    check, reason = evidence.enforced_findings[0]
    return Refusal(
        code="finding_open",
        reason=reason,
        params={"check": check, "findings": len(evidence.enforced_findings)},
    )
