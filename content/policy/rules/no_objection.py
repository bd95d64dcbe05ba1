"""A no stands until it is lifted."""

from content.policy.evidence import Evidence
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage, WayOut
from content.policy.words import counted


@rule("no_objection.v1", stage=Stage.APPROVE, measures="open_objections")
def no_objection(evidence: Evidence) -> Refusal | None:
    """Require that no objection of an approver is open."""
    if not evidence.open_objections:
        return None
    return Refusal(
        code="objection_open",
        reason=f"{counted(evidence.open_objections, 'objection is', 'objections are')} open.",
        params={"objections": evidence.open_objections},
        way_out=WayOut.APPROVER,
    )
