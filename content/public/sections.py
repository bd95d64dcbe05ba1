"""Parts of the verify page, made from a statement: words and numbers, no markup."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self, cast
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from content.attestation.queries.bundles import MANIFEST, AttestationFacts
from content.proof.checking.states import State
from content.proof.statement import Statement
from content.proof.verify import Result
from content.public import words
from content.public.words import Words

Row = Mapping[str, Any]
BAR_WIDTH = 1000
BLOCKS_SHOWN = 60
"Rows of the block map on the page; all of them stand in the statement."
A_MINUTE = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """What came of comparing a copy with the signed text."""

    color: str
    sign: str
    word: str
    sentence: str

    @classmethod
    def of(cls, result: Result) -> Self:
        """Return the answer in words; only identical bytes are green."""
        if result.state is State.CONTENT_CHANGED:
            return cls(color="red", sign="✕", word=_("Differs."), sentence=_difference(result))
        if result.state is State.SIMILAR:
            return cls(color="amber", sign="!", word=_("Similar."), sentence=_difference(result))
        if result.exit == 0 or result.state in {State.SUPERSEDED, State.REVOKED}:
            return cls(color="green", sign="✓", word=_("Same."), sentence=_("Byte for byte the text that was signed."))
        return cls(color="grey", sign="?", word=_("Not decided."), sentence=_("The statement itself does not hold."))


def _difference(result: Result) -> str:
    found, of = result.facts.blocks_found or (0, 0)
    first = next(iter(result.facts.changed_blocks), None)
    counted = _("This is not the text that was signed; the same words stand in %(found)s of %(of)s blocks.") % {
        "found": found,
        "of": of,
    }
    if first is None:
        return counted
    return f"{counted} " + _("The first block that differs is number %(number)s.") % {"number": first.block + 1}


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """One stretch of the bar of kinds: from `x`, `width` wide, of 1,000."""

    kind: str
    name: Words
    words: int
    x: int
    width: int


def shares(counts: Mapping[str, int]) -> Iterator[Share]:
    """Yield the kinds that occur, in order, as stretches of a bar."""
    total, at = counts["total"], 0
    for kind, name in words.KINDS.items():
        if counts[kind]:
            end = at + counts[kind]
            x = BAR_WIDTH * at // total
            yield Share(kind=kind, name=name, words=counts[kind], x=x, width=BAR_WIDTH * end // total - x)
            at = end


def of_statement(statement: Statement) -> dict[str, Any]:
    """Return what the statement says, section by section."""
    predicate = cast("Row", statement.predicate)
    authorship, review = predicate["authorship"], predicate["review"]
    blocks = cast("Sequence[Row]", authorship["blocks"])
    return {
        "predicate": predicate,
        "responsible": predicate["responsible"],
        "review": review,
        "sign_offs": tuple(_sign_offs(review["sign_offs"])),
        "authorship": authorship,
        "shares": tuple(shares(authorship["words"])),
        "human_words": authorship["words"]["typed"] + authorship["words"]["asserted"],
        "four_eyes": words.FOUR_EYES[review["four_eyes"]],
        "basis": words.BASES[predicate["lineage"]["basis"]],
        "limits": [words.LIMITS[code] for code in predicate["limits"]],
        "blocks": blocks[:BLOCKS_SHOWN],
        "more_blocks": max(0, len(blocks) - BLOCKS_SHOWN),
        "issued_at": datetime.fromisoformat(predicate["issued_at"]),
        "received_at": datetime.fromisoformat(predicate["draft"]["received_at"]),
    }


def _sign_offs(rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows:
        yield {
            "role": words.ROLES[row["role"]],
            "statement": row["statement"],
            "at": datetime.fromisoformat(row["signed_at"]),
            "auth": words.AUTH[row["auth"]],
            "minutes": row["active_seconds"] // A_MINUTE,
            "tools": row["tools"],
        }


def in_words(facts: AttestationFacts) -> dict[str, Any]:
    """Return claim and disclosure as readers understand them."""
    label, sentence = words.DISCLOSURES[facts.disclosure]
    return {
        "claim": words.CLAIMS[facts.claim],
        "claim_sentence": words.CLAIM_SENTENCES[facts.claim],
        "disclosure": label,
        "disclosure_sentence": sentence,
    }


def subjects(statement: Statement, issued_at: datetime) -> dict[str, Any]:
    """Return what the browser compares a copy with."""
    return {
        "subjects": [{"name": name, "sha256": digest} for name, digest in statement.subject.items()],
        "signed_on": date_format(issued_at, "j M Y"),
    }


def withdrawal(result: Result) -> dict[str, Any] | None:
    """Return why and when the attestation was taken back or replaced; None if it was not."""
    found = result.facts.withdrawal
    if found is None:
        return None
    return {
        "status": found.status,
        "reason": words.REASONS.get(found.reason, found.reason),
        "at": datetime.fromisoformat(found.at),
    }


def downloads(attestation_id: UUID, statement: Statement, *, is_published: bool) -> list[dict[str, str]]:
    """Return the files beside the page: name and address. Texts that are not public are not offered."""
    names = ["attestation.json", *(sorted([*statement.subject, MANIFEST]) if is_published else [])]
    return [
        {
            "name": name,
            "url": reverse("reviewdesk:attestation_file", kwargs={"attestation_id": attestation_id, "name": name}),
        }
        for name in names
    ]
