"""What an attestation stands on, committed by a salted tree: the root is public, each leaf can be shown or erased.

leaf = SHA-256(0x00 || 16 random bytes || RFC 8785 of the content); the tree is RFC 6962's.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from content.proof.cited import EvidenceCited
from content.proof.digest import Digest
from content.proof.jcs import JsonValue, jcs
from content.proof.merkle import leaf_hash, root_of

SALT_SIZE = 16
Content = Mapping[str, JsonValue]


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """One thing and its salt."""

    content: Content
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(SALT_SIZE))

    def hash(self) -> bytes:
        """Return the leaf's hash in the tree."""
        return leaf_hash(self.salt + jcs(self.content))


def salted(contents: Iterable[Content]) -> tuple[Leaf, ...]:
    """Return a leaf with a fresh salt for each thing, in order."""
    return tuple(Leaf(content=content) for content in contents)


def cite(leaves: Sequence[Leaf], *, retain_until: date) -> EvidenceCited:
    """Return what the statement says about the evidence."""
    root = root_of([leaf.hash() for leaf in leaves])
    return EvidenceCited(leaves=len(leaves), root=str(Digest("sha256", root.hex())), retain_until=retain_until)


def years_later(at: datetime, years: int) -> date:
    """Return the day `years` after `at`; 29 February becomes 28 February where there is none."""
    day = at.date()
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
