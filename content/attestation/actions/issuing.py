"""Sign what is true about exact bytes: read and sign outside any transaction, then store and check again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from content.actors import SYSTEM, Actor, require_system
from content.attestation.actions.keys import register_keys
from content.attestation.actions.people import ensure_salts
from content.attestation.actions.signing import hold_key, signer_in_use
from content.attestation.evidence import Leaf
from content.attestation.facts import AttestationId, AttestationSigned
from content.attestation.models import Attestation, AttestedFile, EvidenceLeaf, PendingEntry
from content.attestation.queries.attestable import Attestable, gather, subjects_of
from content.attestation.queries.keys import newest_key_set
from content.attestation.queries.stating import leaves_of, predicate_for
from content.conf import conf
from content.drafts import queries as drafts
from content.drafts.facts import DraftId
from content.events import actions as events
from content.events.flow import NotYet
from content.events.writing import quiet_action
from content.proof.cited import Attested
from content.proof.digest import sha256_hex
from content.proof.entry import EntryKind
from content.proof.envelope import Envelope, sign
from content.proof.statement import build_statement
from content.review.facts import CaseId

if TYPE_CHECKING:
    from content.drafts.models import Draft


@dataclass(frozen=True, kw_only=True, slots=True)
class Signed:
    """A statement that is signed and not stored yet. `version` is the draft's when everything was read."""

    attested: Attested
    version: int
    revision_id: int
    envelope: Envelope
    files: Mapping[str, bytes]
    leaves: Sequence[Leaf]
    supersedes_id: UUID | None


def prepare_issue(*, draft_id: DraftId, case_id: CaseId, event_id: int, at: datetime) -> Signed:
    """Read everything, build the statement, sign it.

    :param event_id: the Event `PublicationRequested`: id and time of the attestation come from it, so that a repeat
        makes the same one.
    :raises NotAttestable: if the case is not ready, or its text is not the one that was asked for.
    :raises NoResponsible: if nobody answers for the text in public.
    :raises RenderingTooComplex: if the text cannot be rendered.
    :raises NotYet: while the text is still being measured or rendered.
    :raises KeyUnusable: if the key cannot be used.
    :raises BadStatement: if what was gathered contradicts itself; nothing is signed then.
    """
    if newest_key_set() is None:
        register_keys(by=SYSTEM, at=at)
    found = gather(draft_id=draft_id, case_id=case_id, event_id=event_id, at=at)
    salts = ensure_salts(user_ids=found.signers, by=SYSTEM, at=at)
    leaves = leaves_of(found=found)
    attested = predicate_for(found=found, attestation_id=_id_of(found), salts=salts, leaves=leaves)
    files = subjects_of(found=found)
    payload = build_statement(subjects=files, attested=attested)
    return Signed(
        attested=attested,
        version=found.version,
        revision_id=found.head.pk,
        envelope=sign(payload=payload, signer=signer_in_use()),
        files=files,
        leaves=leaves,
        supersedes_id=found.previous.pk if found.previous else None,
    )


def _id_of(found: Attestable) -> AttestationId:
    """Return a UUID of version 7 that follows from the request: its time, then bits of its digest."""
    milliseconds = int(found.request.at.timestamp() * 1000) & ((1 << 48) - 1)
    value = milliseconds << 80 | int(found.request.digest, 16) >> 176
    value = value & ~(0xF << 76) | 0x7 << 76
    return AttestationId(UUID(int=value & ~(0x3 << 62) | 0x2 << 62))


@quiet_action
def issue(
    *,
    draft_id: DraftId,
    case_id: CaseId,
    event_id: int,
    prepared: Signed,
    by: Actor,
    at: datetime,
    locked: "Draft | None" = None,
) -> AttestationId:
    """Store a signed statement and put it in line for the log; again for one request is no different from once.

    :param locked: the draft, where the caller has locked it already.
    :raises NotPermitted: for anybody but the system.
    :raises NotYet: if draft or case changed since it was read, or the key was replaced: it is made anew.
    """
    require_system(by)
    draft = locked or drafts.lock_draft(draft_id=draft_id)
    stored = Attestation.objects.filter(request_event=event_id).values_list("pk", flat=True).first()
    if stored is not None:
        return AttestationId(stored)
    if draft.version != prepared.version:
        raise NotYet("The draft changed while its statement was signed; it is looked at anew.")
    hold_key(keyid=prepared.envelope.keyid)
    row = _store(prepared, draft_id, case_id, event_id)
    events.record(
        AttestationSigned(draft_id=draft_id, case_id=case_id, attestation_id=AttestationId(row.pk), digest=row.digest),
        by=by,
        at=at,
    )
    return AttestationId(row.pk)


def _store(prepared: Signed, draft_id: UUID, case_id: UUID, event_id: int) -> Attestation:
    attested = prepared.attested
    sha256 = prepared.envelope.payload_digest.removeprefix("sha256:")
    row: Attestation = Attestation.objects.create(
        id=UUID(attested.attestation_id),
        draft_id=draft_id,
        case_id=case_id,
        revision_id=prepared.revision_id,
        request_event=event_id,
        digest=attested.content_digest,
        payload_sha256=sha256,
        envelope=prepared.envelope.to_value(),
        keyid=prepared.envelope.keyid,
        mode=conf.key_mode,
        claim=attested.claim.value,
        disclosure=attested.disclosure.outcome,
        human_share_bp=attested.authorship.human_share_bp,
        supersedes_id=prepared.supersedes_id,
        issued_at=attested.issued_at,
    )
    AttestedFile.objects.bulk_create(
        AttestedFile(attestation=row, name=name, body=body.decode(), sha256=sha256_hex(body))
        for name, body in sorted(prepared.files.items())
    )
    EvidenceLeaf.objects.bulk_create(
        EvidenceLeaf(attestation=row, position=position, salt=leaf.salt.hex(), content=leaf.content)
        for position, leaf in enumerate(prepared.leaves)
    )
    PendingEntry.objects.create(kind=EntryKind.ATTEST.value, payload_sha256=sha256, keyid=row.keyid)
    return row
