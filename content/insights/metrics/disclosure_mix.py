"""Disclosure mix."""

from collections.abc import Sequence

from content.insights.bins import Unit
from content.insights.metric import Figures, metric


@metric("disclosure_mix.v1", unit=Unit.CATEGORY, moment="closed_at")
def disclosure_mix(figures: Figures) -> Sequence[str]:
    """Disclosure of machine help in published texts: exempt after review, label required, or out of scope."""
    return (figures.disclosure,) if figures.outcome == "published" and figures.disclosure else ()
