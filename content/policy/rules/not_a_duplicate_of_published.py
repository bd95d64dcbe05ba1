"""The text is not there already."""

from content.policy.evidence import Evidence, known
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage


@rule("not_a_duplicate_of_published.v1", stage=Stage.SIGN, measures="duplicate_share", needs="limit")
def not_a_duplicate_of_published(evidence: Evidence, *, limit: float) -> Refusal | None:
    """Require that less than `limit` of the draft is published already, or its relation to that text is declared."""
    share = known(evidence.duplicate_share)
    if share < limit or evidence.relation_declared:
        return None
    return Refusal(
        code="duplicate_of_published",
        reason=f"{share * 100:.0f} % of this is already published.",
        params={"share": share, "limit": limit},
    )
