"""How much of the human part arrived without a record of typing."""

from content.policy.evidence import Evidence, known
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage


@rule("maximum_asserted_share.v1", stage=Stage.CLAIM, measures="asserted_share", needs="maximum")
def maximum_asserted_share(evidence: Evidence, *, maximum: float) -> Refusal | None:
    """Require that of the words by people at most `maximum` came without editor events."""
    share = known(evidence.asserted_share)
    if share <= maximum:
        return None
    return Refusal(
        code="edits_without_record",
        reason=f"{share * 100:.0f} % of the edited words arrived without a record.",
        params={"share": share, "maximum": maximum},
    )
