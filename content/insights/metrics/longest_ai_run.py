"""Longest ai run."""

from content.insights.bins import Unit
from content.insights.metric import Figures, metric


@metric("longest_ai_run.v1", unit=Unit.WORDS, moment="signed_at")
def longest_ai_run(figures: Figures) -> float | None:
    """Length in words of the longest stretch of machine text that nobody touched, in a signed text."""
    return figures.longest_ai_run
