"""Secrets at rest: AES-256-GCM under a key that never lies beside them (webhook secrets, for one).

Sealed text = `rds1.` and URL-safe base64 of a random 12-byte nonce and the cipher text. The context (such
as the id of the row) is bound to it, so that a sealed value cannot be moved to another row.
"""

import base64
import binascii
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from content.errors import Invalid, Unavailable

KEY_SIZE: Final = 32
_PREFIX: Final = "rds1."
_NONCE_SIZE: Final = 12


class SealKeyUnusable(Unavailable):
    """The key for secrets at rest is not 32 bytes long; set it anew."""

    code = "seal_key_unusable"


class SealBroken(Invalid):
    """This sealed secret was changed, or sealed with another key or for another place."""

    code = "seal_broken"


def new_key() -> bytes:
    """Return 32 random bytes to seal with."""
    return AESGCM.generate_key(KEY_SIZE * 8)


def seal(secret: bytes, *, key: bytes, context: bytes = b"") -> str:
    """Return the secret, encrypted and bound to its context; every call gives another text.

    :raises SealKeyUnusable: if the key is not 32 bytes.
    """
    nonce = os.urandom(_NONCE_SIZE)
    cipher = _cipher(key).encrypt(nonce, secret, context)
    return _PREFIX + base64.urlsafe_b64encode(nonce + cipher).decode("ascii")


def unseal(sealed: str, *, key: bytes, context: bytes = b"") -> bytes:
    """Return the secret inside a sealed text.

    :raises SealKeyUnusable: if the key is not 32 bytes.
    :raises SealBroken: if the text is not what `seal` gave for this key and context.
    """
    cipher = _cipher(key)
    try:
        raw = base64.b64decode(sealed.removeprefix(_PREFIX), altchars=b"-_", validate=True)
        if not sealed.startswith(_PREFIX) or len(raw) < _NONCE_SIZE:
            raise SealBroken
        return cipher.decrypt(raw[:_NONCE_SIZE], raw[_NONCE_SIZE:], context)
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise SealBroken from error


def _cipher(key: bytes) -> AESGCM:
    if len(key) != KEY_SIZE:
        raise SealKeyUnusable
    return AESGCM(key)
