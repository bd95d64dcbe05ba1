"""What happens once a transaction is safe: workers are woken, the host project's listeners are told.

Classes and not partials, because Django's `on_commit(robust=True)` reads a `__qualname__`.
"""

from collections.abc import Sequence
from datetime import datetime

from content.events.facts import Fact
from content.events.flow import Queue, installed


class Announcement:
    """Tells the host project's listeners about one fact."""

    def __init__(self, fact: Fact, at: datetime) -> None:
        self.fact, self.at = fact, at
        self.__qualname__ = type(self).__qualname__

    def __call__(self) -> None:
        """Tell them."""
        installed.announce(self.fact, self.at)


class WakeUp:
    """Sends Jobs to the workers; a wake-up that fails is made good by the sweeper."""

    def __init__(self, jobs: Sequence[tuple[int, Queue]]) -> None:
        self.jobs = jobs
        self.__qualname__ = type(self).__qualname__

    def __call__(self) -> None:
        """Send them."""
        installed.wake(self.jobs)
