"""Whoever signs says what they did."""

from content.policy.evidence import Evidence
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage

ASKS = {
    "facts_checked": "Say that you checked the facts.",
    "sources_checked": "Say that you checked the sources.",
    "competence": "Say how well you know the subject.",
    "competence_note": "Say why you can judge this text.",
    "tools": "Say which tools you used, or that you used none.",
    "tool_passages": "Mark the passages that a tool wrote.",
    "public_interest": "Say whether the text informs the public on matters of public interest.",
    "responsible": "Choose who answers for this text.",
}


@rule("declaration_complete.v1", stage=Stage.SIGN)
def declaration_complete(evidence: Evidence) -> Refusal | None:
    """Require every field of the declaration, and a mark on what a tool wrote."""
    if evidence.declaration_missing is None:
        return Refusal(
            code="declaration_asked", reason="The declaration is asked for when you sign.", params={}, asked=True
        )
    if not evidence.declaration_missing:
        return None
    first = evidence.declaration_missing[0]
    return Refusal(
        code="declaration_incomplete",
        reason=ASKS.get(first, "The declaration is not complete."),
        params={"fields": ",".join(evidence.declaration_missing)},
    )
