"""Driving the engine over the revisions of one draft: where it stands, and what the next text does to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from content.authorship.attribute import Attribution, Attributor, PoolMatch, RevisionText
from content.authorship.attributed import new_spans
from content.authorship.state import StateUnusable
from content.drafts.journal import Journal, parse_journal


class SavedText(Protocol):
    """A stored revision, as far as the engine reads it."""

    pk: int
    parent_id: int | None
    origin: str
    author: str
    text: str
    journal: object


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """The engine's state after the revisions of `line`, oldest first."""

    line: tuple[int, ...]
    state: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Start:
    """An engine that has seen the revisions of `line`; its `state` as bytes where that is at hand, else empty."""

    engine: Attributor
    line: tuple[int, ...]
    state: bytes = b""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What the next text came to, the known machine text in it, and the state after it."""

    attribution: Attribution
    matches: tuple[PoolMatch, ...]
    engine: Attributor


FindMatches = Callable[[Sequence[tuple[int, int]]], Sequence[PoolMatch]]
"From the spans that a text brings in to the known machine text that overlaps them."


def revision_text(saved: SavedText) -> RevisionText:
    """Return a stored revision as the engine takes it."""
    journal = parse_journal(saved.journal) if saved.journal is not None else None
    return RevisionText(saved.text, saved.author, machine=saved.origin == "machine", journal=journal)


def typed_text(text: str, author: str, journal: Journal | None) -> RevisionText:
    """Return a text that is not saved yet as the engine takes it."""
    return RevisionText(text, author, machine=False, journal=journal)


def line_of(revision_id: int, saved: Sequence[SavedText]) -> list[SavedText]:
    """Return a revision and those it was made from, oldest first."""
    by_id = {each.pk: each for each in saved}
    line: list[SavedText] = []
    at: int | None = revision_id
    while at is not None:
        line.append(by_id[at])
        at = by_id[at].parent_id
    return line[::-1]


def resume(standing: Standing | None, revision_id: int) -> Start | None:
    """Go on from a kept state; None if it is not the one after this revision, of another version, or damaged."""
    if standing is None or standing.line[-1] != revision_id:
        return None
    try:
        engine = Attributor.from_bytes(standing.state)
    except StateUnusable:
        return None
    return Start(engine=engine, line=standing.line, state=standing.state)


def replayed(line: Sequence[SavedText], matches: Sequence[Sequence[PoolMatch]], *, language: str) -> Attributor:
    """Return an engine that has seen a line of revisions, each with the matches that were stored for it."""
    engine = Attributor(language=language)
    for saved, its in zip(line, matches, strict=True):
        engine.add(revision_text(saved), its)
    return engine


def step(start: Start, revision: RevisionText, *, find: FindMatches) -> Step:
    """Add the next revision, first alone and, if it brought in known machine text, again with that."""
    if revision.machine:
        return Step(attribution=start.engine.add(revision), matches=(), engine=start.engine)
    before = start.state or start.engine.to_bytes()
    alone = start.engine.add(revision)
    brought = new_spans(alone, len(start.line))
    matches = tuple(find(brought)) if brought else ()
    if not matches:
        return Step(attribution=alone, matches=(), engine=start.engine)
    again = Attributor.from_bytes(before)
    return Step(attribution=again.add(revision, matches), matches=matches, engine=again)
