"""Human share."""

from content.insights.bins import Unit
from content.insights.metric import Figures, metric


@metric("human_share.v1", unit=Unit.SHARE, moment="signed_at")
def human_share(figures: Figures) -> float | None:
    """Share of the words of a signed text that people wrote, as `authorship.v1` counts them, at its last sign-off."""
    return figures.human_share
