"""What attribution answers: tokens, measures, signals, sentences. Columns inside, frozen rows on access."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple, overload

from content.authorship.columns.passages import Passage
from content.authorship.columns.reading import Reading, run_pieces
from content.authorship.columns.vocabulary import WORD_ONLY
from content.authorship.kinds import KINDS, AuthorshipKind
from content.authorship.tamper import TamperSignal
from content.text.segments import sentence_hash


@dataclass(frozen=True, slots=True)
class AttributedToken:
    """One token of the latest text: half-open code point offsets, revision that introduced it from 0, author, kind."""

    start: int
    end: int
    revision: int
    author: str
    kind: AuthorshipKind


class SpanRow(NamedTuple):
    """A stretch of one revision (from 0) and kind; rows cover a text without gap, white space with what it follows."""

    start: int
    end: int
    revision: int
    kind: AuthorshipKind


class SentenceRow(NamedTuple):
    """A sentence with prose words.

    `digest` is `sentence_hash` of its text; `touched` says that a person changed it substantively; `ai_words` counts
    words on the AI side or pasted; `runs` are the pieces of AI runs in it: words between human content words.
    """

    start: int
    end: int
    digest: str
    words: int
    touched: bool
    ai_words: int
    runs: tuple[int, ...]


class TokenSequence(Sequence[AttributedToken]):
    """Every token of a text, in order; stores columns and builds an `AttributedToken` on access."""

    __slots__ = ("_authors", "_blocks", "_columns", "_ranks", "_revisions")

    def __init__(
        self,
        blocks: tuple[list[int], list[Passage]],
        revisions: Sequence[int],
        ranks: bytes,
        authors: tuple[str, ...],
    ) -> None:
        self._blocks = blocks
        self._revisions = revisions
        self._ranks = ranks
        self._authors = authors
        self._columns: tuple[Sequence[int], Sequence[int]] | None = None

    @property
    def starts(self) -> Sequence[int]:
        """Start of each token."""
        return self._offsets()[0]

    @property
    def ends(self) -> Sequence[int]:
        """End of each token."""
        return self._offsets()[1]

    @property
    def revisions(self) -> Sequence[int]:
        """Revision that introduced each token, from 0."""
        return self._revisions

    @property
    def ranks(self) -> bytes:
        """Rank of each token's kind: an index into `KINDS`."""
        return self._ranks

    def __len__(self) -> int:
        return len(self._ranks)

    @overload
    def __getitem__(self, index: int) -> AttributedToken: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[AttributedToken, ...]: ...
    def __getitem__(self, index: int | slice) -> AttributedToken | tuple[AttributedToken, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        starts, ends = self._offsets()
        revision = self._revisions[index]
        return AttributedToken(starts[index], ends[index], revision, self._authors[revision], KINDS[self._ranks[index]])

    def __iter__(self) -> Iterator[AttributedToken]:
        starts, ends = self._offsets()
        authors = self._authors
        for start, end, revision, rank in zip(starts, ends, self._revisions, self._ranks, strict=True):
            yield AttributedToken(start, end, revision, authors[revision], KINDS[rank])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Sequence) and not isinstance(other, str):
            return len(self) == len(other) and all(mine == its for mine, its in zip(self, other, strict=True))
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} tokens>"

    def _offsets(self) -> tuple[Sequence[int], Sequence[int]]:
        if self._columns is None:
            starts, passages = self._blocks
            pairs = list(zip(starts, passages, strict=True))
            self._columns = (
                array("I", chain.from_iterable(map(start.__add__, passage.starts) for start, passage in pairs)),
                array("I", chain.from_iterable(map(start.__add__, passage.ends) for start, passage in pairs)),
            )
        return self._columns


class SentenceSequence(Sequence[SentenceRow]):
    """The sentences with prose words, in order; read from the text on first access, since digests cost time."""

    __slots__ = ("_reading", "_rows", "_text", "_touched")

    def __init__(self, text: str, reading: Reading, touched: frozenset[tuple[int, int]]) -> None:
        self._text = text
        self._reading = reading
        self._touched = touched
        self._rows: list[SentenceRow] | None = None

    def __len__(self) -> int:
        return self._reading.sentences

    @overload
    def __getitem__(self, index: int) -> SentenceRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[SentenceRow]: ...
    def __getitem__(self, index: int | slice) -> SentenceRow | list[SentenceRow]:
        if self._rows is None:
            self._rows = list(self._read())
        return self._rows[index]

    def __repr__(self) -> str:
        return f"<{len(self)} sentences>"

    def _read(self) -> Iterator[SentenceRow]:
        offset = 0
        reading = self._reading
        for block, (start, passage) in enumerate(zip(reading.starts, reading.passages, strict=True)):
            for number, (first, last) in enumerate(passage.sentence_ranges()):
                classes = reading.classes[offset + first : offset + last]
                words = sum(classes.translate(WORD_ONLY))
                if words:
                    begin, end = start + passage.starts[first], start + passage.ends[last - 1]
                    runs = tuple(run_pieces(classes))
                    touched = (block, number) in self._touched
                    digest = sentence_hash(self._text[begin:end])
                    yield SentenceRow(begin, end, digest, words, touched, sum(runs), runs)
            offset += len(passage.numbers)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who wrote each token of the latest text, what that amounts to, and what looks like gaming."""

    tokens: Sequence[AttributedToken]
    measures: Mapping[str, object]
    signals: tuple[TamperSignal, ...]
    sentences: Sequence[SentenceRow] = field(default=(), compare=False, repr=False)
    length: int = field(default=0, compare=False, repr=False)  # code points of the text
