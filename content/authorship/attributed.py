"""An attribution as it is stored and handed to other parts: measures, signals, spans and sentences of one text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from content.authorship.attribute import Attribution, PoolMatch
from content.authorship.attribution import SentenceRow, SpanRow
from content.authorship.kinds import KINDS, AuthorshipKind
from content.authorship.measures import METHOD
from content.authorship.state import runs, span_rows
from content.authorship.tamper import TamperSignal
from content.text.segments import sentence_hash

SentenceColumns = list[list[Any]]
"A sentence without its digest: start, end, words, 1 if touched else 0, pieces of AI runs."


@dataclass(frozen=True, kw_only=True)
class Attributed:
    """What is known about who wrote a text. Offsets are code points.

    `line` holds the ids of the revisions that `spans` count from 0, oldest first; the last may still be unsaved and is
    then left out. `matches` are the stretches that equal known machine text.
    """

    method: str
    text_sha256: str
    measures: Mapping[str, Any]
    signals: tuple[TamperSignal, ...]
    spans: tuple[SpanRow, ...]
    sentences: tuple[SentenceRow, ...]
    matches: tuple[PoolMatch, ...] = ()
    line: tuple[int, ...] = ()

    @cached_property
    def runs(self) -> list[list[int | str]]:
        """The text as `[start, end, kind]`, neighbors of one kind joined: covers it without gap."""
        return runs(self.spans)

    @cached_property
    def kind_words(self) -> Mapping[AuthorshipKind, int]:
        """Number of words of each kind."""
        words = int(self.measures["words"])
        return {kind: round(float(self.measures[f"{kind.value}_share"]) * words) for kind in KINDS}

    @property
    def human_share(self) -> float:
        """Share of words by people, 0..1."""
        return float(self.measures["human_share"])


def attributed(
    attribution: Attribution, *, text_sha256: str, matches: Iterable[PoolMatch] = (), line: Iterable[int] = ()
) -> Attributed:
    """Return what the engine answered in the form that is stored and handed on."""
    return Attributed(
        method=METHOD,
        text_sha256=text_sha256,
        measures=attribution.measures,
        signals=attribution.signals,
        spans=tuple(span_rows(attribution)),
        sentences=tuple(attribution.sentences),
        matches=tuple(matches),
        line=tuple(line),
    )


def sentence_columns(sentences: Iterable[SentenceRow]) -> SentenceColumns:
    """Return sentences in the form that is stored; their digests follow from the text."""
    return [[row.start, row.end, row.words, int(row.touched), list(row.runs)] for row in sentences]


def sentence_rows(columns: SentenceColumns, text: str) -> tuple[SentenceRow, ...]:
    """Return stored sentences of `text` with their digests."""
    return tuple(
        SentenceRow(start, end, sentence_hash(text[start:end]), words, bool(touched), sum(pieces), tuple(pieces))
        for start, end, words, touched, pieces in columns
    )


def signal_rows(signals: Sequence[Mapping[str, Any]]) -> tuple[TamperSignal, ...]:
    """Return stored signals."""
    return tuple(
        TamperSignal(
            name=row["name"],
            severity=row["severity"],
            count=row["count"],
            spans=tuple((start, end) for start, end in row["spans"]),
        )
        for row in signals
    )


def new_spans(attribution: Attribution, revision: int) -> list[tuple[int, int]]:
    """Return the half-open code points of tokens that the revision (from 0) brought in and no machine wrote."""
    return [
        (row.start, row.end)
        for row in span_rows(attribution)
        if row.revision == revision and row.kind is not AuthorshipKind.MACHINE
    ]
