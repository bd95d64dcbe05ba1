"""What the text states as fact was checked by a person."""

from content.policy.evidence import Evidence
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage
from content.policy.words import counted


@rule("all_claims_checked.v1", stage=Stage.SIGN)
def all_claims_checked(evidence: Evidence) -> Refusal | None:
    """Require that no claim is unchecked, stale, unverifiable, or checked by an AI tool only."""
    if not evidence.claims_open:
        return None
    return Refusal(
        code="claims_open",
        reason=f"{counted(evidence.claims_open, 'claim', 'claims')} to check.",
        params={"claims": evidence.claims_open, "found": evidence.claims_found},
    )
