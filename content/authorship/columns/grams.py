"""Where runs of keys stand: the index behind moved, retyped and copied text."""

from collections import defaultdict
from collections.abc import Sequence


class GramIndex:
    """Where each n-gram stands in a sequence of keys that may grow."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.places: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        self._read = 0

    def read(self, numbers: Sequence[int], wanted: set[tuple[int, ...]] | None = None) -> None:
        """Take in what is new at the end of the sequence; only wanted n-grams, if there is a choice."""
        fresh = numbers[self._read :]
        for at, gram in enumerate(zip(*(fresh[shift:] for shift in range(self._size)), strict=False), self._read):
            if wanted is None or gram in wanted:
                self.places[gram].append(at)
        self._read = max(self._read, len(numbers) - self._size + 1)
