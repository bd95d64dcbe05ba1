"""How many machine generations lie behind the text."""

from content.policy.evidence import Evidence, known
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage, WayOut

NEEDS_A_PRIMARY_SOURCE = 2  # at this depth a person must have been at a primary source


@rule("generation_depth_limit.v1", stage=Stage.SIGN, measures="generation_depth", needs="limit")
def generation_depth_limit(evidence: Evidence, *, limit: int, unknown_depth: str = "allow") -> Refusal | None:
    """Require at most `limit` machine generations behind the text, and a named primary source at 2.

    :param unknown_depth: `allow` or `block`: what happens when nobody says where the text comes from.
    """
    depth = known(evidence.generation_depth)
    if depth > limit:
        return Refusal(
            code="too_deep",
            reason="Built on AI text that was built on AI text.",
            params={"depth": depth, "limit": limit},
        )
    if depth >= NEEDS_A_PRIMARY_SOURCE and not evidence.primary_source_named:
        return Refusal(
            code="primary_source_missing",
            reason="Built on other AI text: name a primary source with one of the claims.",
            params={"depth": depth, "limit": limit},
        )
    if evidence.depth_basis == "unknown" and unknown_depth == "block":
        return Refusal(
            code="depth_unknown",
            reason="Where this text comes from is not said.",
            params={"depth": depth, "limit": limit},
            way_out=WayOut.SOURCE,
        )
    return None
