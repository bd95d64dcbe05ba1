"""Claim mix."""

from collections.abc import Sequence

from content.insights.bins import Unit
from content.insights.metric import Figures, metric


@metric("claim_mix.v1", unit=Unit.CATEGORY, moment="closed_at")
def claim_mix(figures: Figures) -> Sequence[str]:
    """Claims of published texts: reviewed, substantially edited, or rewritten by people."""
    return (figures.claim_level,) if figures.outcome == "published" and figures.claim_level else ()
