"""What is stored about a text: its claims and findings, and beside them, marked as such, what a model noticed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import content.language.checks  # noqa: F401  # the checks register themselves
from content.language.check import Finding, findings
from content.language.claims import Claim, detect
from content.text.segments import sentence_hash, sentences

# OntoNotes 5 labels that point at something to check; ORDINAL, CARDINAL and the like the detector finds itself.
WORTH_ADVICE = frozenset({"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})


class Noticed(Protocol):
    """A span with a label that a model gave it."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """Code point after the last."""

    @property
    def label(self) -> str:
        """Entity type."""


class Adviser(Protocol):
    """Something that reads a text and notices spans; its `id` names program, model and version."""

    @property
    def id(self) -> str:
        """Name that is stored with what it says."""

    def advise(self, text: str) -> Sequence[Noticed]:
        """Return what it noticed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The rows to store. `advice` is true in claim rows that only a model found; `claims_to_check` leaves them out."""

    engine: str
    claims: tuple[Mapping[str, object], ...]
    findings: tuple[Mapping[str, object], ...]

    @property
    def claims_to_check(self) -> int:
        """Number of claims that a person must decide about."""
        return sum(1 for row in self.claims if not row["advice"])


def read(text: str, *, language: str, engine: Adviser) -> Reading:
    """Read a text; its claims are in order of place, each with the labels a model gave to spans inside it."""
    claims = {(claim.start, claim.end): claim for claim in detect(text, language)}
    noticed = [each for each in engine.advise(text) if each.label in WORTH_ADVICE]
    rows = []
    for start, end, _ in sentences(text):
        labels = sorted({each.label for each in noticed if start <= each.start < end})
        claim = claims.get((start, end))
        if claim is not None:
            rows.append(_claim_row(claim, labels))
        elif labels:
            rows.append(_advice_row(text, start, end, labels))
    return Reading(
        engine=engine.id,
        claims=tuple(rows),
        findings=tuple(_finding_row(each) for each in findings(text, language=language)),
    )


def _claim_row(claim: Claim, labels: Sequence[str]) -> Mapping[str, object]:
    return {
        "sentence_hash": claim.sentence_hash,
        "start": claim.start,
        "end": claim.end,
        "kinds": [kind.value for kind in claim.kinds],
        "entities": list(labels),
        "advice": False,
    }


def _advice_row(text: str, start: int, end: int, labels: Sequence[str]) -> Mapping[str, object]:
    return {
        "sentence_hash": sentence_hash(text[start:end]),
        "start": start,
        "end": end,
        "kinds": [],
        "entities": list(labels),
        "advice": True,
    }


def _finding_row(finding: Finding) -> Mapping[str, object]:
    return {
        "check": finding.check,
        "start": finding.start,
        "end": finding.end,
        "severity": finding.severity.value,
        "enforced": finding.enforced,
        "reason": finding.reason,
    }
