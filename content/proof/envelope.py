"""DSSE 1.0 envelopes with exactly one signature, through securesystemslib; keys named by the hash of their SPKI.

A key id is a hint that selects a key; it proves nothing. The signature covers
PAE = `DSSEv1 SP len(type) SP type SP len(payload) SP payload`, so the payload is signed as bytes.
"""

import base64
import json
from dataclasses import dataclass
from typing import Final, Self

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from securesystemslib import dsse
from securesystemslib.exceptions import UnverifiedSignatureError
from securesystemslib.signer import Key, Signature, Signer, SSlibKey

from content.errors import Invalid
from content.proof.digest import digest_of, sha256_hex
from content.proof.strict import Json, Unsupported, as_object, as_text, base64_bytes, read_json

PAYLOAD_TYPE: Final = "application/vnd.in-toto+json"
ED25519: Final = "ed25519"
ECDSA_P256: Final = "ecdsa-sha2-nistp256"
_KEYS = frozenset({"payload", "payloadType", "signatures"})
_SIGNATURE_KEYS = frozenset({"keyid", "sig"})


class BadSignature(Invalid):
    """The signature does not belong to this statement and this key."""

    code = "bad_signature"


class UnsuitableKey(Invalid):
    """This key cannot sign here: use Ed25519 or ECDSA P-256, and name it by the hash of its public key."""

    code = "unsuitable_key"


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """A signed payload: raw payload bytes, the key id hint, the raw signature bytes."""

    payload: bytes
    keyid: str
    signature: bytes

    @property
    def payload_digest(self) -> str:
        """The SHA-256 of the payload bytes, `sha256:<hex>`: what the log and later statements name."""
        return digest_of(self.payload)

    def to_value(self) -> dict[str, Json]:
        """Return the DSSE JSON object."""
        return {
            "payload": base64.b64encode(self.payload).decode("ascii"),
            "payloadType": PAYLOAD_TYPE,
            "signatures": [{"keyid": self.keyid, "sig": base64.b64encode(self.signature).decode("ascii")}],
        }

    def to_bytes(self) -> bytes:
        """Return the DSSE JSON object as compact UTF-8."""
        return json.dumps(self.to_value(), sort_keys=True, separators=(",", ":")).encode("utf-8")

    @classmethod
    def from_value(cls, value: Json) -> Self:
        """Read a DSSE JSON object strictly: exactly its keys, exactly one signature, canonical base64.

        :raises Unreadable: if the shape is wrong.
        :raises Unsupported: if the payload type is another one.
        """
        fields = as_object(value, keys=_KEYS)
        if as_text(fields["payloadType"]) != PAYLOAD_TYPE:
            raise Unsupported("The payload type of the envelope is not the one of an in-toto statement.")
        signatures = fields["signatures"]
        if not isinstance(signatures, list) or len(signatures) != 1:
            raise Unsupported("The envelope does not hold exactly one signature.")
        signature = as_object(signatures[0], keys=_SIGNATURE_KEYS)
        return cls(
            payload=base64_bytes(as_text(fields["payload"])),
            keyid=as_text(signature["keyid"]),
            signature=base64_bytes(as_text(signature["sig"])),
        )

    @classmethod
    def from_bytes(cls, source: bytes) -> Self:
        """Read a DSSE JSON file strictly.

        :raises Unreadable: if it is not strict JSON of the right shape.
        :raises Unsupported: if the payload type is another one.
        """
        return cls.from_value(read_json(source))


def keyid_of(public_key: PublicKeyTypes) -> str:
    """Return the SHA-256 hex of the DER SubjectPublicKeyInfo, which openssl can compute too."""
    return sha256_hex(public_key.public_bytes(encoding=Encoding.DER, format=PublicFormat.SubjectPublicKeyInfo))


def pem_of(public_key: PublicKeyTypes) -> str:
    """Return the PEM SubjectPublicKeyInfo text of a public key."""
    return public_key.public_bytes(encoding=Encoding.PEM, format=PublicFormat.SubjectPublicKeyInfo).decode()


def scheme_of(public_key: PublicKeyTypes) -> str:
    """Return the one signature scheme we use with a key.

    :raises UnsuitableKey: if it is neither Ed25519 nor P-256.
    """
    if isinstance(public_key, Ed25519PublicKey):
        return ED25519
    if isinstance(public_key, EllipticCurvePublicKey) and isinstance(public_key.curve, SECP256R1):
        return ECDSA_P256
    raise UnsuitableKey


def ssl_key(public_key: PublicKeyTypes) -> SSlibKey:
    """Return the securesystemslib key of a public key, under our key id.

    :raises UnsuitableKey: if it is neither Ed25519 nor P-256.
    """
    return SSlibKey.from_crypto(public_key, keyid=keyid_of(public_key), scheme=scheme_of(public_key))


def sign(*, payload: bytes, signer: Signer) -> Envelope:
    """Sign a payload; may call a key store over the network.

    :param signer: any securesystemslib signer whose public key came from `ssl_key`.
    :raises UnsuitableKey: if the key is named by anything but the hash of its public key.
    """
    if not _is_named_by_hash(signer.public_key):
        raise UnsuitableKey
    signature = dsse.Envelope(payload, PAYLOAD_TYPE, {}).sign(signer)
    return Envelope(payload=payload, keyid=signer.public_key.keyid, signature=bytes.fromhex(signature.signature))


def check_signature(envelope: Envelope, key: SSlibKey) -> None:
    """Hold that this key signed this payload, under the payload type of in-toto.

    :raises BadSignature: if it did not.
    """
    signature = Signature(key.keyid, envelope.signature.hex())
    pae = dsse.Envelope(envelope.payload, PAYLOAD_TYPE, {}).pae()
    try:
        key.verify_signature(signature, pae)
    except UnverifiedSignatureError as error:
        raise BadSignature from error


def _is_named_by_hash(key: Key) -> bool:
    # The public part is spelled by scheme, so the key is made anew from it and compared.
    return isinstance(key, SSlibKey) and ssl_key(key._crypto_key()).keyid == key.keyid  # noqa: SLF001
