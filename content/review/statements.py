"""The public sentences that people put their sign-off to. A version never changes; a new wording is a new version."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from content.review.states import SignOffKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """A wording by its name. `sha256` is of its UTF-8 bytes."""

    id: str
    language: str
    text: str

    @property
    def sha256(self) -> str:
        """Hash of the wording, kept with each sign-off."""
        return hashlib.sha256(self.text.encode()).hexdigest()


_EDITOR = Statement(
    id="editor.v1",
    language="en",
    text=(
        "I have read this text as a whole, edited it where it needed it, "
        "and checked its facts and sources as declared. "
        "I stand by it in the form whose digest is shown, "
        "and the person or function named answers for it publicly."
    ),
)
_APPROVER = Statement(
    id="approver.v1",
    language="en",
    text=(
        "I have read this text as a whole and reviewed the changes made to it, the checks and the declaration. "
        "I did not write it, and I approve it for publication in the form whose digest is shown."
    ),
)
STATEMENTS: Mapping[str, Statement] = MappingProxyType({each.id: each for each in (_EDITOR, _APPROVER)})


def statement_of(kind: SignOffKind) -> Statement:
    """Return the wording in force for one kind of sign-off."""
    return _EDITOR if kind is SignOffKind.EDITOR else _APPROVER
