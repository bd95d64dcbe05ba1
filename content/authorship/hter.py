"""HTER: how many edits a machine text needed, in edits a word (TER of Snover et al. 2006, as sacrebleu computes it).

Advice and dashboards; no gate reads it. It runs in a Job: 250 words take half a second, 1,000 take a minute.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MAXIMUM_WORDS: Final = 300  # of either side of a pair; longer pairs are skipped and counted


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentHter:
    """HTER of a document: 0..1, None if no pair could be measured; pairs measured and skipped."""

    hter: float | None
    measured: int
    skipped: int


def hter(machine: str, edited: str) -> float:
    """Return the share of words edited, 0 to 1: min(1, TER / 100) with sacrebleu's default settings."""
    from sacrebleu.metrics.ter import TER  # noqa: PLC0415 the only user; loading it costs more than most Jobs

    score: float = TER().sentence_score(machine, [edited]).score
    return min(1.0, score / 100)


def document_hter(pairs: Iterable[tuple[str, str]]) -> DocumentHter:
    """Return the HTER of aligned (machine, edited) sentences: sum of edits / sum of reference words, capped at 1."""
    edits = words = 0.0
    measured = skipped = 0
    for machine, edited in pairs:
        length = len(edited.split())
        if max(length, len(machine.split())) > MAXIMUM_WORDS:
            skipped += 1
            continue
        edits += hter(machine, edited) * length
        words += length
        measured += 1
    return DocumentHter(hter=min(1.0, round(edits / words, 6)) if words else None, measured=measured, skipped=skipped)
