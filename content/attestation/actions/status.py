"""Take attestations back, or say that a newer one stands in their place. Each is a signed statement in the log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from content.actors import Actor, require_system
from content.attestation.actions.signing import hold_key, signer_in_use
from content.attestation.facts import AttestationId, AttestationRevoked
from content.attestation.models import Attestation, PendingEntry, StatusStatement
from content.attestation.queries.bundles import get_attestation
from content.attestation.queries.log import KIND_OF_STATUS
from content.attestation.states import AttestationState, StatusReason
from content.drafts import queries as drafts
from content.drafts.facts import DraftId
from content.events import actions as events
from content.events.writing import quiet_action
from content.proof.envelope import Envelope, sign
from content.proof.statement import build_status


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedStatus:
    """A status statement that is signed and not stored yet."""

    attestation_id: UUID
    status: AttestationState
    reason: StatusReason
    at: datetime
    envelope: Envelope


def prepare_revocation(*, attestation_id: UUID, reason: StatusReason, at: datetime) -> SignedStatus:
    """Sign that an attestation is taken back; outside any transaction, a key store may be far away.

    :raises AttestationNotFound: if there is none.
    :raises KeyUnusable: if the key cannot be used.
    """
    return _signed(attestation_id, AttestationState.REVOKED, reason, at, None)


def prepare_replacement(*, attestation_id: UUID, by_attestation: UUID, at: datetime) -> SignedStatus:
    """Sign that a newer attestation stands in the place of an older one.

    :raises AttestationNotFound: if there is no such attestation.
    :raises KeyUnusable: if the key cannot be used.
    """
    newer = get_attestation(attestation_id=by_attestation)
    return _signed(attestation_id, AttestationState.SUPERSEDED, StatusReason.CORRECTED, at, newer.payload_digest)


def _signed(
    attestation_id: UUID, status: AttestationState, reason: StatusReason, at: datetime, replaced_by: str | None
) -> SignedStatus:
    payload = build_status(
        payload_digest=get_attestation(attestation_id=attestation_id).payload_digest,
        status=status.value,
        reason=reason.value,
        at=at,
        replaced_by=replaced_by,
    )
    return SignedStatus(
        attestation_id=attestation_id,
        status=status,
        reason=reason,
        at=at,
        envelope=sign(payload=payload, signer=signer_in_use()),
    )


@quiet_action
def withdraw(*, prepared: SignedStatus, by: Actor, at: datetime) -> None:
    """Store a status statement and put it in line for the log; again is no different from once.

    :raises NotPermitted: for anybody but the system.
    :raises NotYet: if the key was replaced since it signed this.
    """
    require_system(by)
    facts = get_attestation(attestation_id=prepared.attestation_id)
    drafts.lock_draft(draft_id=DraftId(facts.draft_id))
    stored = StatusStatement.objects.filter(attestation=prepared.attestation_id, status=prepared.status.value)
    if stored.exists():
        return
    hold_key(keyid=prepared.envelope.keyid)
    sha256 = prepared.envelope.payload_digest.removeprefix("sha256:")
    StatusStatement.objects.create(
        attestation=Attestation(pk=prepared.attestation_id),
        status=prepared.status.value,
        reason=prepared.reason.value,
        payload_sha256=sha256,
        envelope=prepared.envelope.to_value(),
        at=prepared.at,
    )
    PendingEntry.objects.create(
        kind=KIND_OF_STATUS[prepared.status].value, payload_sha256=sha256, keyid=prepared.envelope.keyid
    )
    events.record(
        AttestationRevoked(
            draft_id=DraftId(facts.draft_id),
            attestation_id=AttestationId(prepared.attestation_id),
            status=prepared.status.value,
            reason=prepared.reason.value,
        ),
        by=by,
        at=at,
    )
