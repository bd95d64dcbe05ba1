"""What kind of change a new text is, and so what it does to a sign-off (review.md, section 4)."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from content.review.states import VoidCause
from content.text.blocks import BlockKind, blocks
from content.text.diff import word_diff
from content.text.hidden import hidden_characters
from content.text.tokens import split_tokens

CARRY_METHOD: Final = "cosmetic.v1"
MINOR_CODE_POINTS: Final = 60
MINOR_SHARE: Final = 0.01
MINOR_HUNKS: Final = 3
_TARGET: Final = re.compile(
    r"\]\(([^)\s]*)|<([a-z][a-z0-9+.-]*:[^>\s]*)>|(https?://\S+)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE
)
_NEGATION: Final = re.compile(
    r"\b(?:not|no|nor|never|none|nothing|nobody|neither|without|cannot|\w+n['\u2019]t|nicht|kein\w*|nie|niemals|ohne)\b",
    re.IGNORECASE,
)
_WEIGHTY: Final = frozenset('"\u201c\u201d\u201e\u00ab\u00bb[]()<>')


class ChangeClass(StrEnum):
    """The first that fits, in this order, is the class of a change."""

    NO_CHANGE = "no_change"
    META = "meta"
    MACHINE = "machine"
    REVERT = "revert"
    COSMETIC = "cosmetic"
    MINOR = "minor"
    SUBSTANTIVE = "substantive"

    @property
    def void_cause(self) -> VoidCause | None:
        """Why a sign-off counts no more after such a change; None where it may still count."""
        return {
            ChangeClass.MACHINE: VoidCause.MACHINE,
            ChangeClass.REVERT: VoidCause.REVERT,
            ChangeClass.MINOR: VoidCause.MINOR,
            ChangeClass.SUBSTANTIVE: VoidCause.SUBSTANTIVE,
        }.get(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Signed:
    """What a sign-off covers: the body and the other attested fields, and their digest. `meta` is outside of it."""

    text: str
    digest: str
    language: str = "en"
    fields: Mapping[str, str] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)


def classify(signed: Signed, new: Signed, *, by_machine: bool, older: Collection[str] = ()) -> ChangeClass:
    """Return the class of the change from a signed text to a later one.

    :param by_machine: the author is a Source, an agent or the system.
    :param older: digests of the revisions before `new`.
    """
    if new.digest == signed.digest:
        return ChangeClass.NO_CHANGE if new.meta == signed.meta else ChangeClass.META
    if by_machine:
        return ChangeClass.MACHINE
    if new.digest in older:
        return ChangeClass.REVERT
    if _is_cosmetic(signed, new):
        return ChangeClass.COSMETIC
    return ChangeClass.MINOR if _is_minor(signed, new) else ChangeClass.SUBSTANTIVE


def _is_cosmetic(signed: Signed, new: Signed) -> bool:
    """Tell whether only white space differs: same words, marks and targets, code byte for byte, nothing hidden new."""
    if set(signed.fields) != set(new.fields):
        return False
    pairs = [(signed.text, new.text), *((signed.fields[name], new.fields[name]) for name in signed.fields)]
    return (
        all(_same_tokens(old, text) for old, text in pairs)
        and _targets(signed.text) == _targets(new.text)
        and _code(signed.text) == _code(new.text)
        and len(hidden_characters(new.text, language=new.language))
        <= len(hidden_characters(signed.text, language=signed.language))
    )


def _same_tokens(old: str, new: str) -> bool:
    return old == new or split_tokens(old).surfaces == split_tokens(new).surfaces


def _targets(text: str) -> list[str]:
    return ["".join(groups) for groups in _TARGET.findall(text)]


def _code(text: str) -> list[str]:
    return [text[start:end] for kind, start, end in blocks(text) if kind is BlockKind.CODE]


def _is_minor(signed: Signed, new: Signed) -> bool:
    """At most three small hunks, none of which touches what carries meaning by itself."""
    if signed.fields != new.fields:
        return False
    changes = word_diff(signed.text, new.text)
    touched = [(signed.text[each.from_a : each.to_a], new.text[each.from_b : each.to_b]) for each in changes]
    size = sum(len(old) + len(come) for old, come in touched)
    return (
        len(changes) <= MINOR_HUNKS
        and size <= MINOR_CODE_POINTS
        and size <= MINOR_SHARE * max(len(signed.text), 1)
        and not any(_is_weighty(side) for pair in touched for side in pair)
        and _targets(signed.text) == _targets(new.text)
        and not any(_in_quotation(signed.text, each.from_a) for each in changes)
    )


def _is_weighty(stretch: str) -> bool:
    """Tell whether a stretch holds a digit, a capital, a negation, or the marks of a quotation or link."""
    return bool(_NEGATION.search(stretch)) or any(
        each.isupper() or each.isdigit() or each in _WEIGHTY for each in stretch
    )


def _in_quotation(text: str, position: int) -> bool:
    start = text.rfind("\n\n", 0, position) + 1
    paragraph = text[start:position]
    line = paragraph.rsplit("\n", 1)[-1]
    opened = len(re.findall(r"[\u201c\u201e\u00ab]", paragraph)) > len(re.findall(r"[\u201d\u00bb]", paragraph))
    return opened or paragraph.count('"') % 2 == 1 or line.lstrip().startswith(">")
