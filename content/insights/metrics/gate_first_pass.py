"""Gate at the first version."""

from collections.abc import Sequence

from content.insights.bins import Unit
from content.insights.metric import Figures, metric


@metric("gate_first_pass.v1", unit=Unit.CATEGORY, moment="judged_at")
def gate_first_pass(figures: Figures) -> Sequence[str]:
    """Whether the first version that a person saved came to approval without a second one."""
    if figures.passed_first is None:
        return ()
    return ("passed",) if figures.passed_first else ("refused",)
