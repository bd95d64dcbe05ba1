"""Have attestations revoked: of texts that were retracted, and of texts that never went out."""

from datetime import datetime
from uuid import UUID

from content.actors import Actor, require_system
from content.attestation.actions import status
from content.attestation.actions.status import SignedStatus
from content.attestation.states import StatusReason
from content.events.writing import quiet_action


def prepare_retracted(*, attestation_id: UUID, at: datetime) -> SignedStatus:
    """Sign that the attestation of a retracted text is taken back.

    :raises KeyUnusable: if the key cannot be used.
    """
    return status.prepare_revocation(attestation_id=attestation_id, reason=StatusReason.RETRACTED, at=at)


@quiet_action
def revoke_retracted(*, attestation_id: UUID, prepared: SignedStatus, by: Actor, at: datetime) -> None:  # noqa: ARG001 (names what the Job is about)
    """Revoke the attestation of a retracted text.

    :raises NotPermitted: for anybody but the system.
    """
    status.withdraw(prepared=prepared, by=require_system(by), at=at)


def prepare_unpublished(*, attestation_id: UUID, at: datetime) -> SignedStatus:
    """Sign that an attestation is taken back because its text never went out.

    :raises KeyUnusable: if the key cannot be used.
    """
    return status.prepare_revocation(attestation_id=attestation_id, reason=StatusReason.NOT_PUBLISHED, at=at)


@quiet_action
def revoke_unpublished(*, attestation_id: UUID, prepared: SignedStatus, by: Actor, at: datetime) -> None:  # noqa: ARG001 (the same)
    """Revoke the attestation of a text that never went out.

    :raises NotPermitted: for anybody but the system.
    """
    status.withdraw(prepared=prepared, by=require_system(by), at=at)
