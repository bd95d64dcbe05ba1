"""Words that are near one another: equal, or with a common prefix of at least max(4, ceil(0.7 x longer length)).

So that plurals and endings are not new words; no lemmatiser stands in a gate.
"""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Final

LEAST: Final = 4
NEIGHBORS: Final = 32  # words that begin alike and are compared one by one
LONGEST: Final = 64  # letters; a longer word is near its equal only


def near(first: str, second: str) -> bool:
    """Return whether two word keys are near."""
    if first == second:
        return True
    longer = max(len(first), len(second))
    needed = _needed(longer)
    return longer <= LONGEST and len(first) >= needed and first[:needed] == second[:needed]


class NearIndex:
    """Answers whether a word is near any of many, in time that hardly depends on how many they are.

    Words that begin alike stand next to each other in a sorted list. Where too many do, all words are known by their
    prefixes instead: two words are near if they share one of `prefixes`.
    """

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._sorted: list[str] = []
        self._prefixes: set[str] = set()

    def add(self, words: Iterable[str]) -> None:
        """Take further words in."""
        self._words.update(words)
        self._sorted = sorted(self._words)
        self._prefixes = set()

    def has_near(self, word: str) -> bool:
        """Return whether the word is near one that was taken in."""
        if word in self._words:
            return True
        if len(word) < LEAST or len(word) > LONGEST:
            return False
        beginning = word[: _needed(len(word))]
        at = bisect_left(self._sorted, beginning)
        for other in self._sorted[at : at + NEIGHBORS]:
            if not other.startswith(beginning):
                return False
            if near(word, other):
                return True
        return self._shares_prefix(word) if at + NEIGHBORS < len(self._sorted) else False

    def _shares_prefix(self, word: str) -> bool:
        if not self._prefixes:
            self._prefixes = {prefix for other in self._words for prefix in prefixes(other)}
        return any(prefix in self._prefixes for prefix in prefixes(word))


def _needed(length: int) -> int:
    return max(LEAST, (7 * length + 9) // 10)


def prefixes(word: str) -> list[str]:
    """Return the beginnings of a word by which it is near others: two words are near if they share one."""
    length = len(word)
    return [] if length > LONGEST else [word[:end] for end in range(_needed(length), length + 1)]
