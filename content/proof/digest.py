"""SHA-256 in the two spellings of this house: bare hex, and `sha256:<64 lower-case hex>`."""

import hashlib
import re
from dataclasses import dataclass
from typing import Self

from content.errors import Invalid

_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")


class NotADigest(Invalid):
    """A digest reads `sha256:` followed by 64 lower-case hexadecimal digits."""

    code = "not_a_digest"


@dataclass(frozen=True, slots=True)
class Digest:
    """A named hash value; `str()` gives the spelling `sha256:<hex>` that statements and tables hold."""

    algorithm: str
    hex: str

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Return the SHA-256 of some bytes."""
        return cls("sha256", sha256_hex(data))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `sha256:<hex>`.

        :raises NotADigest: if the text is spelled in any other way.
        """
        return cls("sha256", hex_of(text))

    def __str__(self) -> str:
        return f"{self.algorithm}:{self.hex}"


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of some bytes as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes as `sha256:<hex>`."""
    return f"sha256:{sha256_hex(data)}"


def hex_of(digest: str) -> str:
    """Return the 64 hexadecimal digits of a digest spelled `sha256:<hex>`.

    :raises NotADigest: if the text is spelled in any other way.
    """
    found = _DIGEST.fullmatch(digest)
    if found is None:
        raise NotADigest
    return found[1]
