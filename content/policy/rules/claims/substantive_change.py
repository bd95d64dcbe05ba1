"""More than spelling."""

from content.policy.evidence import Evidence, known
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage


@rule("substantive_change.v1", stage=Stage.CLAIM, measures="substantive_hunks", needs="minimum")
def substantive_change(evidence: Evidence, *, minimum: int = 1) -> Refusal | None:
    """Require `minimum` changes of what the text says; spelling, punctuation and format count nothing."""
    hunks = known(evidence.substantive_hunks)
    if hunks >= minimum:
        return None
    return Refusal(
        code="only_light_changes",
        reason="Only spelling or wording was changed.",
        params={"hunks": hunks, "minimum": minimum},
    )
