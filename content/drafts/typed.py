"""What a person typed on a draft: which text a save leads to, and whether its typing record still explains it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from content.drafts.attested import sha256_of
from content.drafts.intake.fields import EXTRAS, MOST_BODY_BYTES, SUMMARY, TITLE
from content.drafts.intake.shapes import Faults
from content.drafts.journal import Journal, JournalEntry, JournalMismatch, applied, parse_entries
from content.drafts.refusals import SequenceGap, TextTooLarge
from content.text.canonical import canonical

WITHOUT_RECORD: Final[list[Any]] = []


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """A working copy as it stands. `seq` counts the journal entries it took; `entries` is empty once untrusted."""

    base_text: str
    text: str
    entries: list[Any]
    seq: int
    trusted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice:
    """One save: entries from number `start` on, what they lead to, and the whole text where the client sends it."""

    start: int
    entries: tuple[JournalEntry, ...]
    base_sha256: str
    sha256: str
    text: str | None


def advanced(stored: Stored, saved: Slice) -> Stored:
    """Return the working copy after a save.

    :raises SequenceGap: if entries before `start` never arrived and no text came with them; params `expected`.
    :raises JournalMismatch: if the entries do not lead to `sha256` and no text came with them.
    :raises TextTooLarge: if the text is over 512 KiB.
    :raises ControlCharacter: if it holds one.
    :raises NotUtf8: if it holds half a surrogate pair.
    """
    try:
        return _replayed(stored, saved)
    except (JournalMismatch, SequenceGap):
        if saved.text is None:
            raise
    text = _checked(canonical(saved.text))
    return Stored(
        base_text=stored.base_text,
        text=text,
        entries=WITHOUT_RECORD,
        seq=saved.start + len(saved.entries),
        trusted=False,
    )


def _replayed(stored: Stored, saved: Slice) -> Stored:
    if saved.base_sha256 != sha256_of(stored.base_text):
        raise JournalMismatch("The journal started from another text.")
    again = saved.start < stored.seq  # an answer got lost, or the client sends all of it
    if saved.start > stored.seq or (again and saved.start and not stored.trusted):
        raise SequenceGap(expected=stored.seq)
    if again or (saved.start == 0 and not stored.trusted):
        rows = stored.entries[: saved.start]
        text, trusted = applied(stored.base_text, parse_entries(rows)), True
    else:
        rows, text, trusted = stored.entries, stored.text, stored.trusted
    text = applied(text, saved.entries)
    if sha256_of(text) != saved.sha256 or (saved.text is not None and text != saved.text) or canonical(text) != text:
        raise JournalMismatch("The changes do not lead to this text.")
    added = Journal(saved.base_sha256, saved.entries).to_json()["entries"]
    return Stored(
        base_text=stored.base_text,
        text=_checked(text),
        entries=[*rows, *added] if trusted and isinstance(added, list) else WITHOUT_RECORD,
        seq=saved.start + len(saved.entries),
        trusted=trusted,
    )


def _checked(text: str) -> str:
    size = len(text.encode())
    if size > MOST_BODY_BYTES:
        raise TextTooLarge(maximum=MOST_BODY_BYTES, bytes=size)
    return text


def checked_fields(*, title: str, summary: str, extras: Mapping[str, str]) -> None:
    """Hold what a person wrote beside the text to the limits of intake.

    :raises ValidationFailed: with one fault for each field that is wrong.
    """
    faults = Faults()
    TITLE.read(title, "/title", faults)
    SUMMARY.read(summary, "/summary", faults)
    EXTRAS.read(dict(extras), "/extras", faults)
    faults.refuse_any()
    for value in (title, summary, *extras.values()):
        canonical(value)
