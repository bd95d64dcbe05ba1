"""All that a rule may see. `review.queries` fills it from the earlier parts; None means: not known yet."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TypeVar

from content.proof.jcs import JsonValue, jcs

T = TypeVar("T")


class FactAbsent(LookupError):
    """A rule reads a fact that is not known; the gate never approves by absence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Facts about one text, its review and its people at one moment.

    Shares are 0..1. `waits_for` names what is still being made ("authorship", "lineage"): a rule that misses a fact
    then waits, and is in error otherwise.
    """

    digest: str
    words: int
    waits_for: tuple[str, ...] = ()

    effective_human_share: float | None = None
    novel_share: float | None = None
    human_share: float | None = None
    longest_ai_run: int | None = None
    substantive_hunks: int | None = None
    asserted_words: int | None = None
    human_words: int | None = None
    coverage: float | None = None
    uncovered_sentences: int | None = None
    pasted_without_source: int | None = None
    tamper_signals: tuple[tuple[str, int], ...] | None = None

    hidden_characters: int = 0
    images_without_alt: int = 0
    missing_fields: tuple[str, ...] = ()
    enforced_findings: tuple[tuple[str, str], ...] = ()
    claims_found: int = 0
    claims_open: int = 0

    generation_depth: int | None = None
    depth_basis: str = "unknown"
    primary_source_named: bool = False
    duplicate_share: float | None = None
    relation_declared: bool = False

    active_seconds: int = 0
    reading_note: bool = False
    open_threads: int = 0
    open_objections: int = 0
    declaration_missing: tuple[str, ...] | None = None
    public_interest: bool | None = None
    ai_written_passages: int = 0
    responsible_valid: bool = False

    four_eyes: str = "strict"
    approvals: int = 0
    refused_as_contributor: bool = False
    sign_off_age_days: float | None = None

    @property
    def asserted_share(self) -> float | None:
        """Share of the human words that came without editor events."""
        if self.asserted_words is None or self.human_words is None:
            return None
        return round(self.asserted_words / self.human_words, 6) if self.human_words else 0.0

    def to_value(self) -> dict[str, JsonValue]:
        """Return every fact as a JSON value."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    def fingerprint(self) -> str:
        """Return "sha256:<hex>" of the RFC 8785 form of all facts."""
        return f"sha256:{hashlib.sha256(jcs(self.to_value())).hexdigest()}"


def known(value: T | None) -> T:
    """Return a fact that a rule cannot do without.

    :raises FactAbsent: if it is not known.
    """
    if value is None:
        raise FactAbsent
    return value


def _plain(value: object) -> JsonValue:
    match value:
        case tuple() | list():
            return [_plain(each) for each in value]
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case None | bool() | int() | float() | str():
            return value
        case _:
            raise TypeError(f"Evidence holds numbers, words and lists of them, not {type(value).__name__}.")
