"""Characters that show nothing: found with their place. One table for the freeze, the gate and the tamper signals.

Allowed, and not found, where writing needs them: joiners inside emoji and joining scripts, presentation selectors
after an emoji base, ideographic variation selectors, direction marks beside right-to-left letters, balanced isolates
in right-to-left lines. Source of the kinds: `authorship.v1`, section 9; Trojan Source, CVE-2021-42574.
"""

import re
from typing import Final, NamedTuple

from content.text import classes
from content.text.patterns import INVISIBLE, inside
from content.text.tokens import EMOJI

BIDI_CONTROLS: Final = "bidi_controls"
TAG_CHARACTERS: Final = "tag_characters"
INVISIBLE_CHARACTERS: Final = "invisible_characters"
SOFT_HYPHENS: Final = "soft_hyphens"

RIGHT_TO_LEFT_LANGUAGES: Final = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"})

_ANY: Final = re.compile(f"[{INVISIBLE}]")
_FOUND: Final = re.compile(f"({EMOJI}|[{inside(classes.HAN)}][\U000e0100-\U000e01ef])|[{INVISIBLE}]")
_JOINING: Final = re.compile(f"[{inside(classes.JOINING)}]")
_RIGHT_TO_LEFT: Final = re.compile(f"[{inside(classes.RIGHT_TO_LEFT)}]")
_JAMO: Final = re.compile("[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]")
_DIRECTION_MARKS: Final = frozenset("\u200e\u200f\u061c")
_JOINERS: Final = frozenset("\u200c\u200d\u180b\u180c\u180d\u180e\u180f\u17b4\u17b5")
_OPENERS: Final = {"\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069", "\u202a": "\u202c", "\u202b": "\u202c"}
_CLOSERS: Final = frozenset("\u2069\u202c")


class HiddenRun(NamedTuple):
    """Neighbouring hidden characters of one kind: half-open code point offsets and the kind, a signal's name."""

    start: int
    end: int
    kind: str


def hidden_characters(text: str, *, language: str = "en") -> tuple[HiddenRun, ...]:
    """Return every run of hidden characters that the writing does not need, in order, soft hyphens included.

    :param language: BCP 47 tag; direction marks are at home in right-to-left languages.
    """
    if text.isascii() or not _ANY.search(text):
        return ()
    right_to_left = language.split("-", 1)[0].lower() in RIGHT_TO_LEFT_LANGUAGES
    balanced = _balanced_controls(text)
    runs: list[HiddenRun] = []
    for match in _FOUND.finditer(text):
        at = match.start()
        if match.group(1) is not None or at in balanced or _needed(text, at, right_to_left=right_to_left):
            continue
        kind = _kind_of(match.group())
        if runs and runs[-1].end == at and runs[-1].kind == kind:
            runs[-1] = runs[-1]._replace(end=at + 1)
        else:
            runs.append(HiddenRun(at, at + 1, kind))
    return tuple(runs)


def blocking_characters(text: str, *, language: str = "en") -> tuple[HiddenRun, ...]:
    """Return the runs that no signed text may hold: all hidden characters but soft hyphens."""
    return tuple(run for run in hidden_characters(text, language=language) if run.kind != SOFT_HYPHENS)


def _kind_of(character: str) -> str:
    if "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069":
        return BIDI_CONTROLS
    if "\U000e0000" <= character <= "\U000e007f":
        return TAG_CHARACTERS
    return SOFT_HYPHENS if character == "\xad" else INVISIBLE_CHARACTERS


def _needed(text: str, at: int, *, right_to_left: bool) -> bool:
    """Return whether the script around position `at` needs this character."""
    character = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if character in _JOINERS:
        return _JOINING.match(before) is not None
    if character in _DIRECTION_MARKS:
        return right_to_left or any(_RIGHT_TO_LEFT.match(beside) for beside in (before, after))
    if character in "\u115f\u1160":
        return any(_JAMO.match(beside) for beside in (before, after))
    return False


def _balanced_controls(text: str) -> frozenset[int]:
    """Return the places of isolates and embeddings that open and close within one line with right-to-left letters.

    Overrides (U+202D, U+202E) are never among them: they make a reader see another order than was written.
    """
    found: set[int] = set()
    position = 0
    for line in text.splitlines(keepends=True):
        if _RIGHT_TO_LEFT.search(line) and _kind_present(line):
            found.update(position + at for at in _balanced_in(line))
        position += len(line)
    return frozenset(found)


def _kind_present(line: str) -> bool:
    return any(opener in line for opener in _OPENERS)


def _balanced_in(line: str) -> list[int]:
    pairs: list[int] = []
    waiting: list[int] = []
    for at, character in enumerate(line):
        if character in _OPENERS:
            waiting.append(at)
        elif character in _CLOSERS:
            if not waiting or _OPENERS[line[waiting[-1]]] != character:
                return []
            pairs += [waiting.pop(), at]
    return [] if waiting else pairs
