"""How much of the text is a person's."""

from math import ceil

from content.policy.evidence import Evidence, known
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage
from content.policy.words import counted
from content.proof.claims import basis_points


@rule("minimum_human_share.v1", stage=Stage.CLAIM, measures="effective_human_share", needs="minimum")
def minimum_human_share(evidence: Evidence, *, minimum: float) -> Refusal | None:
    """Require an effective human share of at least `minimum`, compared in basis points as the verifier does."""
    share = known(evidence.effective_human_share)
    if basis_points(share) >= basis_points(minimum):
        return None
    words = max(1, ceil((minimum - share) * evidence.words))
    return Refusal(
        code="human_share_low",
        reason=f"Needs about {counted(words, 'more word', 'more words')} by hand.",
        params={"share": share, "minimum": minimum, "words": words},
    )
