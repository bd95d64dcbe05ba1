"""What tests begin with: people, drafts and cases that real actions made."""

from datetime import UTC, datetime
from itertools import count

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
"The clock of the tests; pass it as `at`."


class Maker:
    """Makes what a test arranges, each time anew, through real actions."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def number(self) -> int:
        """Return a number that this test has not had yet."""
        return next(self._numbers)
