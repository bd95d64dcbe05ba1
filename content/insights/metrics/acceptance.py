"""Acceptance."""

from collections.abc import Sequence

from content.insights.bins import Unit
from content.insights.metric import Figures, metric


@metric("acceptance.v1", unit=Unit.CATEGORY, moment="closed_at")
def acceptance(figures: Figures) -> Sequence[str]:
    """How cases ended: published, rejected by a person, or withdrawn by the Source or a manager."""
    return (figures.outcome,) if figures.outcome else ()
