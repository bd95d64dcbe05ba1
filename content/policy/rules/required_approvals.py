"""A second pair of eyes."""

from content.policy.evidence import Evidence
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage, WayOut
from content.policy.words import counted


@rule("required_approvals.v1", stage=Stage.APPROVE, measures="approvals", needs="count")
def required_approvals(evidence: Evidence, *, count: int) -> Refusal | None:
    """Require that `count` people who may, under the policy's mode of four eyes, have approved exactly this text."""
    missing = count - evidence.approvals
    if missing <= 0:
        return None
    if evidence.refused_as_contributor:
        return Refusal(
            code="not_a_distinct_person",
            reason="You edited this text; somebody else must approve.",
            params={"missing": missing},
            way_out=WayOut.APPROVER,
        )
    return Refusal(
        code="approvals_missing",
        reason=f"{counted(missing, 'approval is', 'approvals are')} missing.",
        params={"missing": missing},
        way_out=WayOut.APPROVER,
    )
