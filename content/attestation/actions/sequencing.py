"""The one appender to the log: what waits gets its place, and a checkpoint covers it (attestation.md, section 5).

Two transactions with a lock on the guard file between them. Places are given first; then the tree is held against
the guard and signed; then the checkpoint is stored. A crash anywhere leaves a state that the next run goes on from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from content.actors import SYSTEM, Actor, require_system
from content.attestation.facts import AttestationId, AttestationIssued, LogExtended, LogRefused
from content.attestation.guard import Guard, GuardUnreadable, locked
from content.attestation.keylist import public_pem
from content.attestation.keystore import open_signer
from content.attestation.models import Attestation, Checkpoint, Log, LogEntry, LogTile, PendingEntry
from content.attestation.queries.keys import KeyNotRegistered, key_in_use
from content.attestation.queries.log import log_size, newest_checkpoint, read_tile
from content.attestation.states import KeyUse
from content.conf import conf
from content.drafts import queries as drafts
from content.drafts.facts import DraftId
from content.errors import Unavailable
from content.events import actions as events
from content.events.writing import bulk_action, quiet_action
from content.proof.entry import EntryKind, entry_text
from content.proof.merkle import HASH_SIZE, leaf_hash, root_of
from content.proof.note import sign_checkpoint
from content.proof.tiles import TILE_WIDTH, completed_tiles, tree_root
from content.review.facts import CaseId

AT_ONCE = 1024
"Entries in one transaction: four tiles, a few hundred milliseconds."


class LogRefuses(Unavailable):
    """The log would not extend what was published before, so nothing is signed until somebody looks."""

    code = "log_inconsistent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """A tree that was signed: entries, root, and the note."""

    size: int
    root: bytes
    note: str


def prepare_checkpoint(*, at: datetime) -> Head | None:
    """Give what waits its place and sign the tree; None if a checkpoint covers all of it already.

    :raises LogRefuses: if the database does not go on from what the guard remembers.
    :raises KeyUnusable: if the log key cannot be used.
    :raises KeyNotRegistered: if it is another one than the key set says.
    """
    while append_entries(by=SYSTEM, at=at) == AT_ONCE:
        continue
    if not log_size():
        return None
    with locked(_guard_path(at)) as guard:
        size = log_size()
        fault = _fault(guard, size)
        if fault:
            note_refusal(reason=fault, size=size, by=SYSTEM, at=at)
            raise LogRefuses(f"The log refuses to sign: {fault}. See `manage.py doctor`.", reason=fault)
        newest = newest_checkpoint()
        if newest is not None and newest.size == size:
            return None
        head = _sign(size)
        guard.write(head.note)
        return head


def _guard_path(at: datetime) -> Path:
    if not conf.log_guard:
        note_refusal(reason="guard_missing", size=log_size(), by=SYSTEM, at=at)
        raise LogRefuses("REVIEWDESK['LOG_GUARD'] names no file.", reason="guard_missing")
    return Path(conf.log_guard)


def _fault(guard: Guard, size: int) -> str:
    """Return the code of what does not fit, or an empty string."""
    try:
        last = guard.read()
    except GuardUnreadable:
        return "guard_unreadable"
    if last is None:
        return "guard_missing" if newest_checkpoint() is not None else ""
    if last.origin != conf.origin or last.size > size:
        return "log_inconsistent"
    return "" if tree_root(size=last.size, read=read_tile) == last.root else "log_inconsistent"


def _sign(size: int) -> Head:
    signer = open_signer(conf.log_key)
    known = key_in_use(use=KeyUse.LOG)
    if known is None or known.public != public_pem(signer.public_key):
        raise KeyNotRegistered
    root = tree_root(size=size, read=read_tile)
    note = sign_checkpoint(origin=conf.origin, size=size, root=root, signer=signer)
    return Head(size=size, root=root, note=note)


@bulk_action
def sequence_log(*, prepared: Head | None, by: Actor, at: datetime) -> Sequence[AttestationId]:
    """Store a signed checkpoint; every attestation it newly covers is issued.

    :return: their ids, none when a checkpoint as large stands already.
    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    if prepared is None:
        return ()
    before = newest_checkpoint()
    issued = _covered(before, prepared.size)
    for draft_id in sorted({row.draft_id for row, _ in issued}):
        drafts.lock_draft(draft_id=DraftId(draft_id))  # before the log, as everywhere: drafts come first
    log = lock_log(by=by, at=at)
    newest = newest_checkpoint()
    if newest is not None and newest.size >= prepared.size:
        return ()
    if newest != before:
        issued = _covered(newest, prepared.size)
    Checkpoint.objects.create(size=prepared.size, root=prepared.root.hex(), note=prepared.note, signed_at=at)
    if log.refused:
        Log.objects.filter(pk=log.pk).update(refused="")
    for row, index in issued:
        events.record(_issued(row, index), by=by, at=at)
    return tuple(AttestationId(row.pk) for row, _ in issued)


def _covered(newest: Checkpoint | None, size: int) -> list[tuple[Attestation, int]]:
    """Return the attestations in the log after the newest checkpoint, up to `size`, with their indexes."""
    entries = LogEntry.objects.filter(
        index__gte=newest.size if newest else 0, index__lt=size, kind=EntryKind.ATTEST.value
    ).order_by("index")
    indexes = dict(entries.values_list("payload_sha256", "index"))
    rows = Attestation.objects.filter(payload_sha256__in=list(indexes))
    return sorted(((row, indexes[row.payload_sha256]) for row in rows), key=lambda pair: pair[1])


def _issued(row: Attestation, index: int) -> AttestationIssued:
    return AttestationIssued(
        draft_id=DraftId(row.draft_id),
        case_id=CaseId(row.case_id),
        attestation_id=AttestationId(row.pk),
        digest=row.digest,
        log_index=index,
        claim=row.claim,
    )


@quiet_action
def lock_log(*, by: Actor, at: datetime) -> Log:  # noqa: ARG001 (every action names its actor)
    """Return the log's one row, locked: its lock makes one sequencer out of many workers.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    log, _ = Log.objects.select_for_update(no_key=True).get_or_create(pk=1)
    return log


@quiet_action
def append_entries(*, by: Actor, at: datetime) -> int:
    """Give the oldest waiting payloads their places.

    :return: how many; at most `AT_ONCE`.
    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    if not PendingEntry.objects.exists():
        return 0
    log = lock_log(by=by, at=at)
    rows = list(PendingEntry.objects.order_by("pk")[:AT_ONCE])
    _place(log, rows)
    PendingEntry.objects.filter(pk__in=[row.pk for row in rows]).delete()
    if any(row.kind != EntryKind.ATTEST for row in rows):
        events.record(LogExtended(size=log.size), by=by, at=at)
    return len(rows)


@quiet_action
def append_key_set(*, sha256: str, by: Actor, at: datetime) -> int:
    """Give a new version of the key set the next place, before whatever else waits.

    :return: its index in the log.
    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    log = lock_log(by=by, at=at)
    index = log.size
    _place(log, [PendingEntry(kind=EntryKind.KEYS.value, payload_sha256=sha256)])
    events.record(LogExtended(size=log.size), by=by, at=at)
    return index


def _place(log: Log, rows: Sequence[PendingEntry]) -> None:
    before = log.size
    entries = [
        (
            row,
            entry_text(kind=EntryKind(row.kind), digest=f"sha256:{row.payload_sha256}", keyid=row.keyid or None),
        )
        for row in rows
    ]
    LogEntry.objects.bulk_create(
        LogEntry(
            index=before + at,
            kind=row.kind,
            entry=entry.decode("ascii"),
            leaf_hash=leaf_hash(entry).hex(),
            payload_sha256=row.payload_sha256,
        )
        for at, (row, entry) in enumerate(entries)
    )
    log.size = before + len(entries)
    for tile in completed_tiles(old_size=before, new_size=log.size):
        hashes = read_tile(level=tile.level, number=tile.number, width=TILE_WIDTH)
        root = root_of([hashes[at : at + HASH_SIZE] for at in range(0, len(hashes), HASH_SIZE)])
        LogTile.objects.create(level=tile.level, number=tile.number, hashes=hashes.hex(), root=root.hex())
    log.save(update_fields=["size"])


@quiet_action
def note_refusal(*, reason: str, size: int, by: Actor, at: datetime) -> None:
    """Keep why the log refuses to sign, once for each reason, where managers and `/readyz` see it.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    log = lock_log(by=by, at=at)
    if log.refused != reason:
        Log.objects.filter(pk=log.pk).update(refused=reason)
        events.record(LogRefused(reason=reason, size=size), by=by, at=at)
