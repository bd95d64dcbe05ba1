"""Fetches what the earlier parts know about a text, so that the gate can judge it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from content.authorship import queries as authorship_queries
from content.authorship.attributed import Attributed
from content.drafts.attested import digest_of_fields
from content.drafts.facts import DraftId, RevisionId
from content.drafts.states import Format
from content.language import queries as language_queries
from content.language.check import Finding
from content.lineage import queries as lineage_queries
from content.policy.evidence import Evidence
from content.review.assembly import Answers, Reading, assemble
from content.review.claim_marks import ClaimMarks, Mark, add_up
from content.review.declaration import Declaration
from content.review.models import ClaimCheck, FindingDismissal, PasteDeclaration, ResponsibleParty
from content.review.passages import finding_hash, line_around
from content.review.queries.facts import Standing
from content.review.states import Basis, ClaimState
from content.text.segments import word_count

if TYPE_CHECKING:
    from content.drafts.models import Draft, Revision, WorkingCopy


def reading_of(*, revision: "Revision") -> Reading:
    """Return a stored revision as it is judged."""
    try:
        attributed = authorship_queries.attribution_of(revision_id=RevisionId(revision.pk))
    except authorship_queries.NotMeasured:
        attributed = None
    return measured_reading(revision=revision, attributed=attributed)


def measured_reading(*, revision: "Revision", attributed: Attributed | None) -> Reading:
    """Return a stored revision as it is judged, with an attribution that is at hand."""
    return Reading(
        digest=revision.digest,
        text=revision.text,
        title=revision.title,
        summary=revision.summary,
        language=revision.language,
        extras=revision.extras,
        words=revision.words if attributed is None else int(attributed.measures["words"]),
        attributed=attributed,
    )


def typed_reading(*, draft: "Draft", head: "Revision", copy: "WorkingCopy", attributed: Attributed | None) -> Reading:
    """Return a text that is being typed as it would be judged; nothing of it is stored."""
    return Reading(
        digest=digest_of_fields(
            text=copy.text,
            format_=Format(draft.format),
            title=copy.title,
            summary=copy.summary,
            language=head.language,
            extras=copy.extras,
            canonical_url=head.canonical_url,
        ),
        text=copy.text,
        title=copy.title,
        summary=copy.summary,
        language=head.language,
        extras=copy.extras,
        words=word_count(copy.text),
        attributed=attributed,
    )


def evidence_for(
    *, standing: Standing, reading: Reading, at: datetime, declaration: Declaration | None = None
) -> Evidence:
    """Return all that the rules may see about a text of a case.

    :param declaration: the one that is being given now; without it those of the sign-offs that count.
    """
    facts = standing.facts
    signed = facts.editor_sign_off
    given = [each.declaration for each in facts.valid_sign_offs] + ([declaration] if declaration else [])
    answers = Answers(
        marks=marks_in(draft_id=facts.draft_id, text=reading.text, language=reading.language),
        declared=_declared(facts.draft_id, reading),
        findings=_findings(facts.draft_id, reading),
        active_seconds=_active_seconds(standing),
        responsible_valid=responsible_valid(
            party_id=declaration.responsible_id if declaration else signed.responsible_id if signed else None, at=at
        ),
        declarations=given,
        unsaid=_unsaid(standing, declaration),
    )
    return assemble(
        facts=facts,
        body=standing.body,
        reading=reading,
        lineage=lineage_queries.lineage_of(draft_id=facts.draft_id),
        answers=answers,
        at=at,
    )


def _active_seconds(standing: Standing) -> int:
    facts = standing.facts
    if facts.editor_sign_off is not None:
        return facts.editor_sign_off.active_seconds
    return standing.active_seconds_of(facts.lease.holder_id) if facts.lease is not None else 0


def _unsaid(standing: Standing, declaration: Declaration | None) -> tuple[str, ...] | None:
    if declaration is not None:
        return declaration.missing(asks_public_interest=standing.body.public_interest == "asked")
    return None if standing.facts.editor_sign_off is None else ()


def marks_of(*, draft_id: DraftId) -> dict[str, Mark]:
    """Return the latest that people said about each sentence of a draft, by its hash."""
    rows = ClaimCheck.objects.filter(draft=draft_id).order_by("id")
    return {
        row.sentence_hash: Mark(
            sentence_hash=row.sentence_hash,
            state=ClaimState(row.state),
            basis=Basis(row.basis) if row.basis else None,
            source_url=row.source_url,
            note=row.note,
            person_id=row.person_id,
            at=row.at,
        )
        for row in rows
    }


def marks_in(*, draft_id: DraftId, text: str, language: str) -> ClaimMarks:
    """Return how the claims of a text stand."""
    claims = language_queries.claims_in(text=text, language=language)
    return add_up([claim.sentence_hash for claim in claims], marks_of(draft_id=draft_id))


def _declared(draft_id: DraftId, reading: Reading) -> frozenset[str]:
    attributed = reading.attributed
    if attributed is None or not (reading.passages or any(each.name == "burst" for each in attributed.signals)):
        return frozenset()
    return declared_passages(draft_id=draft_id)


def declared_passages(*, draft_id: DraftId) -> frozenset[str]:
    """Return the hashes of passages whose origin somebody gave."""
    return frozenset(PasteDeclaration.objects.filter(draft=draft_id).values_list("passage_hash", flat=True))


def _findings(draft_id: DraftId, reading: Reading) -> Sequence[tuple[str, str]]:
    return [(finding.check, finding.reason) for _, finding in open_findings(draft_id=draft_id, reading=reading)]


def open_findings(*, draft_id: DraftId, reading: Reading) -> list[tuple[str, Finding]]:
    """Return what enforced checks complain about and nobody dismissed, each with its hash."""
    found = {
        finding_hash(each.check, each.quote, line_around(reading.text, each.start, each.end)): each
        for each in language_queries.enforced_findings(text=reading.text, language=reading.language)
    }
    if not found:
        return []
    dismissed = set(
        FindingDismissal.objects.filter(draft=draft_id, finding_hash__in=list(found)).values_list(
            "finding_hash", flat=True
        )
    )
    return [(name, finding) for name, finding in found.items() if name not in dismissed]


def responsible_valid(*, party_id: int | None, at: datetime) -> bool:
    """Tell whether a party answers for texts at a time; None: whether any does."""
    valid = _valid_parties(at)
    return valid.filter(pk=party_id).exists() if party_id is not None else valid.exists()


def responsible_parties(*, at: datetime) -> list[ResponsibleParty]:
    """Return who may answer for texts at a time, by name."""
    return list(_valid_parties(at).order_by("name", "id"))


def _valid_parties(at: datetime) -> QuerySet[ResponsibleParty]:
    return ResponsibleParty.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=at), valid_from__lte=at, contact_url__startswith="https://"
    )
