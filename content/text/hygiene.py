"""One folded key for look-alike spellings of a token (`authorship.v1`, steps 1 to 4 of its keys).

The text itself is never changed: changes of case, quotes, invisible or look-alike characters are no authorship because
both spellings have the same key.
"""

import re
import unicodedata
from typing import Final

from content.text import classes
from content.text.patterns import INVISIBLE, inside

# Step 2: what typographers, keyboards and converters exchange for one another.
QUOTES: Final = {
    ord(character): plain
    for plain, characters in {
        "'": "‘’‚‛′‵‹›ʹʻʼʽˈ＇",
        '"': "“”„‟″‶«»＂〝〞〟",
        "-": "‐‑‒–—―−﹘﹣－",
    }.items()
    for character in characters
}
# Step 3: letters that a reader cannot tell from Latin ones. Source: Unicode TR 39 confusables, the part of Cyrillic and
# Greek whose usual shapes are equal; capitals before case folding, since only the capital of some looks Latin.
_LOOK_ALIKES: Final = (
    "АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ҮY ԌG ԜW ѴV ӀI ԚQ ЁË ЇÏ "
    "аa еe ѕs іi јj оo рp сc уy хx һh ԁd ԛq ԝw ѵv ӏl кk ёë їï үy "
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC ͿJ "
    "αa γy ιi κk νv οo ρp υu χx ϲc ϳj"
)
LOOK_ALIKES: Final = {ord(pair[0]): pair[1:] for pair in _LOOK_ALIKES.split()}

_LATIN = inside(classes.LATIN)
_INVISIBLE_RUN = re.compile(f"[{INVISIBLE}]+")
_LOOK_ALIKE = re.compile(f"[{''.join(map(chr, LOOK_ALIKES))}]")
_LATIN_LETTER = re.compile(f"[{_LATIN}]")
_LATIN_RUNS = re.compile(f"[{_LATIN}]+")
_LETTER_RUNS = re.compile(f"[{inside(classes.LETTER)}]+")


def without_invisibles(text: str) -> str:
    """Return the text without characters that show nothing (step 1)."""
    return _INVISIBLE_RUN.sub("", text)


def has_look_alikes(text: str) -> bool:
    """Return whether any letter of the text is in the look-alike table."""
    return _LOOK_ALIKE.search(text) is not None


def reads_as_latin(paragraph: str) -> bool:
    """Return whether Latin is the dominant script: more Latin letters than letters of others, look-alikes left out."""
    latin = sum(map(len, _LATIN_RUNS.findall(paragraph)))
    letters = sum(map(len, _LETTER_RUNS.findall(paragraph)))
    return latin > letters - latin - len(_LOOK_ALIKE.findall(paragraph))


def folded(word: str, *, in_latin: bool) -> str:
    """Return the word with look-alikes of Latin letters made Latin, if a reader would take it for Latin (step 3).

    :param in_latin: the word stands in a paragraph whose dominant script is Latin.
    """
    if not _LOOK_ALIKE.search(word):
        return word
    plain = word.translate(LOOK_ALIKES)
    if any(not _LATIN_LETTER.match(letter) for run in _LETTER_RUNS.findall(plain) for letter in run):
        return word
    return plain if in_latin or _LATIN_LETTER.search(word) else word


def is_mixed_script(word: str) -> bool:
    """Return whether the word has Latin letters beside look-alikes and folds to all Latin."""
    word = unicodedata.normalize("NFKC", without_invisibles(word))
    return bool(_LATIN_LETTER.search(word)) and folded(word, in_latin=False) != word


def key_of(surface: str, *, in_latin: bool = False) -> str:
    """Return what the token is compared by. The surface comes without invisibles that mean nothing where they stand."""
    if surface.isascii():
        return surface.lower()
    plain = unicodedata.normalize("NFKC", surface).translate(QUOTES)
    return folded(plain, in_latin=in_latin).casefold()
