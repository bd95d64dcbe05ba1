"""Questions about the log: tiles, checkpoints, proofs, status data, and whether it is sound."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from content.attestation.models import Checkpoint, Log, LogEntry, LogTile, StatusStatement
from content.errors import NotFound
from content.proof import tiles
from content.proof.bundle import Bundle
from content.proof.entry import EntryKind
from content.proof.envelope import Envelope
from content.proof.merkle import HASH_SIZE, leaf_hash
from content.proof.note import proof_text
from content.proof.tiles import TILE_WIDTH

KIND_OF_STATUS = {"superseded": EntryKind.SUPERSEDE, "revoked": EntryKind.REVOKE}


class LogPartMissing(NotFound):
    """The log has no such tile or checkpoint yet."""

    code = "log_part_missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class LogState:
    """How the log stands. `refused` is the code of why nothing is signed at present, or empty."""

    size: int
    checkpoint_size: int
    checkpoint_at: datetime | None
    refused: str


def log_size() -> int:
    """Return how many entries there are."""
    return Log.objects.filter(pk=1).values_list("size", flat=True).first() or 0


def newest_checkpoint() -> Checkpoint | None:
    """Return the checkpoint over the largest tree, if one was signed yet."""
    return Checkpoint.objects.order_by("-size").first()


def checkpoint() -> str:
    """Return the newest checkpoint, a signed note.

    :raises LogPartMissing: if none was signed yet.
    """
    newest = newest_checkpoint()
    if newest is None:
        raise LogPartMissing("The log has no checkpoint yet.")
    return newest.note


def log_state() -> LogState:
    """Return how the log stands."""
    newest = newest_checkpoint()
    row = Log.objects.filter(pk=1).first()
    return LogState(
        size=row.size if row else 0,
        checkpoint_size=newest.size if newest else 0,
        checkpoint_at=newest.signed_at if newest else None,
        refused=row.refused if row else "",
    )


def read_tile(*, level: int, number: int, width: int) -> bytes:
    """Return the first `width` hashes of a tile, fewer if the log is not so long; a `TileReader`.

    A full tile is one row. What is not stored yet comes from the level below: leaf hashes, or roots of full tiles.
    """
    if width == TILE_WIDTH:
        full = LogTile.objects.filter(level=level, number=number).values_list("hashes", flat=True).first()
        if full is not None:
            return bytes.fromhex(full)
    first = number * TILE_WIDTH
    if level == 0:
        hashes = LogEntry.objects.filter(index__gte=first, index__lt=first + width).order_by("index")
        return bytes.fromhex("".join(hashes.values_list("leaf_hash", flat=True)))
    roots = LogTile.objects.filter(level=level - 1, number__gte=first, number__lt=first + width).order_by("number")
    return bytes.fromhex("".join(roots.values_list("root", flat=True)))


def tile(*, level: int, number: int, width: int = TILE_WIDTH) -> bytes:
    """Return a tile as it is served: `width` hashes of 32 bytes.

    :raises LogPartMissing: if no checkpoint covers that many.
    """
    newest = newest_checkpoint()
    there = (newest.size if newest else 0) >> (tiles.TILE_HEIGHT * level)
    if not 1 <= width <= TILE_WIDTH or number * TILE_WIDTH + width > there:
        raise LogPartMissing
    hashes = read_tile(level=level, number=number, width=width)
    if len(hashes) != width * HASH_SIZE:
        raise LogPartMissing
    return hashes


def entries_tile(*, number: int, width: int = TILE_WIDTH) -> bytes:
    """Return a bundle of entries as it is served: each a 16-bit length and its bytes (C2SP tlog-tiles).

    :raises LogPartMissing: if no checkpoint covers that many.
    """
    newest = newest_checkpoint()
    first = number * TILE_WIDTH
    if not 1 <= width <= TILE_WIDTH or first + width > (newest.size if newest else 0):
        raise LogPartMissing
    rows = LogEntry.objects.filter(index__gte=first, index__lt=first + width).order_by("index")
    entries = [entry.encode() for entry in rows.values_list("entry", flat=True)]
    return tiles.entry_bundle(entries)


def entry_of(*, kind: EntryKind, payload_sha256: str) -> int | None:
    """Return the log index of a payload; None while it waits."""
    entries = LogEntry.objects.filter(kind=kind.value, payload_sha256=payload_sha256)
    index: int | None = entries.values_list("index", flat=True).first()
    return index


def covering(*, index: int) -> Checkpoint | None:
    """Return the first checkpoint that covers an entry: the one its bundle holds for ever."""
    return Checkpoint.objects.filter(size__gt=index).order_by("size").first()


def proof_of(*, index: int) -> str | None:
    """Return the proof that an entry stands in the log, a tlog-proof; None while no checkpoint covers it."""
    head = covering(index=index)
    if head is None:
        return None
    path = tiles.prove_inclusion(index=index, size=head.size, read=read_tile)
    return proof_text(index=index, path=path, checkpoint=head.note)


def status_lines(*, attestation_id: UUID | None = None) -> tuple[bytes, ...]:
    """Return the status statements that stand in the log, a bundle each, oldest first: all, or of one attestation."""
    statements = StatusStatement.objects.order_by("pk")
    if attestation_id is not None:
        statements = statements.filter(attestation=attestation_id)
    found = (_status_bundle(statement) for statement in statements)
    return tuple(bundle.to_bytes() for bundle in found if bundle is not None)


def _status_bundle(statement: StatusStatement) -> Bundle | None:
    index = entry_of(kind=KIND_OF_STATUS[statement.status], payload_sha256=statement.payload_sha256)
    proof = None if index is None else proof_of(index=index)
    return None if proof is None else Bundle(envelope=Envelope.from_value(statement.envelope), proof=proof)


def problems(*, limit: int = 50) -> tuple[str, ...]:
    """Recompute the log and return what is wrong with it, in words; reads only (doctor, D03)."""
    return tuple(_faults())[:limit]


def _faults() -> "list[str]":
    size, found = log_size(), list[str]()
    counted = LogEntry.objects.count()
    if counted != size:
        found.append(f"The log says {size} entries and holds {counted}.")
    leaves: list[bytes] = []
    for at, row in enumerate(LogEntry.objects.order_by("index").iterator(chunk_size=2000)):
        if row.index != at:
            found.append(f"Entry {at} of the log is missing.")
            return found
        leaf = leaf_hash(row.entry.encode())
        if leaf.hex() != row.leaf_hash:
            found.append(f"Entry {at} of the log was changed.")
        leaves.append(leaf)
    read = tiles.LeafTiles(leaves)
    for head in Checkpoint.objects.order_by("size").iterator(chunk_size=500):
        if head.size > len(leaves) or tiles.tree_root(size=head.size, read=read).hex() != head.root:
            found.append(f"The checkpoint of {head.size} entries is not the root of these entries.")
    missing = StatusStatement.objects.exclude(
        Exists(LogEntry.objects.filter(payload_sha256=OuterRef("payload_sha256")))
    ).count()
    if missing:
        found.append(f"{missing} status statements wait for the log.")
    return found
