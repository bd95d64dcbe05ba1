"""Edit rate."""

from content.insights.bins import Unit
from content.insights.metric import Figures, metric


@metric("edit_rate.v1", unit=Unit.SHARE, moment="signed_at")
def edit_rate(figures: Figures) -> float | None:
    """Share of a signed text that people changed against the machine draft.

    Words they put in, or words of the draft they took out, whichever is more, over the words of the text.
    """
    return figures.edit_rate
