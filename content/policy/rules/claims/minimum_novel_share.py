"""How much of the text was never in the draft."""

from content.policy.evidence import Evidence, known
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage
from content.proof.claims import basis_points


@rule("minimum_novel_share.v1", stage=Stage.CLAIM, measures="novel_share", needs="minimum")
def minimum_novel_share(evidence: Evidence, *, minimum: float) -> Refusal | None:
    """Require that `minimum` of the words are a person's and near no word of the draft, compared in basis points."""
    share = known(evidence.novel_share)
    if basis_points(share) >= basis_points(minimum):
        return None
    return Refusal(
        code="novel_share_low",
        reason="Almost every word was in the draft.",
        params={"share": share, "minimum": minimum},
    )
