"""The key set from the keys that are on record: plain values in, the file out."""

from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from securesystemslib.signer import Key, SSlibKey

from content.proof.envelope import ED25519, UnsuitableKey, pem_of
from content.proof.jcs import jcs
from content.proof.keyset import IssuerListed, KeyListed, KeySet, LogListed
from content.proof.note import vkey_of


@dataclass(frozen=True, kw_only=True, slots=True)
class LogNamed:
    """A log key and the origin it signs for."""

    origin: str
    public: str
    first_index: int
    is_closed: bool


def key_set_file(
    *, version: int, issuer_id: str, issuer_name: str, keys: Iterable[KeyListed], logs: Iterable[LogNamed]
) -> bytes:
    """Return the bytes of one version of `keys.json`."""
    listed = KeySet(
        version=version,
        issuer=IssuerListed(id=issuer_id, name=issuer_name),
        logs=tuple(
            LogListed(
                origin=log.origin,
                vkey=verifier_key(origin=log.origin, public=log.public),
                first_index=log.first_index,
                status="closed" if log.is_closed else "active",
            )
            for log in logs
        ),
        keys=tuple(keys),
    )
    return jcs(listed.to_value())


def verifier_key(*, origin: str, public: str) -> str:
    """Return the verifier key text of a log key.

    :param public: PEM.
    :raises UnsuitableKey: if it is no Ed25519 key.
    """
    key = load_pem_public_key(public.encode("ascii"))
    if not isinstance(key, Ed25519PublicKey):
        raise UnsuitableKey("A log key is an Ed25519 key.")
    return vkey_of(origin=origin, public_key=key)


def public_pem(key: Key) -> str:
    """Return the PEM SubjectPublicKeyInfo of a signer's public key.

    :raises UnsuitableKey: if the key is of another library.
    """
    if not isinstance(key, SSlibKey):
        raise UnsuitableKey
    public: str = key.keyval["public"]
    if key.scheme == ED25519:  # securesystemslib keeps these raw, in hex
        return pem_of(Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)))
    return public
