"""Keys in files: PEM, PKCS #8, Ed25519, readable by their owner alone (URI scheme of securesystemslib: `file2:`)."""

import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner, Signer

from content.attestation.signer import KeyUnusable, signer
from content.errors import Conflict
from content.proof.envelope import keyid_of, ssl_key

OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyExists(Conflict):
    """There is a file of that name already; a key is never overwritten."""

    code = "key_exists"


@signer("file2")
def open_file(path: str) -> Signer:
    """Return the signer of a key file.

    :raises KeyUnusable: if the file cannot be read, others may read it, or it holds no Ed25519 key.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise KeyUnusable(f"The key file cannot be opened: {error.strerror}.") from error
    with os.fdopen(descriptor, "rb") as file:
        if os.fstat(file.fileno()).st_mode & OTHERS:
            raise KeyUnusable("Others may read the key file; take their rights away (chmod 600).")
        pem = file.read()
    try:
        private = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise KeyUnusable("The key file holds no PEM private key without a password.") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyUnusable("The key file holds no Ed25519 key.")
    return CryptoSigner(private, ssl_key(private.public_key()))


def create_key(path: Path) -> str:
    """Write a new Ed25519 key to a new file that only its owner can read; return its key id.

    :raises KeyExists: if the file is there already.
    """
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError as error:
        raise KeyExists(f"{path} is there already; a key is never overwritten.") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    return keyid_of(private.public_key())
