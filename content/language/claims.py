"""Sentences that somebody must check, found without a model: `claims.v1` of the detector.

A sentence is a claim when it holds a number, a date, an absolute word, a quotation, a link, or a name. The detector is
the same on every machine, because the gate counts what it finds; what spaCy's model finds comes later, as advice.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from content.language.vocabulary import Vocabulary, vocabulary_of
from content.text.segments import REMEMBERED, sentence_hash, sentences
from content.text.tokens import split_tokens

DETECTOR = "claims.v1"


class ClaimKind(StrEnum):
    """Why a sentence has to be checked."""

    NUMBER = "number"
    DATE = "date"
    ABSOLUTE = "absolute"
    QUOTATION = "quotation"
    URL = "url"
    NAME = "name"


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One sentence to check: its hash (`content.text.segments`), half-open code points, its text, and why."""

    sentence_hash: str
    start: int
    end: int
    quote: str
    kinds: tuple[ClaimKind, ...]


_QUOTED: Final = re.compile(r'"[^"\n]{12,}"|“[^”\n]{12,}”|„[^“”\n]{12,}[“”]|«[^»\n]{12,}»|\u2018[^\u2019\n]{24,}\u2019')
_LINK: Final = re.compile(r"https?://|ftp://|www\.|\]\(|\]\[", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:1[5-9]|20)[0-9]{2}s?")
_MARKS: Final = frozenset("-*+#>_~`|.)(\"'“„«\u2018[")
_ENDS_A_NUMBERED_MARKER: Final = frozenset(".)")


@lru_cache(maxsize=REMEMBERED)
def detect(text: str, language: str) -> tuple[Claim, ...]:
    """Return the claims of a text in order.

    :param text: Markdown; code blocks and other text without prose hold no claims.
    :param language: BCP 47 tag; picks the word lists.
    """
    vocabulary = vocabulary_of(language)
    surfaces, starts, _ = split_tokens(text)
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    found = []
    for start, end, _ in sentences(text):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        kinds = set(_kinds_of_words(surfaces[first:last], vocabulary))
        if any(begin < end and start < stop for begin, stop in _near(quoted, start, end)):
            kinds.add(ClaimKind.QUOTATION)
        quote = text[start:end]
        if _LINK.search(quote):
            kinds.add(ClaimKind.URL)
        if kinds:
            ordered = tuple(kind for kind in ClaimKind if kind in kinds)
            found.append(Claim(sentence_hash=sentence_hash(quote), start=start, end=end, quote=quote, kinds=ordered))
    return tuple(found)


def _near(spans: Sequence[tuple[int, int]], start: int, end: int) -> Sequence[tuple[int, int]]:
    """Return the few disjoint, ascending spans that may touch a sentence."""
    at = bisect_left(spans, (start, start))
    last = bisect_left(spans, (end, end))
    return spans[max(0, at - 1) : last]


def _kinds_of_words(surfaces: Sequence[str], vocabulary: Vocabulary) -> Iterator[ClaimKind]:
    first = _first_word(surfaces)
    is_heading = bool(surfaces) and surfaces[0] == "#"
    for at in range(first, len(surfaces)):
        surface = surfaces[at]
        lower = surface.lower()
        if surface[0].isdigit() or (surface[-1].isdigit() and not surface.isupper()):
            yield ClaimKind.DATE if _YEAR.fullmatch(surface) else ClaimKind.NUMBER
        elif lower in vocabulary.numbers or surface in {"%", "‰", "½", "¼", "¾"}:
            yield ClaimKind.NUMBER
        elif lower in vocabulary.absolutes:
            yield ClaimKind.ABSOLUTE
        elif lower in vocabulary.weekdays or (lower in vocabulary.months and _dated(surfaces, at)):
            yield ClaimKind.DATE
        elif not is_heading and surface[0].isupper() and _is_name(surfaces, at, first, vocabulary):
            yield ClaimKind.NAME


def _first_word(surfaces: Sequence[str]) -> int:
    """Return the index of the first token behind list markers, quote marks and emphasis."""
    at = 0
    while at < len(surfaces) and surfaces[at] in _MARKS:
        at += 1
    numbered = at + 1 < len(surfaces) and surfaces[at].isdigit() and surfaces[at + 1] in _ENDS_A_NUMBERED_MARKER
    if numbered and at + 2 < len(surfaces):
        return at + 2 + _first_word(surfaces[at + 2 :])
    return at


def _dated(surfaces: Sequence[str], at: int) -> bool:
    """Tell whether a month's name stands by a number, or reads as one: "may" and "march" are also words."""
    beside = [*surfaces[max(0, at - 2) : at], *surfaces[at + 1 : at + 3]]
    return any(each[0].isdigit() for each in beside)


def _is_name(surfaces: Sequence[str], at: int, first: int, vocabulary: Vocabulary) -> bool:
    surface = surfaces[at]
    if surface.lower() in vocabulary.not_names or surface.lower() in vocabulary.months:
        return False
    if any(letter.isupper() for letter in surface[1:]):
        return True  # an acronym, or capitals inside, wherever it stands
    if len(surface) == 1:
        return False
    follows_capital = at > first and _plain_capital(surfaces[at - 1])
    if vocabulary.nouns_have_capitals:
        return follows_capital and at - 1 > first
    starts_a_clause = at == first or surfaces[at - 1] in {":", '"', "“", "„", "«", "\u2018"}
    return not starts_a_clause


def _plain_capital(surface: str) -> bool:
    return len(surface) > 1 and surface[0].isupper()
