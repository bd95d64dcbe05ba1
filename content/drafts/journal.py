"""An editor's change log: read, bounded, and replayed over the text it started from.

Format: `{"base_sha256": hex, "entries": [[at_ms, event, changes], ...]}`, one entry for each transaction that changed
the document; `event` is CodeMirror's userEvent or null, `changes` has the shape of `ChangeSet.toJSON()`: a number keeps
so many units, `[n, "line", ...]` deletes n and inserts the lines joined by LF. Positions count UTF-16 units, as the
browser recorded them; all that leaves here counts code points.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from content.drafts.arrival import Arrivals, Replay
from content.drafts.changes import ChangeRefused, Section, read_changes
from content.errors import Invalid
from content.text.offsets import to_text, to_units

BULK_LIMIT: Final = (
    40  # code points; more in one input that was not composed is no typing. The desk has the same number
)
BURST_WORDS: Final = 24
BURST_MS: Final = 2_000
MAXIMUM_ENTRIES: Final = 100_000
MAXIMUM_EVENT: Final = 64  # characters of a userEvent


class JournalInvalid(Invalid):
    """The journal is not in the form of an editor's change log."""

    code = "journal_invalid"


class JournalMismatch(Invalid):
    """The journal does not lead from the stored text to this one; send the text, to save it without a record."""

    code = "journal_mismatch"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One transaction: milliseconds since the session began, userEvent or None, change sections."""

    at_ms: int
    event: str | None
    changes: Sequence[Section]


@dataclass(frozen=True, slots=True)
class Journal:
    """Every change since the text whose UTF-8 has this SHA-256."""

    base_sha256: str
    entries: tuple[JournalEntry, ...]

    def extended(self, entries: Iterable[JournalEntry]) -> "Journal":
        """Return this journal with further entries."""
        return Journal(self.base_sha256, (*self.entries, *entries))

    def to_json(self) -> dict[str, object]:
        """Return the journal in the form it is read from."""
        rows = [[entry.at_ms, entry.event, [_plain(each) for each in entry.changes]] for entry in self.entries]
        return {"base_sha256": self.base_sha256, "entries": rows}


def parse_journal(value: object) -> Journal:
    """Return the journal that decoded JSON spells.

    :raises JournalInvalid: if a field is missing, unknown or of another type, or there are too many entries.
    """
    if not isinstance(value, dict) or set(value) != {"base_sha256", "entries"}:
        raise JournalInvalid("A journal has exactly the fields base_sha256 and entries.")
    digest = value["base_sha256"]
    if not isinstance(digest, str) or len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):  # noqa: PLR2004
        raise JournalInvalid("base_sha256 is 64 lower-case hexadecimal digits.")
    return Journal(digest, parse_entries(value["entries"]))


def parse_entries(rows: object) -> tuple[JournalEntry, ...]:
    """Return the entries that decoded JSON spells, as a slice of a journal is sent.

    :raises JournalInvalid: params `entry`, the index from 0.
    """
    if not isinstance(rows, list):
        raise JournalInvalid("entries is a list.")
    if len(rows) > MAXIMUM_ENTRIES:
        raise JournalInvalid(f"A journal has at most {MAXIMUM_ENTRIES} entries.", maximum=MAXIMUM_ENTRIES)
    return tuple(_entry(index, row) for index, row in enumerate(rows))


def replay(journal: Journal, base: str) -> Replay:
    """Replay a journal over the text it started from.

    :raises JournalMismatch: if `base` is another text, a change set does not fit the length it meets, or an entry
        splits a surrogate pair.
    """
    _require_base(journal, base)
    arrivals = Arrivals(base)
    for number, entry in enumerate(journal.entries):
        try:
            arrivals.take(entry.at_ms, entry.event, entry.changes)
        except ChangeRefused as refusal:
            raise JournalMismatch(f"Entry {number}: {refusal}", entry=number) from refusal
    try:
        return arrivals.replay()
    except UnicodeDecodeError as broken:
        raise JournalMismatch("The journal leaves half of a surrogate pair.") from broken


def applied(text: str, entries: Iterable[JournalEntry]) -> str:
    """Return the text after the entries, without looking at how it came about.

    :raises JournalMismatch: as `replay`.
    """
    units = to_units(text)
    for number, entry in enumerate(entries):
        try:
            pieces: list[str] = []
            for change in read_changes(entry.changes, units):
                pieces += [units[change.kept_from : change.start], change.inserted]
            units = "".join(pieces)
        except ChangeRefused as refusal:
            raise JournalMismatch(f"Entry {number}: {refusal}", entry=number) from refusal
    return _text_of(units)


def replay_text(journal: Journal, base: str) -> str:
    """Return the text a journal leads to.

    :raises JournalMismatch: as `replay`.
    """
    _require_base(journal, base)
    return applied(base, journal.entries)


def _require_base(journal: Journal, base: str) -> None:
    if hashlib.sha256(base.encode("utf-8", "surrogatepass")).hexdigest() != journal.base_sha256:
        raise JournalMismatch("The journal started from another text.")


def _text_of(units: str) -> str:
    try:
        return to_text(units)
    except UnicodeDecodeError as broken:
        raise JournalMismatch("The journal leaves half of a surrogate pair.") from broken


def _entry(index: int, row: object) -> JournalEntry:
    if not isinstance(row, list) or len(row) != 3:  # noqa: PLR2004
        raise JournalInvalid(f"Entry {index} is not [at_ms, event, changes].", entry=index)
    at_ms, event, changes = row
    if type(at_ms) is not int or not 0 <= at_ms < 2**53:
        raise JournalInvalid(f"Entry {index}: at_ms is a whole number of milliseconds.", entry=index)
    if event is not None and (not isinstance(event, str) or len(event) > MAXIMUM_EVENT):
        raise JournalInvalid(f"Entry {index}: event is null or a short name.", entry=index)
    if not isinstance(changes, list) or not all(_is_section(section) for section in changes):
        raise JournalInvalid(f"Entry {index}: changes are numbers and [n, line, ...].", entry=index)
    sections = tuple(section if isinstance(section, int) else tuple(section) for section in changes)
    return JournalEntry(at_ms, event, sections)


def _plain(section: Section) -> int | list[int | str]:
    return section if isinstance(section, int) else list(section)


def _is_section(section: object) -> bool:
    if type(section) is int:
        return section >= 0
    return (
        isinstance(section, list)
        and bool(section)
        and type(section[0]) is int
        and section[0] >= 0
        and all(isinstance(line, str) and "\n" not in line and "\r" not in line for line in section[1:])
    )
