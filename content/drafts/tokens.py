"""Form of a source token: what is checked before any database is asked.

`rd_live_` or `rd_test_`, 8 characters to find it by, `_`, 43 characters that hold 32 random bytes, and 6 that hold the
CRC32 of all before them, all in base 62: secret scanners get an exact pattern and typing errors cost no query.
"""

import hashlib
import hmac
import re
import zlib
from dataclasses import dataclass
from typing import Final

from content.drafts.refusals import TokenMalformed
from content.drafts.states import Mode

PATTERN: Final = re.compile(r"rd_(live|test)_([0-9A-Za-z]{8})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})")
DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SECRET_BYTES: Final = 32
LOOKUP_BYTES: Final = 5  # 40 bits are less than 62^8
_LOOKUP_LENGTH, _SECRET_LENGTH, _CHECK_LENGTH = 8, 43, 6


@dataclass(frozen=True, kw_only=True, slots=True)
class ParsedToken:
    """A token whose checksum is right. `lookup` may be shown, `sha256` is what is stored."""

    mode: Mode
    lookup: str
    sha256: str


def spell(*, mode: Mode, lookup: bytes, secret: bytes) -> str:
    """Return the token for 5 random bytes to find it by and 32 secret ones."""
    start = f"rd_{mode.value}_{_base62(lookup, _LOOKUP_LENGTH)}_{_base62(secret, _SECRET_LENGTH)}"
    return start + _checksum(start)


def parse(plaintext: str) -> ParsedToken:
    """Read a token.

    :raises TokenMalformed: if its form or its checksum is wrong.
    """
    found = PATTERN.fullmatch(plaintext)
    if found is None or _checksum(plaintext[:-_CHECK_LENGTH]) != found[4]:
        raise TokenMalformed
    return ParsedToken(
        mode=Mode(found[1]), lookup=found[2], sha256=hashlib.sha256(plaintext.encode("ascii")).hexdigest()
    )


def is_same(first_sha256: str, second_sha256: str) -> bool:
    """Compare two stored digests in a time that says nothing about where they differ."""
    return hmac.compare_digest(first_sha256, second_sha256)


def _checksum(text: str) -> str:
    return _base62(zlib.crc32(text.encode("ascii")).to_bytes(4, "big"), _CHECK_LENGTH)


def _base62(value: bytes, length: int) -> str:
    number = int.from_bytes(value, "big")
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(DIGITS))
        digits.append(DIGITS[digit])
    return "".join(reversed(digits))
