"""What is signed is what is seen."""

from content.policy.evidence import Evidence
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage
from content.policy.words import counted


@rule("hidden_characters_resolved.v1", stage=Stage.SIGN, measures="hidden_characters")
def hidden_characters_resolved(evidence: Evidence) -> Refusal | None:
    """Require that no bidirectional, zero-width or tag character is left but where emoji and scripts need them."""
    count = evidence.hidden_characters
    if not count:
        return None
    return Refusal(
        code="hidden_characters",
        reason=f"{counted(count, 'invisible character: remove it', 'invisible characters: remove them')}.",
        params={"characters": count},
    )
