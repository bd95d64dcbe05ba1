"""Who wrote each token of a text: revisions in, attribution out. Pure: no clock, randomness, settings or I/O.

Method `authorship.v1`: tokens are compared by folded keys; text that is kept, moved, brought back, typed again or
copied keeps the origin of its source; what is left belongs to the revision that brought it, with the least human kind
that content, pool matches and editor journal say.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, compress, pairwise
from types import MappingProxyType

from content.authorship.attribution import AttributedToken, Attribution, SentenceSequence, TokenSequence
from content.authorship.columns.ledger import Ledger, Standing, Version
from content.authorship.columns.passages import Passage, PassageCache
from content.authorship.columns.reading import DraftText, Reading, read
from content.authorship.columns.vocabulary import Vocabulary
from content.authorship.evidence import Evidence, JournalState, PoolMatch, introduce, weigh
from content.authorship.kinds import AuthorshipKind
from content.authorship.measures import measure
from content.authorship.scrutiny import Scrutinizer
from content.authorship.state import Stored, pack, unpack
from content.authorship.tamper import BLOCK, NOTE, SHOWN, TamperSignal, signal, text_signals
from content.authorship.trace import Traced, trace
from content.drafts.journal import Journal

__all__ = [
    "AttributedToken",
    "Attribution",
    "Attributor",
    "AuthorshipKind",
    "PoolMatch",
    "RevisionText",
]


@dataclass(frozen=True, slots=True)
class RevisionText:
    """One revision: its text, an opaque author, whether a machine made it, the editor's journal if there is one."""

    text: str
    author: str
    machine: bool
    journal: Journal | None = None


class Attributor:
    """Attributes the revisions of one draft, one after another.

    :param language: BCP 47 tag of the text; it chooses the list of function words.
    :param stored: what `from_bytes` read; then the language is the stored one.
    """

    def __init__(self, *, language: str = "en", stored: Stored | None = None) -> None:
        if stored is None:
            stored = Stored(language, "", (), (), Ledger(Vocabulary(language)), (), DraftText((), b""), ())
        self._language = stored.language
        self._ledger = stored.ledger
        self._cache = PassageCache(stored.ledger.vocabulary, stored.language)
        self._scrutinizer = Scrutinizer(stored.ledger)
        self._text = stored.text
        self._authors = stored.authors
        self._journals: tuple[JournalState, ...] = tuple(map(JournalState, stored.journal_states))
        self._draft = stored.draft
        self._bursts = stored.bursts
        self._placed: tuple[list[int], list[Passage]] | None = None if stored.text else ([], [])
        self._standing = [_stand(self._ledger, number) for number in stored.standing]

    def add(self, revision: RevisionText, pool_matches: Iterable[PoolMatch] = ()) -> Attribution:
        """Attribute the next revision.

        :param pool_matches: stretches of the new text that equal known machine text.
        :raises ValueError: on a lone surrogate or a match outside the text; the state is then as it was.
        """
        matches = _checked(revision, pool_matches)
        placed = self._cache.read(revision.text)
        traced = trace(self._ledger, self._standing, placed[1], lend=not revision.machine)
        evidence = weigh(
            author=revision.author,
            machine=revision.machine,
            journal=revision.journal,
            texts=(self._text, revision.text),
            matches=matches,
        )
        number = len(self._authors)
        uids, bursts = introduce(
            self._ledger, traced, placed, evidence, revision=number, before=(self._placed_before, self._standing)
        )
        self._settle(traced, placed[1], uids)
        self._bursts += bursts
        self._authors += (revision.author,)
        self._journals += (evidence.state,)
        changed, self._text, self._placed = revision.text != self._text, revision.text, placed
        if revision.machine:
            self._draft = DraftText(list(chain.from_iterable(uids)), b"".join(passage.flags for passage in placed[1]))
        return self._answer(evidence if changed else None)

    def to_bytes(self) -> bytes:
        """Return the state; `from_bytes` of it goes on as if nothing had happened."""
        return pack(
            Stored(
                language=self._language,
                text=self._text,
                authors=self._authors,
                journal_states=tuple(map(int, self._journals)),
                ledger=self._ledger,
                standing=tuple(block.version for block in self._standing),
                draft=self._draft,
                bursts=self._bursts,
            )
        )

    @classmethod
    def from_bytes(cls, state: bytes) -> "Attributor":
        """Return the attributor whose state this is.

        :raises StateUnusable: (a ValueError) if it was made by another method or version, or is damaged.
        """
        return cls(stored=unpack(state))

    def _placed_before(self) -> tuple[list[int], list[Passage]]:
        """Return the blocks of the previous text; after `from_bytes` they are read again when first needed."""
        if self._placed is None:
            cache = PassageCache(self._ledger.vocabulary, self._language)
            self._placed = cache.read(self._text)
        return self._placed

    def _settle(self, traced: Traced, passages: list[Passage], uids: list[tuple[int, ...]]) -> None:
        """Make the new text the standing one: versions, living tokens, graveyard. Unchanged blocks cost nothing."""
        ledger = self._ledger
        standing: list[Standing] = []
        for passage, mine, kept in zip(passages, uids, traced.kept, strict=True):
            standing.append(kept or _record(ledger, passage, mine))
        before, now = {id(block) for block in self._standing}, {id(block) for block in standing}
        left = [None if id(block) in now else block for block in self._standing]
        for block in left:
            for uid in block.uids if block else ():
                ledger.alive[uid] = 0
        for block in standing:
            for uid in () if id(block) in before else block.uids:
                ledger.alive[uid] = 1
        for run in _deleted_runs(left, ledger.alive):
            ledger.bury(run)
        ledger.texts[traced.digest] = tuple(block.version for block in standing)
        self._standing = standing

    def _answer(self, evidence: Evidence | None) -> Attribution:
        ledger = self._ledger
        placed = self._placed_before()
        reading = read(ledger, placed, [block.uids for block in self._standing], self._draft)
        scrutiny = self._scrutinizer.look(reading)
        measures = measure(reading, scrutiny, self._authors)
        revisions = list(map(ledger.revisions.__getitem__, reading.uids))
        tokens = TokenSequence(placed, revisions, reading.ranks, self._authors)
        signals = (*text_signals(self._text, placed), *self._work_signals(tokens, reading, evidence))
        sentences = SentenceSequence(self._text, reading, frozenset(scrutiny.touched))
        return Attribution(tokens, MappingProxyType(measures), signals, sentences, len(self._text))

    def _work_signals(
        self, tokens: TokenSequence, reading: Reading, evidence: Evidence | None
    ) -> Iterator[TamperSignal]:
        """Yield what the history shows: bursts, work undone, journals that are missing or do not fit."""
        ledger = self._ledger
        bursts = [uid for uid in self._bursts if ledger.alive[uid]]
        if bursts:
            fast = set(bursts)
            places = [at for at, uid in enumerate(reading.uids) if uid in fast]
            yield from signal("burst", BLOCK, _spans(tokens, places), count=len(places))
        ever = len(ledger.human_words)
        gone = ever - sum(map(ledger.alive.__getitem__, ledger.human_words))
        if 2 * gone > ever:
            yield TamperSignal("reverted_work", NOTE, gone)
        for name, state in (("journal_mismatch", JournalState.MISMATCH), ("journal_absent", JournalState.ABSENT)):
            unsure = {number for number, its in enumerate(self._journals) if its is state}
            places = list(compress(range(len(tokens)), map(unsure.__contains__, tokens.revisions))) if unsure else []
            here = evidence is not None and evidence.state is state
            yield from signal(name, NOTE, _spans(tokens, places), count=len(places) or int(here))


def _checked(revision: RevisionText, pool_matches: Iterable[PoolMatch]) -> list[PoolMatch]:
    """Return the matches.

    :raises ValueError: if the revision or a match is not what it should be.
    """
    try:
        revision.text.encode()
        revision.author.encode()
    except UnicodeEncodeError as broken:
        raise ValueError(f"The text holds a lone surrogate at {broken.start}.") from broken
    matches = list(pool_matches)
    for match in matches:
        if not 0 <= match.start < match.end <= len(revision.text):
            raise ValueError(f"The match {match.start}..{match.end} is outside the text.")
    return matches


def _record(ledger: Ledger, passage: Passage, uids: tuple[int, ...]) -> Standing:
    return Standing(ledger.record(uids, passage.cuts, passage.key), uids, passage.cuts, passage.key)


def _stand(ledger: Ledger, number: int) -> Standing:
    version: Version = ledger.versions[number]
    return Standing(number, version.uids, version.cuts, ledger.key_of(version.uids))


def _deleted_runs(left: Iterable[Standing | None], alive: bytearray) -> Iterator[tuple[int, ...]]:
    """Yield the runs of neighbouring tokens that died; None is a block that stayed."""
    run: list[int] = []
    for block in left:
        for uid in block.uids if block else ():
            if not alive[uid]:
                run.append(uid)
            elif run:
                yield tuple(run)
                run = []
        if block is None and run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _spans(tokens: TokenSequence, places: list[int]) -> list[tuple[int, int]]:
    """Return the first spans of tokens, neighbours joined; no more than a signal shows."""
    if not places:
        return []
    breaks = [at for at, (left, right) in enumerate(pairwise(places)) if right - left > 1][:SHOWN]
    firsts = [0, *(at + 1 for at in breaks)][:SHOWN]
    lasts = [*breaks, len(places) - 1][:SHOWN]
    starts, ends = tokens.starts, tokens.ends
    return [(starts[places[first]], ends[places[last]]) for first, last in zip(firsts, lasts, strict=True)]
