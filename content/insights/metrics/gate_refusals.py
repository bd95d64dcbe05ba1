"""Gate refusals."""

from collections.abc import Sequence

from content.insights.bins import Unit
from content.insights.metric import Figures, metric


@metric("gate_refusals.v1", unit=Unit.CATEGORY, moment="judged_at")
def gate_refusals(figures: Figures) -> Sequence[str]:
    """Rules that the first version a person saved did not meet yet; a case counts once for each rule."""
    return tuple(figures.refused_rules)
