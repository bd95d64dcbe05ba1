"""Tiles of the log's Merkle tree, 256 hashes wide (C2SP tlog-tiles), and the proofs made from them.

A tile at level L holds hashes of complete subtrees of 256^L leaves. A `TileReader` gives the first `width`
hashes of a tile, whatever stores them; each function here reads every tile it needs once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from content.proof.merkle import EMPTY_ROOT, HASH_SIZE, MalformedProof, node_hash, root_of, split_point

TILE_WIDTH: Final = 256
TILE_HEIGHT: Final = 8


class TileReader(Protocol):
    """Where hashes come from: returns `32 * width` bytes, the first `width` hashes of a tile."""

    def __call__(self, *, level: int, number: int, width: int) -> bytes:
        """Return the first `width` (1..256) hashes of tile `number` at `level`."""
        ...


class TileId(NamedTuple):
    """The place of a tile: level 0 holds leaf hashes, `number` counts tiles of a level from the left."""

    level: int
    number: int


@dataclass(frozen=True, slots=True)
class LeafTiles:
    """Tiles computed from all leaf hashes in memory: for small logs, and for tests."""

    leaves: Sequence[bytes]

    def __call__(self, *, level: int, number: int, width: int) -> bytes:
        """Return the first `width` hashes of a tile."""
        span = TILE_WIDTH**level
        first = number * TILE_WIDTH
        if (first + width) * span > len(self.leaves):
            raise MalformedProof(f"Tile {number} of level {level} is not {width} wide yet.")
        return b"".join(root_of(self.leaves[at * span : (at + 1) * span]) for at in range(first, first + width))


class _Tree:
    """Hashes of ranges of a tree of one size, read from tiles that are fetched once each."""

    def __init__(self, size: int, read: TileReader) -> None:
        self._size = size
        self._read = read
        self._fetched: dict[TileId, bytes] = {}

    def complete(self, height: int, at: int) -> bytes:
        """Return the hash of the complete subtree number `at` of `2**height` leaves."""
        level, inner = divmod(height, TILE_HEIGHT)
        first = at << inner
        tile = self._tile(TileId(level, first // TILE_WIDTH))
        start = (first % TILE_WIDTH) * HASH_SIZE
        return root_of(_hashes(tile[start : start + (HASH_SIZE << inner)]))

    def head_over(self, low: int, high: int) -> bytes:
        """Return the head over leaves low..high; `low` is a multiple of the largest power of two inside."""
        pieces = []
        while low < high:
            height = (high - low).bit_length() - 1
            pieces.append(self.complete(height, low >> height))
            low += 1 << height
        head = pieces.pop()
        while pieces:
            head = node_hash(pieces.pop(), head)
        return head

    def _tile(self, tile: TileId) -> bytes:
        if tile not in self._fetched:
            there = (self._size >> (TILE_HEIGHT * tile.level)) - tile.number * TILE_WIDTH
            width = min(TILE_WIDTH, there)
            hashes = self._read(level=tile.level, number=tile.number, width=width)
            if len(hashes) != width * HASH_SIZE:
                raise MalformedProof(f"Tile {tile.number} of level {tile.level} has a wrong length.")
            self._fetched[tile] = hashes
        return self._fetched[tile]


def tree_root(*, size: int, read: TileReader) -> bytes:
    """Return the head of the tree over the first `size` leaves.

    :raises MalformedProof: if a tile has a wrong length.
    """
    return _Tree(size, read).head_over(0, size) if size else EMPTY_ROOT


def prove_inclusion(*, index: int, size: int, read: TileReader) -> tuple[bytes, ...]:
    """Return the audit path of a leaf, nearest sibling first (RFC 6962 section 2.1.1).

    :raises MalformedProof: if there is no such leaf, or a tile has a wrong length.
    """
    if not 0 <= index < size:
        raise MalformedProof(f"There is no leaf {index} in a tree of {size}.")
    tree, low, high, path = _Tree(size, read), 0, size, list[bytes]()
    while high - low > 1:
        middle = low + split_point(high - low)
        if index < middle:
            path.append(tree.head_over(middle, high))
            high = middle
        else:
            path.append(tree.head_over(low, middle))
            low = middle
    return tuple(reversed(path))


def prove_consistency(*, old: int, size: int, read: TileReader) -> tuple[bytes, ...]:
    """Return the proof that the tree of `size` grew out of the tree of `old` (RFC 6962 section 2.1.2).

    :raises MalformedProof: if `old` is not in 1..size, or a tile has a wrong length.
    """
    if not 1 <= old <= size:
        raise MalformedProof(f"A tree of {size} did not grow out of one of {old}.")
    tree, low, high, path = _Tree(size, read), 0, size, list[bytes]()
    while old != high:
        middle = low + split_point(high - low)
        if old <= middle:
            path.append(tree.head_over(middle, high))
            high = middle
        else:
            path.append(tree.head_over(low, middle))
            low = middle
    if low:
        path.append(tree.head_over(low, high))
    return tuple(reversed(path))


def completed_tiles(*, old_size: int, new_size: int) -> Iterator[TileId]:
    """Yield the tiles that became full when the log grew, lower levels first."""
    level, span = 0, TILE_WIDTH
    while span <= new_size:
        for number in range(old_size // span, new_size // span):
            yield TileId(level, number)
        level, span = level + 1, span * TILE_WIDTH


def tile_hashes(tile: TileId, *, read: TileReader) -> bytes:
    """Return the 256 hashes of a full tile, made from the level below: leaf hashes, or the roots of 256 full tiles.

    :raises MalformedProof: if a tile below has a wrong length.
    """
    if tile.level == 0:
        return _full(tile, read)
    below = (TileId(tile.level - 1, tile.number * TILE_WIDTH + at) for at in range(TILE_WIDTH))
    return b"".join(root_of(_hashes(_full(lower, read))) for lower in below)


def _full(tile: TileId, read: TileReader) -> bytes:
    hashes = read(level=tile.level, number=tile.number, width=TILE_WIDTH)
    if len(hashes) != TILE_WIDTH * HASH_SIZE:
        raise MalformedProof(f"Tile {tile.number} of level {tile.level} has a wrong length.")
    return hashes


def _hashes(tile: bytes) -> list[bytes]:
    return [tile[at : at + HASH_SIZE] for at in range(0, len(tile), HASH_SIZE)]


def tile_path(*, level: int, number: int, width: int = TILE_WIDTH) -> str:
    """Return the path of a tile below the log's prefix, such as `tile/0/x001/234.p/5` (C2SP tlog-tiles)."""
    return f"tile/{level}/{_numbered(number, width)}"


def entries_path(*, number: int, width: int = TILE_WIDTH) -> str:
    """Return the path of a bundle of entries below the log's prefix, such as `tile/entries/000`."""
    return f"tile/entries/{_numbered(number, width)}"


def entry_bundle(entries: Sequence[bytes]) -> bytes:
    """Return a bundle of entries: each one after its length as big-endian uint16 (C2SP tlog-tiles)."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def _numbered(number: int, width: int) -> str:
    parts = [f"{number % 1000:03d}"]
    while number >= 1000:  # noqa: PLR2004  # the format's own base: path elements of three digits
        number //= 1000
        parts.append(f"x{number % 1000:03d}")
    suffix = "" if width == TILE_WIDTH else f".p/{width}"
    return "/".join(reversed(parts)) + suffix
