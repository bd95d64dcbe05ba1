"""The Merkle tree of RFC 6962 section 2.1, and the proof checks of RFC 9162 sections 2.1.3 and 2.1.4.

Leaf = SHA-256(0x00 || entry), node = SHA-256(0x01 || left || right). Hashes are 32 raw bytes. The functions
that make proofs here work on leaf hashes in memory; `tiles.py` makes the same proofs from stored tiles.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

from content.errors import Invalid

HASH_SIZE: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()


class MalformedProof(Invalid):
    """This proof cannot be right for any tree: an index, a size, or the number of hashes does not fit."""

    code = "malformed_proof"


class ProofMismatch(Invalid):
    """This proof does not lead to the root it was given for."""

    code = "proof_mismatch"


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 || entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split_point(size: int) -> int:
    """Return the largest power of two smaller than `size`, for a size of at least 2."""
    return 1 << ((size - 1).bit_length() - 1)


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the tree head over leaf hashes; the head of an empty tree is SHA-256 of nothing."""
    if not leaves:
        return EMPTY_ROOT
    layer = list(leaves)
    while len(layer) > 1:
        paired = [node_hash(layer[at], layer[at + 1]) for at in range(0, len(layer) - 1, 2)]
        # An odd last node moves up unchanged; RFC 6962 splits at a power of two, which comes to the same.
        layer = paired + layer[len(paired) * 2 :]
    return layer[0]


def inclusion_path(*, leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the audit path of one leaf, nearest sibling first. Format: RFC 6962 section 2.1.1.

    :raises MalformedProof: if there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise MalformedProof(f"There is no leaf {index} in a tree of {len(leaves)}.")
    low, high, path = 0, len(leaves), list[bytes]()
    while high - low > 1:
        middle = low + split_point(high - low)
        if index < middle:
            path.append(root_of(leaves[middle:high]))
            high = middle
        else:
            path.append(root_of(leaves[low:middle]))
            low = middle
    return tuple(reversed(path))


def consistency_path(*, leaves: Sequence[bytes], old: int) -> tuple[bytes, ...]:
    """Return the proof that the tree grew out of its first `old` leaves. RFC 6962 section 2.1.2.

    :raises MalformedProof: if `old` is not in 1..len(leaves).
    """
    if not 1 <= old <= len(leaves):
        raise MalformedProof(f"A tree of {len(leaves)} did not grow out of one of {old}.")
    low, high, path, is_known = 0, len(leaves), list[bytes](), True
    while old - low != high - low:
        middle = low + split_point(high - low)
        if old <= middle:
            path.append(root_of(leaves[middle:high]))
            high = middle
        else:
            path.append(root_of(leaves[low:middle]))
            low, is_known = middle, False
    if not is_known:
        path.append(root_of(leaves[low:high]))
    return tuple(reversed(path))


def inclusion_root(*, leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Recompute the tree head from one leaf hash and its audit path. RFC 9162 section 2.1.3.2.

    :param path: sibling hashes, nearest first; `index` is 0-based, `size` counts leaves.
    :raises MalformedProof: if index, size, or number or length of the hashes do not fit together.
    """
    if not 0 <= index < size:
        raise MalformedProof(f"There is no leaf {index} in a tree of {size}.")
    _require_hashes(leaf, *path)
    node, last, here = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise MalformedProof("The path is too long.")
        if node & 1 or node == last:
            here = node_hash(sibling, here)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            here = node_hash(here, sibling)
        node, last = node >> 1, last >> 1
    if last != 0:
        raise MalformedProof("The path is too short.")
    return here


def check_inclusion(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Hold that a leaf hash stands at `index` of the tree with this size and head.

    :raises MalformedProof: if the parts do not fit together.
    :raises ProofMismatch: if the path leads to another head.
    """
    _require_hashes(root)
    if inclusion_root(leaf=leaf, index=index, size=size, path=path) != root:
        raise ProofMismatch


def check_consistency(*, old_size: int, new_size: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> None:
    """Hold that the newer tree grew out of the older one. RFC 9162 section 2.1.4.2.

    :raises MalformedProof: if sizes and hashes do not fit together; size 0 proves nothing.
    :raises ProofMismatch: if the path leads to other heads.
    """
    if not 1 <= old_size <= new_size:
        raise MalformedProof(f"A tree of {new_size} did not grow out of one of {old_size}.")
    _require_hashes(old_root, new_root, *path)
    if old_size == new_size:
        if path:
            raise MalformedProof("Trees of one size need no proof.")
        reached = (old_root, old_root)
    else:
        reached = _walk_consistency(old_size, new_size, old_root, path)
    if reached != (old_root, new_root):
        raise ProofMismatch


def _walk_consistency(old_size: int, new_size: int, old_root: bytes, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Return the older and the newer head that a consistency path leads to."""
    # When the older tree is complete its head is the first hash of the path, and is left out of it.
    hashes = list(path) if old_size & (old_size - 1) else [old_root, *path]
    if not hashes:
        raise MalformedProof("The path is too short.")
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise MalformedProof("The path is too long.")
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    if last != 0:
        raise MalformedProof("The path is too short.")
    return old, new


def _require_hashes(*hashes: bytes) -> None:
    if any(len(value) != HASH_SIZE for value in hashes):
        raise MalformedProof("A hash is not 32 bytes long.")
