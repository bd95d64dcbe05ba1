"""Words that are near one another: equal, or with a common prefix of at least max(4, ceil(0.7 x longer length)).

So that plurals and endings are not new words; no lemmatiser stands in a gate.
"""

from collections.abc import Iterable
from typing import Final

LEAST: Final = 4
LONGEST: Final = 64  # letters; a longer word is near its equal only


def near(first: str, second: str) -> bool:
    """Return whether two word keys are near."""
    if first == second:
        return True
    longer = max(len(first), len(second))
    needed = _needed(longer)
    return longer <= LONGEST and len(first) >= needed and first[:needed] == second[:needed]


class NearIndex:
    """Answers whether a word is near any of many, in time that does not depend on how many they are.

    A word of length L is known by its prefixes from `_needed(L)` on.
    """

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._prefixes: set[str] = set()

    def add(self, words: Iterable[str]) -> None:
        """Take further words in."""
        for word in words:
            self._words.add(word)
            self._prefixes.update(prefixes(word))

    def has_near(self, word: str) -> bool:
        """Return whether the word is near one that was taken in."""
        return word in self._words or any(prefix in self._prefixes for prefix in prefixes(word))


def _needed(length: int) -> int:
    return max(LEAST, (7 * length + 9) // 10)


def prefixes(word: str) -> list[str]:
    """Return the beginnings of a word by which it is near others: two words are near if they share one."""
    length = len(word)
    return [] if length > LONGEST else [word[:end] for end in range(_needed(length), length + 1)]
