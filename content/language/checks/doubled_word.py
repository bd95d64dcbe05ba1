"""A word that stands twice in a row."""

from collections.abc import Iterator
from typing import Final

from content.language.check import Checked, Severity, check
from content.text.tokens import words

_MAY_STAND_TWICE: Final = frozenset(
    {"that", "had", "die", "der", "das", "sie", "nous", "vous", "bora", "ha", "no", "so"}
)


@check("doubled_word.v1", reason="A word stands twice: “{quote}”.", severity=Severity.WARNING)
def doubled_word(checked: Checked) -> Iterator[tuple[int, int]]:
    """Find "the the" inside a line of prose; numbers and words that rightly repeat are left alone."""
    before = None
    for word in words(checked.text):
        if before is not None and before.key == word.key and _is_doubled(checked, before.start, before.end, word.start):
            yield before.start, word.end
            before = None
        else:
            before = None if word.spaceless or word.key in _MAY_STAND_TWICE or not word.key.isalpha() else word


def _is_doubled(checked: Checked, start: int, gap: int, end: int) -> bool:
    between = checked.text[gap:end]
    return between.isspace() and between.count("\n") < 2 and checked.is_prose(start, end)  # noqa: PLR2004 (a blank line)
