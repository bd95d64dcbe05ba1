"""Questions about the sentences of a text that somebody must check or vouch for."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from content.drafts.facts import DraftId
from content.language import queries as language_queries
from content.review.assembly import Reading
from content.review.claim_marks import Mark
from content.review.queries.evidence import marks_of
from content.review.states import Basis, ClaimState
from content.text.blocks import blocks
from content.text.segments import sentence_hash, sentences


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimRow:
    """A claim of a text: where it stands (code points), why it is one, and the latest that was said about it.

    A stale row is a mark on a sentence that does not stand in the text any more; its place is 0 to 0.
    """

    sentence_hash: str
    start: int
    end: int
    quote: str
    kinds: tuple[str, ...]
    state: ClaimState
    is_open: bool
    is_stale: bool = False
    basis: Basis | None = None
    source_url: str = ""
    note: str = ""
    person_id: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ParagraphRow:
    """A paragraph with sentences that nobody edited or vouched for: its place and the hashes of those sentences."""

    start: int
    end: int
    sentence_hashes: tuple[str, ...]


def claims_of(*, draft_id: DraftId, text: str, language: str) -> tuple[ClaimRow, ...]:
    """Return the claims of a text in order of place, then the marks whose sentences are gone, newest first."""
    marks = marks_of(draft_id=draft_id)
    rows = [
        _row(claim.sentence_hash, claim.start, claim.end, claim.quote, tuple(str(kind) for kind in claim.kinds), marks)
        for claim in language_queries.claims_in(text=text, language=language)
    ]
    standing = {sentence_hash(text[each.start : each.end]) for each in sentences(text)}
    stale = [
        _row(mark.sentence_hash, 0, 0, "", (), marks)
        for mark in sorted(marks.values(), key=lambda each: each.at, reverse=True)
        if mark.sentence_hash not in standing and mark.state is not ClaimState.STANDS
    ]
    return (*rows, *stale)


def _row(name: str, start: int, end: int, quote: str, kinds: tuple[str, ...], marks: Mapping[str, Mark]) -> ClaimRow:
    mark = marks.get(name)
    if mark is None:
        return ClaimRow(
            sentence_hash=name,
            start=start,
            end=end,
            quote=quote,
            kinds=kinds,
            state=ClaimState.UNCHECKED,
            is_open=True,
        )
    return ClaimRow(
        sentence_hash=name,
        start=start,
        end=end,
        quote=quote,
        kinds=kinds,
        state=mark.state,
        is_open=bool(quote) and not mark.settles,
        is_stale=not quote,
        basis=mark.basis,
        source_url=mark.source_url,
        note=mark.note,
        person_id=mark.person_id,
        at=mark.at,
    )


def paragraphs_of(*, draft_id: DraftId, reading: Reading) -> tuple[ParagraphRow, ...]:
    """Return the paragraphs that still hold sentences without a claim that nobody edited or vouched for.

    Empty while the text is being measured.
    """
    if reading.attributed is None:
        return ()
    marks = marks_of(draft_id=draft_id)
    claims = {claim.sentence_hash for claim in language_queries.claims_in(text=reading.text, language=reading.language)}
    vouched = {name for name, mark in marks.items() if mark.state is ClaimState.STANDS}
    places = [(start, end) for _, start, end in blocks(reading.text)]
    starts = [start for start, _ in places]
    left: dict[int, list[str]] = {}
    for sentence in reading.attributed.sentences:
        if sentence.touched or sentence.digest in claims or sentence.digest in vouched:
            continue
        left.setdefault(bisect_right(starts, sentence.start) - 1, []).append(sentence.digest)
    return tuple(
        ParagraphRow(start=places[at][0], end=places[at][1], sentence_hashes=tuple(dict.fromkeys(hashes)))
        for at, hashes in left.items()
    )
