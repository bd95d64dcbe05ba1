"""Words, emoji clusters and single other characters of a text, with code point offsets (`authorship.v1`, section 3).

A word is letters, marks and digits, joined by apostrophes or, between digits, by `.` and `,`. In scripts without spaces
each base character with its marks is a word. Invisible characters belong to the token they sit in, follow or touch.
"""

import re
from itertools import accumulate
from typing import Final, NamedTuple

from content.text import classes
from content.text.hygiene import has_look_alikes, key_of, reads_as_latin
from content.text.patterns import BASIC_PLANE, INVISIBLE, SPACE, inside, without

_APOSTROPHES: Final = "'’‘‛′＇"
_PLAIN_ALPHANUMERIC: Final = without(classes.ALPHANUMERIC, classes.INVISIBLE, classes.SPACELESS)
_MARKS: Final = inside(without(classes.MARK, classes.INVISIBLE))


def _word(letters: str, digits: str, apostrophes: str) -> str:
    return f"[{letters}]+(?:[{apostrophes}][{letters}]+|(?<=[{digits}])[.,](?=[{digits}])[{letters}]+)*"


_PICTOGRAPH: Final = f"[{inside(classes.PICTOGRAPHIC)}]"
_PERSON: Final = f"{_PICTOGRAPH}[\U0001f3fb-\U0001f3ff]?[\ufe0e\ufe0f]?"
# UTS #51: flags of countries and regions, keycaps, sequences joined by ZWJ with modifiers and presentation selectors.
EMOJI: Final = (
    "[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
    f"|[0-9#*]\ufe0f?\u20e3|{_PERSON}(?:\u200d{_PERSON})*\u20e3?"
)
_IDEOGRAPH: Final = f"[{inside(classes.SPACELESS)}][\U000e0100-\U000e01ef]?[{_MARKS}]*"

_ASCII: Final = re.compile(f"({_word('A-Za-z0-9', '0-9', chr(39))}|[^{SPACE}])")
_BASIC: Final = re.compile(
    "("
    + _word(inside(_PLAIN_ALPHANUMERIC, below=BASIC_PLANE), inside(classes.DIGIT, below=BASIC_PLANE), _APOSTROPHES)
    + f"|[^{SPACE}])"
)
_FULL: Final = re.compile(
    f"({EMOJI}|{_IDEOGRAPH}|{_word(inside(_PLAIN_ALPHANUMERIC), inside(classes.DIGIT), _APOSTROPHES)}|[^{SPACE}])"
)
_SPECIAL: Final = re.compile(
    f"[{INVISIBLE}{inside(classes.SPACELESS, below=BASIC_PLANE)}{inside(classes.PICTOGRAPHIC, below=BASIC_PLANE)}"
    "\u20e3\U00010000-\U0010ffff]"
)
_INVISIBLES: Final = re.compile(f"({EMOJI}|[{inside(classes.HAN)}][\U000e0100-\U000e01ef])|[{INVISIBLE}]+")
_ANY_INVISIBLE: Final = re.compile(f"[{INVISIBLE}]")
_ALPHANUMERIC: Final = re.compile(
    f"[{inside(classes.LETTER)}]|[{inside(without(classes.ALPHANUMERIC, classes.LETTER, classes.MARK))}]"
)
_EMOJI_ONLY: Final = re.compile(EMOJI)
_SPACELESS_START: Final = re.compile(f"[{inside(classes.SPACELESS)}]")


class Token(NamedTuple):
    """One token: its slice of the text, half-open code point offsets."""

    text: str
    start: int
    end: int


class Word(NamedTuple):
    """One word: the key it is compared by, half-open code point offsets, whether its script has no spaces."""

    key: str
    start: int
    end: int
    spaceless: bool


class TokenColumns(NamedTuple):
    """The tokens of a text as columns of equal length; surfaces come without invisibles that mean nothing."""

    surfaces: list[str]
    starts: list[int]
    ends: list[int]


def split_tokens(text: str) -> TokenColumns:
    """Return the tokens of the text as columns: every code point that is not space is in one, in order."""
    if text.isascii():
        return _columns(_ASCII.split(text))
    if not _SPECIAL.search(text):
        return _columns(_BASIC.split(text))
    if not _ANY_INVISIBLE.search(text):
        return _columns(_FULL.split(text))
    return _with_invisibles(text)


def tokens(text: str) -> list[Token]:
    """Return every token of the text in order."""
    columns = split_tokens(text)
    return [Token(text[start:end], start, end) for start, end in zip(columns.starts, columns.ends, strict=True)]


def words(text: str) -> list[Word]:
    """Return the word tokens of the text in order, code and markup included, as fingerprints hash them."""
    columns = split_tokens(text)
    in_latin = latin_context(text)
    return [
        Word(key_of(surface, in_latin=in_latin), start, end, is_spaceless(surface))
        for surface, start, end in zip(*columns, strict=True)
        if is_word(surface)
    ]


def latin_context(paragraph: str) -> bool:
    """Return whether look-alikes in this paragraph fold to Latin; cheap when there are none."""
    return not paragraph.isascii() and has_look_alikes(paragraph) and reads_as_latin(paragraph)


def is_word(surface: str) -> bool:
    """Return whether the token has a letter or digit and is no emoji."""
    if surface.isascii():
        return surface[-1].isalnum()
    return bool(_ALPHANUMERIC.search(surface)) and not _EMOJI_ONLY.fullmatch(surface)


def is_spaceless(surface: str) -> bool:
    """Return whether the token is of a script that puts no spaces between words."""
    return not surface.isascii() and _SPACELESS_START.match(surface) is not None


def _columns(parts: list[str]) -> TokenColumns:
    # `parts` alternates gap, token, gap, token, ..., gap: running lengths are the offsets, all in C.
    offsets = list(accumulate(map(len, parts)))
    return TokenColumns(parts[1::2], offsets[0:-1:2], offsets[1::2])


def _with_invisibles(text: str) -> TokenColumns:
    """Tokenise what a reader sees, then give each invisible to the token it sits in, follows or touches."""
    visible: list[str] = []
    places: list[int] = []
    position = 0
    for match in _INVISIBLES.finditer(text):
        if match.group(1) is None:
            visible.append(text[position : match.start()])
            places.extend(range(position, match.start()))
            position = match.end()
    visible.append(text[position:])
    places.extend(range(position, len(text)))
    columns = _columns(_FULL.split("".join(visible)))
    starts = [places[start] for start in columns.starts]
    ends = [places[end - 1] + 1 for end in columns.ends]
    for index, end in enumerate(ends):
        limit = starts[index + 1] if index + 1 < len(starts) else len(text)
        ends[index] = _after_invisibles(text, end, limit)
        floor = ends[index - 1] if index else 0
        starts[index] = _before_invisibles(text, starts[index], floor)
    return TokenColumns(columns.surfaces, starts, ends)


def _after_invisibles(text: str, position: int, limit: int) -> int:
    while position < limit and _ANY_INVISIBLE.match(text, position):
        position += 1
    return position


def _before_invisibles(text: str, position: int, floor: int) -> int:
    while position > floor and _ANY_INVISIBLE.match(text, position - 1):
        position -= 1
    return position
