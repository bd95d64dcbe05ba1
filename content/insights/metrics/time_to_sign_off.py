"""Time to sign-off."""

from content.insights.bins import Unit
from content.insights.metric import Figures, metric


@metric("time_to_sign_off.v1", unit=Unit.SECONDS, moment="signed_at")
def time_to_sign_off(figures: Figures) -> float | None:
    """Seconds from the opening of a case to the last sign-off that stands."""
    return None if figures.signed_at is None else (figures.signed_at - figures.opened_at).total_seconds()
