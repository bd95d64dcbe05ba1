"""The measures of `authorship.v1` (section 7): counts, and shares of them, side by side and never combined."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Final

from content.authorship.attribution import SentenceRow
from content.authorship.columns.reading import Reading, longest_increasing, run_pieces
from content.authorship.columns.vocabulary import CONTENT, WORD
from content.authorship.kinds import AI_SIDE, ASSERTED, HUMAN_SIDE, KINDS, MATCHED, PASTED, QUOTED, TYPED
from content.authorship.scrutiny import Scrutiny
from content.authorship.substance import Substance

METHOD: Final = "authorship.v1"
_BY_PEOPLE: Final = frozenset({MATCHED, PASTED, QUOTED, ASSERTED, TYPED})


def coverage(sentences: Sequence[SentenceRow], verified: frozenset[str]) -> float:
    """Return the share of sentences that a person changed substantively or whose digest is verified, 0 to 1."""
    covered = sum(1 for sentence in sentences if sentence.touched or sentence.digest in verified)
    return share(covered, len(sentences))


def ai_runs(sentences: Sequence[SentenceRow], verified: frozenset[str]) -> list[int]:
    """Return the word lengths of runs of AI-side or pasted words; a verified sentence breaks a run.

    With nothing verified these are the runs of `longest_ai_run`.
    """
    runs: list[int] = []
    current = 0
    for sentence in sentences:
        if sentence.digest in verified:
            runs.append(current)
            current = 0
            continue
        current += sentence.runs[0]
        for piece in sentence.runs[1:]:
            runs.append(current)
            current = piece
    runs.append(current)
    return [run for run in runs if run]


def share(part: int, whole: int) -> float:
    """Return part / whole to six places, 0.0 of nothing."""
    return round(part / whole, 6) if whole else 0.0


def measure(reading: Reading, scrutiny: Scrutiny, authors: Sequence[str]) -> dict[str, object]:
    """Return every measure by name."""
    by_kind = [_count(reading.classes, kind, WORD) for kind in range(len(KINDS))]
    words = sum(by_kind)
    content = sum(_count(reading.classes, kind, CONTENT) for kind in range(len(KINDS)))
    human = by_kind[TYPED] + by_kind[ASSERTED]
    return {
        "words": words,
        "content_words": content,
        "sentences": reading.sentences,
        "tokens": len(reading.classes),
        **{f"{kind.value}_words": by_kind[rank] for rank, kind in enumerate(KINDS)},
        "human_share": share(human, words),
        "ai_share": share(sum(by_kind[kind] for kind in AI_SIDE), words),
        **{f"{kind.value}_share": share(by_kind[rank], words) for rank, kind in enumerate(KINDS)},
        "effective_human_share": share(scrutiny.effective, 2 * content),
        "human_content_share": share(sum(_count(reading.classes, kind, CONTENT) for kind in HUMAN_SIDE), content),
        "novel_share": share(scrutiny.novel, content),
        **_draft_measures(reading, by_kind, words),
        **_run_measures(reading.classes, words),
        **{f"{kind.value}_share": share(scrutiny.words[kind], human) for kind in reversed(Substance)},
        "substantive_hunks": scrutiny.substantive_hunks,
        "touched_share": share(len(scrutiny.touched), reading.sentences),
        "author_words": _author_words(reading, authors),
        "method": METHOD,
        "unidata": unicodedata.unidata_version,
    }


def _count(classes: bytes, kind: int, flag: int) -> int:
    """Return how many tokens of the kind have the flag; a content word is always a word."""
    both = classes.count(kind << 2 | WORD | CONTENT)
    return both if flag == CONTENT else both + classes.count(kind << 2 | WORD)


def _draft_measures(reading: Reading, by_kind: Sequence[int], words: int) -> dict[str, object]:
    draft = reading.draft
    kept = sum(map(reading.alive.__getitem__, draft.words))
    gone = len(draft.words) - kept
    inserted = sum(by_kind[kind] for kind in _BY_PEOPLE)
    places = draft.places
    order = [place for place in map(places.get, reading.uids) if place is not None]
    moved = 0 if order == sorted(order) else len(order) - longest_increasing(order)
    return {
        "draft_survival": share(kept, len(draft.words)),
        "ai_kept": share(kept, words),
        "edit_rate": min(1.0, share(max(inserted, gone), words)),
        "moved_words": moved,
    }


def _run_measures(classes: bytes, words: int) -> dict[str, object]:
    runs = sorted(piece for piece in run_pieces(classes) if piece)
    rank = (95 * len(runs) + 99) // 100  # nearest rank
    return {
        "longest_ai_run": runs[-1] if runs else 0,
        "p95_ai_run": runs[rank - 1] if runs else 0,
        "ai_run_index": share(sum(run * run for run in runs), words * words),
    }


_HUMAN_WORD: Final = bytes(1 if value & WORD and value >> 2 in HUMAN_SIDE else 0 for value in range(256))


def _author_words(reading: Reading, authors: Sequence[str]) -> dict[str, int]:
    human: Iterable[int] = compress(reading.uids, reading.classes.translate(_HUMAN_WORD))
    by_revision = Counter(map(reading.revisions.__getitem__, human))
    found: dict[str, int] = {}
    for revision in sorted(by_revision):
        found[authors[revision]] = found.get(authors[revision], 0) + by_revision[revision]
    return found
