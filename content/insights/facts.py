"""That somebody looked at figures about people."""

from dataclasses import dataclass
from typing import ClassVar

from content.events.facts import FACTS, Fact


@FACTS.register("insights_viewed.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class InsightsViewed(Fact):
    """A person opened a page with figures about editors."""

    fact: ClassVar[str] = "insights_viewed.v1"
    page: str
    filters: dict[str, str]
