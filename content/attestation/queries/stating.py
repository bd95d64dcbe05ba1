"""Spells out the predicate of an attestation, and lists the evidence it stands on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from content.attestation import citing, evidence
from content.attestation.evidence import Content, Leaf
from content.attestation.facts import AttestationId
from content.attestation.queries.attestable import Attestable, NoResponsible
from content.attestation.usage import usage
from content.authorship.measures import ai_runs
from content.conf import conf
from content.drafts import queries as drafts
from content.drafts.facts import DraftId
from content.policy.queries import body_of
from content.proof.cited import (
    Attested,
    AuthorshipCited,
    ClaimCounts,
    DraftCited,
    Issuer,
    PolicyCited,
    PublicationCited,
    Responsible,
    ReviewCited,
    SignOffCited,
)
from content.proof.citing import pseudonym
from content.proof.digest import digest_of
from content.proof.jcs import jcs
from content.review.claim_marks import ClaimMarks
from content.review.queries import gate as review_gate

if TYPE_CHECKING:
    from content.drafts.models import Revision
    from content.review.models import SignOff


def predicate_for(
    *, found: Attestable, attestation_id: AttestationId, salts: Mapping[int, bytes], leaves: Sequence[Leaf]
) -> Attested:
    """Return everything that the statement says.

    :raises NoResponsible: if nobody answers for the text in public.
    """
    marks = review_gate.claim_marks_of(judgement=found.judgement, draft_id=DraftId(found.draft.pk))
    authorship = _authorship(found, marks)
    decision = found.judgement.decision
    body = body_of(policy=found.publishable.policy)
    source = found.draft.source
    return Attested(
        mode=conf.key_mode,
        attestation_id=str(attestation_id),
        issued_at=found.request.at,
        issuer=Issuer(id=conf.issuer, name=conf.issuer_name),
        publication=_publication(found),
        content_digest=found.publishable.digest,
        claim=decision.claim_level,
        review=_review(found, marks, salts),
        authorship=authorship,
        draft=_draft(found),
        lineage=citing.lineage(found.lineage),
        responsible=_responsible(found),
        disclosure=citing.disclosure(decision, exempt_reason=body.exempt_reason),
        usage=usage(
            human_share_bp=authorship.human_share_bp,
            claim=decision.claim_level,
            depth_max=found.lineage.depth_max,
            floor_bp=conf.train_ai_floor_bp,
            wishes=(source.train_ai, conf.train_ai),
            search=conf.search,
            licence=source.licence or conf.licence,
        ),
        evidence=evidence.cite(leaves, retain_until=evidence.years_later(found.request.at, conf.retain_years)),
        limits=citing.limits(four_eyes=found.publishable.four_eyes, words=authorship.words),
        supersedes=f"sha256:{found.previous.payload_sha256}" if found.previous else None,
    )


def _publication(found: Attestable) -> PublicationCited:
    return PublicationCited(
        draft_id=str(found.draft.pk),
        revision=found.head.number,
        language=found.head.language,
        url=found.head.canonical_url or None,
    )


def _authorship(found: Attestable, marks: ClaimMarks) -> AuthorshipCited:
    attributed = found.judgement.reading.attributed
    sentences = attributed.sentences if attributed else ()
    return citing.authorship(
        text=found.head.text,
        runs=found.runs,
        measures=found.judgement.measures,
        unverified_run=max(ai_runs(sentences, marks.verified), default=0),
        lineage=found.lineage,
    )


def _review(found: Attestable, marks: ClaimMarks, salts: Mapping[int, bytes]) -> ReviewCited:
    policy = found.publishable.policy
    return ReviewCited(
        policy=PolicyCited(name=policy.slug, version=policy.version, digest=f"sha256:{policy.sha256}"),
        verdicts=citing.verdicts(found.judgement.decision),
        sign_offs=tuple(_sign_off(found, row, salts[row.person_id]) for row in found.sign_offs),
        four_eyes=found.publishable.four_eyes,
        claims=ClaimCounts(
            found=marks.found,
            checked=marks.checked,
            cannot_verify=marks.cannot_verify,
            dismissed=marks.dismissed,
        ),
        last_change_at=found.head.created_at,
    )


def _sign_off(found: Attestable, row: "SignOff", salt: bytes) -> SignOffCited:
    is_carried = row.digest != found.publishable.digest
    return SignOffCited(
        person=pseudonym(salt=salt, draft_id=str(found.draft.pk)),
        role=row.kind,
        statement=row.statement,
        content_digest=row.digest,
        signed_at=row.at,
        auth=row.auth_method,
        active_seconds=row.active_seconds,
        contributor=row.contributor,
        tools=citing.tools(row.declaration),
        carried_to=found.publishable.digest if is_carried else None,
        carry_method=found.carries.get(row.pk) if is_carried else None,
    )


def _draft(found: Attestable) -> DraftCited:
    original = drafts.original_of(draft_id=DraftId(found.draft.pk))
    return DraftCited(
        digest=original.digest,
        received_at=found.draft.received_at,
        source=found.draft.source.slug,
        generators=citing.generators(original.generation),
        marks=citing.marks(found.draft.upstream_marks),
    )


def _responsible(found: Attestable) -> Responsible:
    editors = [row for row in found.sign_offs if row.kind == "editor"]
    party = editors[-1].responsible if editors else None
    if party is None or not party.contact_url.startswith("https://"):
        raise NoResponsible
    return Responsible(name=party.name, role=party.role, contact=party.contact_url)


def leaves_of(*, found: Attestable) -> tuple[Leaf, ...]:
    """Return what the attestation stands on, each thing with a fresh salt: committed by the root, shown to nobody."""
    return evidence.salted(_evidence(found))


def _evidence(found: Attestable) -> Iterator[Content]:
    draft, policy, judgement = found.draft, found.publishable.policy, found.judgement
    yield {
        "kind": "draft",
        "received_digest": draft.received_digest,
        "received_at": draft.received_at.isoformat(),
        "payload_digest": draft.payload_digest,
        "sources": draft.sources,
        "upstream_marks": draft.upstream_marks,
    }
    for revision in drafts.revisions_of(draft_id=DraftId(draft.pk)):
        yield _revision_leaf(revision)
    for row in found.sign_offs:
        yield _sign_off_leaf(row)
    yield {"kind": "policy", "slug": policy.slug, "version": policy.version, "body": policy.body}
    yield {
        "kind": "gate",
        "verdicts": [_plain(row) for row in review_gate.verdict_rows(decision=judgement.decision)],
        "evidence": _plain(asdict(judgement.evidence)),
    }
    yield {"kind": "measures", "measures": _plain(dict(judgement.measures))}


def _revision_leaf(revision: "Revision") -> Content:
    return {
        "kind": "revision",
        "number": revision.number,
        "digest": revision.digest,
        "origin": revision.origin,
        "placement": revision.placement,
        "author": revision.author,
        "created_at": revision.created_at.isoformat(),
        "generation": revision.generation,
        "journal": digest_of(jcs(revision.journal)) if revision.journal else "",
    }


def _sign_off_leaf(row: "SignOff") -> Content:
    return {
        "kind": "sign_off",
        "role": row.kind,
        "person": row.person_id,
        "identity": row.identity_key,
        "digest": row.digest,
        "statement": row.statement,
        "statement_sha256": row.statement_sha256,
        "declaration": row.declaration,
        "evidence_digest": row.evidence_digest,
        "active_seconds": row.active_seconds,
        "auth_method": row.auth_method,
        "auth_at": row.auth_at.isoformat(),
        "at": row.at.isoformat(),
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: sets become sorted lists, times and words become strings."""
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return str(value)
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case set() | frozenset():
            return sorted(str(each) for each in value)
        case list() | tuple():
            return [_plain(each) for each in value]
        case _:
            return str(value)
