"""Set a text free: everything is checked once more in the transaction that makes it public."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from content.actors import Actor, System, id_of, kind_of, require_system
from content.attestation.actions import status
from content.attestation.actions.status import SignedStatus
from content.attestation.facts import AttestationId
from content.attestation.queries.bundles import AttestationFacts, get_attestation, signed_at_and_statement
from content.attestation.states import AttestationState
from content.drafts import queries as drafts
from content.drafts.facts import DraftId, RevisionId
from content.events import actions as events
from content.events.uuid7 import uuid7
from content.events.writing import quiet_action
from content.proof.statement import Statement
from content.publishing.facts import DraftPublished, PublicationFailed, PublicationId
from content.publishing.models import Publication, PublicationRequest, PublishedVersion
from content.publishing.slug import slug_of
from content.publishing.states import PublicationState
from content.review.actions import closing
from content.review.facts import CaseId
from content.review.queries import cases as review_cases
from content.review.queries import gate as review_gate
from content.review.states import CaseState

if TYPE_CHECKING:
    from content.drafts.models import Revision
    from content.review.models import Case

LOOK_AGAIN = timedelta(minutes=2)
"How old a request may be before the gate is asked about it ahead of the transaction that asks it anyway."


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """What was read and signed before the transaction. `fault`: why the text may not go out, or empty."""

    statement: Statement
    fault: str
    replacement: SignedStatus | None


def prepare_publish(*, draft_id: DraftId, case_id: CaseId, attestation_id: UUID, at: datetime) -> Release:  # noqa: ARG001 (every step gets all ids)
    """Read the statement, and sign that it takes the place of the one before.

    Only an attestation whose request is old, or whose policy was replaced, is held against the gate here already: a
    refusal is then an answer, and not a failed attempt.

    :raises AttestationNotFound: if there is none.
    :raises KeyUnusable: if the key cannot be used.
    """
    issued_at, supersedes_id, statement = signed_at_and_statement(attestation_id=attestation_id)
    is_old = at - issued_at > LOOK_AGAIN
    may_go_out = not is_old or review_gate.publishable(case_id=case_id, at=at).may_go_out
    return Release(
        statement=statement,
        fault="" if may_go_out else "gate_pending",
        replacement=_replacement(AttestationId(attestation_id), supersedes_id, at),
    )


def _replacement(attestation_id: AttestationId, supersedes_id: UUID | None, at: datetime) -> SignedStatus | None:
    if supersedes_id is None:
        return None
    older = get_attestation(attestation_id=supersedes_id)
    if older.state in {AttestationState.SUPERSEDED, AttestationState.REVOKED}:
        return None
    return status.prepare_replacement(attestation_id=older.id, by_attestation=attestation_id, at=at)


@quiet_action
def publish(
    *, draft_id: DraftId, case_id: CaseId, attestation_id: UUID, prepared: Release, by: Actor, at: datetime
) -> Publication | None:
    """Make signed bytes public, or say why they stay where they are; again for one attestation changes nothing.

    :return: None if the case had changed: its attestation will be revoked.
    :raises NotPermitted: for anybody but the system.
    :raises GatePending: if the policy in force does not let it out; the next attempt makes that an answer.
    """
    system = require_system(by)
    case = review_cases.lock_case(case_id=case_id)
    facts = get_attestation(attestation_id=attestation_id)
    earlier = PublishedVersion.objects.filter(attestation=attestation_id).select_related("publication").first()
    if earlier is not None or facts.state is not AttestationState.ISSUED:
        return earlier.publication if earlier else None
    publication = Publication.objects.select_for_update(no_key=True).filter(draft=draft_id).first()
    revision = drafts.get_revision(revision_id=RevisionId(facts.revision_id))
    fault = prepared.fault or _fault(case, revision, facts, publication)
    if fault:
        _give_up(case, facts, fault, by, at)
        return None
    closing.close_case(case_id=case_id, revision_id=RevisionId(facts.revision_id), locked=case, by=system, at=at)
    return _release(publication, revision, facts, prepared, system, at)


def _fault(case: "Case", revision: "Revision", facts: AttestationFacts, publication: Publication | None) -> str:
    """Return the code of what keeps the text from going out, or an empty string; the gate is asked by `close_case`."""
    if case.state != CaseState.READY.value:
        return "not_in_state"
    if case.draft.head_id != revision.pk or revision.digest != facts.digest:
        return "digest_mismatch"
    is_retracted = publication is not None and publication.state == PublicationState.RETRACTED.value
    return "publication_retracted" if is_retracted else ""


def _give_up(case: "Case", facts: AttestationFacts, code: str, by: Actor, at: datetime) -> None:
    PublicationRequest.objects.filter(case=case.pk, undone_at=None).update(
        undone_at=at, undone_by=f"{kind_of(by)}:{id_of(by)}"
    )
    events.record(
        PublicationFailed(draft_id=DraftId(case.draft_id), case_id=CaseId(case.pk), attestation_id=facts.id, code=code),
        by=by,
        at=at,
    )


def _release(
    publication: Publication | None,
    revision: "Revision",
    facts: AttestationFacts,
    prepared: Release,
    by: System,
    at: datetime,
) -> Publication:
    publication = _next_version(publication, revision, facts, at)
    usage = prepared.statement.predicate["usage"]
    PublishedVersion.objects.create(
        publication=publication,
        version=publication.version,
        revision_id=facts.revision_id,
        digest=facts.digest,
        attestation_id=facts.id,
        train_ai=str(usage["train_ai"]) if isinstance(usage, dict) else "n",
        at=at,
    )
    if prepared.replacement is not None:
        status.withdraw(prepared=prepared.replacement, by=by, at=at)
    events.record(
        DraftPublished(
            draft_id=DraftId(facts.draft_id),
            case_id=CaseId(facts.case_id),
            publication_id=PublicationId(publication.pk),
            attestation_id=AttestationId(facts.id),
            revision_id=RevisionId(facts.revision_id),
            version=publication.version,
            digest=facts.digest,
        ),
        by=by,
        at=at,
    )
    return publication


def _next_version(
    publication: Publication | None, revision: "Revision", facts: AttestationFacts, at: datetime
) -> Publication:
    is_first = publication is None
    if publication is None:
        publication = Publication(
            id=uuid7(at), draft_id=facts.draft_id, version=0, first_published_at=at, published_at=at
        )
    publication.version += 1
    publication.published_at = at
    publication.slug = slug_of(revision.title, str(revision.extras.get("slug", "")))
    publication.save(force_insert=is_first)
    return publication
