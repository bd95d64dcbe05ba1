"""Questions about attestations: their state, their files, the bundle that travels with a text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from content.attestation.facts import AttestationId
from content.attestation.models import Attestation, AttestedFile, LogEntry, StatusStatement
from content.attestation.queries import log
from content.attestation.states import AttestationState
from content.errors import NotFound
from content.events.flow import NotYet
from content.proof.bundle import Bundle
from content.proof.entry import EntryKind
from content.proof.envelope import Envelope
from content.proof.statement import Statement, read_statement

MANIFEST = "SHA256SUMS"
FROZEN = ("content.md", "meta.json")
FROZEN_PLAIN = ("content.txt", "meta.json")


class AttestationNotFound(NotFound):
    """There is no such attestation. An unknown id proves nothing, neither for nor against a text."""

    code = "attestation_not_found"


@dataclass(frozen=True, kw_only=True, slots=True)
class AttestationFacts:
    """An attestation without its payload. `payload_digest` names it in the log and in later statements."""

    id: AttestationId
    draft_id: UUID
    case_id: UUID
    revision_id: int
    digest: str
    payload_digest: str
    keyid: str
    mode: str
    claim: str
    disclosure: str
    human_share_bp: int
    issued_at: datetime
    state: AttestationState
    log_index: int | None
    supersedes_id: UUID | None


def get_attestation(*, attestation_id: UUID) -> AttestationFacts:
    """Return one attestation.

    :raises AttestationNotFound: if there is none.
    """
    return _facts([_row(attestation_id)])[0]


def attestations(*, ids: Iterable[UUID]) -> Mapping[UUID, AttestationFacts]:
    """Return several attestations by id, in three queries; unknown ids are left out."""
    return {facts.id: facts for facts in _facts(list(Attestation.objects.filter(pk__in=list(ids))))}


def state_of(*, attestation_id: UUID) -> AttestationState:
    """Return where an attestation stands.

    :raises AttestationNotFound: if there is none.
    """
    return get_attestation(attestation_id=attestation_id).state


def of_request(*, event_id: int) -> AttestationFacts | None:
    """Return the attestation that a request to publish led to, if it was made already."""
    rows = list(Attestation.objects.filter(request_event=event_id))
    return _facts(rows)[0] if rows else None


def bundle_of(*, attestation_id: UUID) -> bytes:
    """Return the file `attestation.json`: the same bytes for ever.

    :raises AttestationNotFound: if there is none.
    :raises NotYet: while no checkpoint covers it.
    """
    row = _row(attestation_id)
    index = log.entry_of(kind=EntryKind.ATTEST, payload_sha256=row.payload_sha256)
    proof = None if index is None else log.proof_of(index=index)
    if proof is None:
        raise NotYet("This attestation waits for its place in the log.")
    return Bundle(envelope=Envelope.from_value(row.envelope), proof=proof).to_bytes()


def signed_at_and_statement(*, attestation_id: UUID) -> tuple[datetime, UUID | None, Statement]:
    """Return when an attestation was issued, which one it takes the place of, and what was signed.

    :raises AttestationNotFound: if there is none.
    """
    row = _row(attestation_id)
    return row.issued_at, row.supersedes_id, read_statement(Envelope.from_value(row.envelope).payload)


def statement_of(*, attestation_id: UUID) -> Statement:
    """Return what was signed.

    :raises AttestationNotFound: if there is none.
    """
    return read_statement(Envelope.from_value(_row(attestation_id).envelope).payload)


def files_of(*, attestation_id: UUID) -> Mapping[str, bytes]:
    """Return the subjects byte for byte, and `SHA256SUMS`, which the content digest is taken of.

    :raises AttestationNotFound: if there is no such attestation.
    """
    rows = list(AttestedFile.objects.filter(attestation=attestation_id).order_by("name"))
    if not rows:
        raise AttestationNotFound(attestation_id=str(attestation_id))
    files = {row.name: row.body.encode() for row in rows}
    frozen = FROZEN if "content.md" in files else FROZEN_PLAIN
    sums = {row.name: row.sha256 for row in rows}
    return files | {MANIFEST: "".join(f"{sums[name]}  {name}\n" for name in frozen).encode()}


def file_of(*, attestation_id: UUID, name: str) -> bytes:
    """Return one of the files.

    :raises AttestationNotFound: if there is no such attestation, or no such file of it.
    """
    file = files_of(attestation_id=attestation_id).get(name)
    if file is None:
        raise AttestationNotFound(f"This attestation has no file '{name[:40]}'.")
    return file


def with_subject(*, sha256: str, limit: int = 20) -> tuple[AttestationFacts, ...]:
    """Return the attestations that have these bytes among their subjects, newest first.

    :param sha256: 64 hexadecimal digits, of any file of the statement or of the manifest.
    """
    by_file = AttestedFile.objects.filter(sha256=sha256).values_list("attestation", flat=True)
    rows = Attestation.objects.filter(pk__in=by_file) | Attestation.objects.filter(digest=f"sha256:{sha256}")
    return tuple(_facts(list(rows.order_by("-issued_at", "-pk")[:limit])))


def _row(attestation_id: UUID) -> Attestation:
    row: Attestation | None = Attestation.objects.filter(pk=attestation_id).first()
    if row is None:
        raise AttestationNotFound(attestation_id=str(attestation_id))
    return row


def _facts(rows: list[Attestation]) -> list[AttestationFacts]:
    newest = log.newest_checkpoint()
    covered = newest.size if newest else 0
    indexes = dict(
        LogEntry.objects.filter(
            kind=EntryKind.ATTEST.value, payload_sha256__in=[row.payload_sha256 for row in rows]
        ).values_list("payload_sha256", "index")
    )
    statuses: dict[UUID, set[str]] = {}
    for pk, status in StatusStatement.objects.filter(attestation__in=rows).values_list("attestation", "status"):
        statuses.setdefault(pk, set()).add(status)
    return [_one(row, indexes.get(row.payload_sha256), covered, statuses.get(row.pk, set())) for row in rows]


def _one(row: Attestation, index: int | None, covered: int, statuses: set[str]) -> AttestationFacts:
    return AttestationFacts(
        id=AttestationId(row.pk),
        draft_id=row.draft_id,
        case_id=row.case_id,
        revision_id=row.revision_id,
        digest=row.digest,
        payload_digest=f"sha256:{row.payload_sha256}",
        keyid=row.keyid,
        mode=row.mode,
        claim=row.claim,
        disclosure=row.disclosure,
        human_share_bp=row.human_share_bp,
        issued_at=row.issued_at,
        state=_state(index, covered, statuses),
        log_index=index,
        supersedes_id=row.supersedes_id,
    )


def _state(index: int | None, covered: int, statuses: set[str]) -> AttestationState:
    if AttestationState.REVOKED in statuses:
        return AttestationState.REVOKED
    if AttestationState.SUPERSEDED in statuses:
        return AttestationState.SUPERSEDED
    is_issued = index is not None and index < covered
    return AttestationState.ISSUED if is_issued else AttestationState.PENDING
