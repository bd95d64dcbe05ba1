"""Numbers for keys: comparing tokens is comparing small integers."""

import re
from collections.abc import Sequence
from typing import Final

from content.text import classes
from content.text.function_words import is_function_word, is_negation
from content.text.hygiene import key_of
from content.text.patterns import inside
from content.text.tokens import is_spaceless, is_word

# Flags of a key; the first two also mark tokens, where they count only in prose.
WORD: Final = 1
CONTENT: Final = 2
SPACELESS: Final = 4
NEGATION: Final = 8
NUMBER: Final = 16
WORD_ONLY: Final = bytes(flags & WORD for flags in range(256))  # for bytes.translate: a mask of words

_NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_HIRAGANA: Final = re.compile(f"[{inside(classes.HIRAGANA)}]")


class Vocabulary:
    """Every key a document ever had, numbered from 0 in order of appearance.

    `keys[n]` is the key of number n, `flags[n]` what it is.
    """

    def __init__(self, language: str, keys: Sequence[str] = (), flags: bytes = b"") -> None:
        self.language = language.split("-", 1)[0].lower()
        self.keys = list(keys)
        self.flags = bytearray(flags)
        self._numbers = {key: number for number, key in enumerate(keys)}
        self._surfaces: tuple[dict[str, int], dict[str, int]] = ({}, {})

    def numbers(self, surfaces: list[str], *, in_latin: bool) -> list[int]:
        """Return the number of each surface's key; new keys get the next numbers."""
        known = self._surfaces[in_latin]
        try:
            return [known[surface] for surface in surfaces]
        except KeyError:
            for surface in surfaces:
                if surface not in known:
                    known[surface] = self._number(_key(surface, in_latin=in_latin))
        return [known[surface] for surface in surfaces]

    def _number(self, key: str) -> int:
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.keys)
            self.keys.append(key)
            self.flags.append(self._flags_of(key))
        return number

    def _flags_of(self, key: str) -> int:
        if not key or not is_word(key):  # a key may be empty: a lone mark that folds to nothing
            return 0
        flags = WORD
        if is_spaceless(key):
            return flags | SPACELESS | (0 if _HIRAGANA.match(key) else CONTENT)
        if not is_function_word(key, language=self.language):
            flags |= CONTENT
        if is_negation(key, language=self.language):
            flags |= NEGATION
        if _NUMBER.fullmatch(key):
            flags |= NUMBER
        return flags


def _key(surface: str, *, in_latin: bool) -> str:
    if surface.isascii():
        return surface.lower()
    key = key_of(surface, in_latin=in_latin)
    # A trade mark sign or a circled letter is no word, whatever letters it unfolds to.
    return surface if is_word(key) and not is_word(surface) else key
