import base64
import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    SECP384R1,
    EllipticCurvePublicNumbers,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from securesystemslib import dsse
from securesystemslib.signer import CryptoSigner, Signature

from content.proof.digest import digest_of
from content.proof.envelope import (
    PAYLOAD_TYPE,
    BadSignature,
    Envelope,
    UnsuitableKey,
    check_signature,
    keyid_of,
    pem_of,
    sign,
    ssl_key,
)
from content.proof.strict import Unreadable, Unsupported
from tests.proof.world import public_of, signer_of

PROTOCOL = Path(__file__).parent / "vectors" / "dsse" / "protocol.txt"


def number_in_protocol(name: str) -> int:
    found = re.search(rf"^{name}: (\d+)$", PROTOCOL.read_text(), re.MULTILINE)
    assert found
    return int(found[1])


class TestPublishedVector:
    def test_the_encoding_that_is_signed_is_the_one_of_the_protocol(self) -> None:
        pae = dsse.Envelope(b"hello world", "http://example.com/HelloWorld", {}).pae()

        assert pae == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
        assert pae.decode() in PROTOCOL.read_text()

    def test_the_signature_of_the_protocol_is_right(self) -> None:
        point = EllipticCurvePublicNumbers(number_in_protocol("X"), number_in_protocol("Y"), SECP256R1())
        key = ssl_key(point.public_key())
        found = re.search(r'"sig": "([^"]+)"', PROTOCOL.read_text())
        assert found
        raw = base64.b64decode(found[1])
        signature = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        pae = dsse.Envelope(b"hello world", "http://example.com/HelloWorld", {}).pae()

        key.verify_signature(Signature(key.keyid, signature.hex()), pae)


class TestSigning:
    @pytest.mark.parametrize(
        "private", [Ed25519PrivateKey.generate(), generate_private_key(SECP256R1())], ids=["ed25519", "p256"]
    )
    def test_what_is_signed_is_verified(self, private: Any) -> None:
        key = ssl_key(private.public_key())

        envelope = sign(payload=b"payload", signer=CryptoSigner(private, key))

        check_signature(envelope, key)
        assert envelope.payload_digest == digest_of(b"payload")

    def test_a_key_under_another_name_is_refused(self) -> None:
        private = Ed25519PrivateKey.generate()

        with pytest.raises(UnsuitableKey):
            sign(payload=b"payload", signer=CryptoSigner(private))

    def test_a_key_of_another_kind_is_refused(self) -> None:
        with pytest.raises(UnsuitableKey):
            ssl_key(generate_private_key(SECP384R1()).public_key())

    def test_a_changed_payload_is_not_verified(self) -> None:
        envelope = sign(payload=b"payload", signer=signer_of(1))
        changed = Envelope(payload=b"Payload", keyid=envelope.keyid, signature=envelope.signature)

        with pytest.raises(BadSignature):
            check_signature(changed, ssl_key(public_of(1)))

    def test_a_signature_of_a_wrong_length_is_not_verified(self) -> None:
        envelope = Envelope(payload=b"payload", keyid=keyid_of(public_of(1)), signature=b"short")

        with pytest.raises(BadSignature):
            check_signature(envelope, ssl_key(public_of(1)))


class TestKeyIds:
    def test_the_id_is_the_hash_of_the_public_key_in_der(self) -> None:
        der = public_of(1).public_bytes(encoding=Encoding.DER, format=PublicFormat.SubjectPublicKeyInfo)

        assert keyid_of(public_of(1)) == hashlib.sha256(der).hexdigest()

    def test_openssl_computes_the_same_id(self) -> None:
        der = subprocess.run(
            ["openssl", "pkey", "-pubin", "-outform", "DER"],
            input=pem_of(public_of(1)).encode(),
            capture_output=True,
            check=True,
        ).stdout

        assert hashlib.sha256(der).hexdigest() == keyid_of(public_of(1))


class TestReading:
    def test_what_is_written_is_read_back(self) -> None:
        envelope = sign(payload=b"payload", signer=signer_of(1))

        assert Envelope.from_bytes(envelope.to_bytes()) == envelope

    def test_another_payload_type_is_unsupported(self) -> None:
        value = sign(payload=b"payload", signer=signer_of(1)).to_value()
        value["payloadType"] = PAYLOAD_TYPE + "x"

        with pytest.raises(Unsupported):
            Envelope.from_value(value)

    @pytest.mark.parametrize("count", [0, 2])
    def test_any_other_number_of_signatures_is_unsupported(self, count: int) -> None:
        value: Any = sign(payload=b"payload", signer=signer_of(1)).to_value()
        value["signatures"] = value["signatures"] * count

        with pytest.raises(Unsupported):
            Envelope.from_value(value)

    @pytest.mark.parametrize("spoil", ["extra", "no keyid", "payload", "list"])
    def test_another_shape_is_unreadable(self, spoil: str) -> None:
        value: Any = json.loads(sign(payload=b"payload", signer=signer_of(1)).to_bytes())
        match spoil:
            case "extra":
                value["cert"] = ""
            case "no keyid":
                del value["signatures"][0]["keyid"]
            case "payload":
                value["payload"] = value["payload"].rstrip("=")
            case _:
                value["payload"] = [1]

        with pytest.raises(Unreadable):
            Envelope.from_value(value)
