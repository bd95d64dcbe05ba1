"""D09: the managers' numbers are what the Events say."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from content.insights.queries import recount
from content.management.examination.finding import QUESTIONS

DAYS = 3


@QUESTIONS.register("D09.rollups")
def rollups(at: datetime) -> Iterator[str]:
    """Compare the rollups of the last days with a recount."""
    yield from recount.differences(since=(at - timedelta(days=DAYS)).date(), at=at)
