"""The attacks on a proof that the design names, each a test; see also `test_verify` for the plain states."""

import json
import time
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from securesystemslib.signer import CryptoSigner

from content.proof.bundle import Bundle
from content.proof.checking.states import Result, State
from content.proof.digest import digest_of
from content.proof.envelope import Envelope, ssl_key
from content.proof.jcs import jcs
from content.proof.keyset import KeySet, list_key
from content.proof.verify import Trust, verify
from tests.proof.states import Scene, golden
from tests.proof.world import (
    ATTESTATION_SEED,
    TEXT,
    World,
    altered,
    frozen_text,
    payload_of,
    public_of,
    signer_of,
    subjects_of,
)

KEYS = World().keys()
TRUST = Trust(KEYS)
GOLDEN = golden().to_bytes()


def state_of(bundle: bytes | Bundle, keys: KeySet = KEYS, **given: Any) -> State:
    return verify(bundle, keys, content=TEXT.encode(), **given).state


def told(result: Result) -> dict[str, Any]:
    """Return everything a result says that could differ between two bundles."""
    return {name: value for name, value in result.to_value().items() if name != "checks"}


class TestTextEditedAfterPublication:
    @pytest.mark.parametrize(
        "twin",
        [
            TEXT.replace("2019", "2018"),
            TEXT.replace("\n", "\r\n"),
            TEXT + "\n",
            TEXT.rstrip("\n"),
            "\ufeff" + TEXT,
            TEXT.replace("one", "\u043ene"),
            TEXT.replace("sign", "sign\u200b"),
        ],
    )
    def test_is_seen(self, twin: str) -> None:
        assert verify(GOLDEN, KEYS, content=twin.encode()).state is State.CONTENT_CHANGED

    @pytest.mark.parametrize("form", ["NFC", "NFD"])
    def test_is_seen_in_a_twin_of_the_other_unicode_form(self, form: Any) -> None:
        text = TEXT.replace("account", "caf\u00e9 cafe\u0301")
        scene = Scene(payload_of(text))
        bundle = scene.world.bundle(scene.logged)
        twin = unicodedata.normalize(form, text)

        result = verify(bundle, KEYS, content=twin.encode())

        assert verify(bundle, KEYS, content=text.encode()).state is State.VERIFIED
        assert result.state is State.CONTENT_CHANGED
        assert [(block.change, block.block) for block in result.facts.changed_blocks] == [("changed", 1)]


class TestMachineStepAfterSignOff:
    @pytest.mark.parametrize("field", ["title", "summary", "extra"])
    def test_is_seen_in_the_meta_file(self, field: str) -> None:
        meta = json.loads(frozen_text().files["meta.json"])
        meta[field] = {"teaser": "SEO"} if field == "extra" else "SEO"

        assert state_of(GOLDEN, files={"meta.json": jcs(meta)}) is State.CONTENT_CHANGED


class TestBundleBesideAnotherText:
    def test_is_seen(self) -> None:
        assert verify(GOLDEN, KEYS, content=b"Another text.").state is State.CONTENT_CHANGED

    def test_is_seen_when_the_authorship_file_was_swapped(self) -> None:
        files = {"authorship.json": subjects_of(frozen_text(), TEXT)["authorship.json"].replace(b"machine", b"typed")}

        assert state_of(GOLDEN, files=files) is State.CONTENT_CHANGED


class TestOldVersionReplayed:
    def test_is_seen_with_fresh_status_data(self) -> None:
        scene = Scene()
        line = scene.status_line(status="superseded")

        assert state_of(scene.world.bundle(scene.logged), status=[line]) is State.SUPERSEDED

    def test_is_not_hidden_without_them(self) -> None:
        assert "withdrawals were not checked" in verify(GOLDEN, KEYS, content=TEXT.encode()).sentence


class TestMutations:
    """No change of any byte may be accepted, unless the answer is equal field for field."""

    EXPECTED = told(verify(GOLDEN, TRUST, content=TEXT.encode()))

    def accepted(self, mutant: bytes) -> bool:
        result = verify(mutant, TRUST, content=TEXT.encode())
        return result.exit == 0 and told(result) != self.EXPECTED

    @pytest.mark.parametrize("flip", [0x01, 0x10, 0x80])
    def test_no_changed_byte_is_accepted(self, flip: int) -> None:
        wrong = [
            at
            for at in range(len(GOLDEN))
            if self.accepted(GOLDEN[:at] + bytes([GOLDEN[at] ^ flip]) + GOLDEN[at + 1 :])
        ]

        assert wrong == []

    def test_no_cut_is_accepted(self) -> None:
        states = {verify(GOLDEN[:at], TRUST).state for at in range(len(GOLDEN))}

        assert states == {State.UNREADABLE}

    def test_no_inserted_byte_is_accepted(self) -> None:
        wrong = [
            (at, byte)
            for at in range(len(GOLDEN) + 1)
            for byte in b'A"'
            if self.accepted(GOLDEN[:at] + bytes([byte]) + GOLDEN[at:])
        ]

        assert wrong == []


class TestTypeConfusion:
    @pytest.mark.parametrize(
        "change",
        [
            lambda value: value.update(_type="https://in-toto.io/Statement/v2"),
            lambda value: value.update(predicateType="https://reviewdesk.example/attestation/v2"),
            lambda value: value.update(predicateType="https://reviewdesk.example/attestation-status/v1"),
            lambda value: value.pop("predicateType"),
        ],
    )
    def test_of_the_statement_is_refused(self, change: Callable[[dict[str, Any]], object]) -> None:
        scene = Scene(altered(payload_of(), change))

        assert state_of(scene.world.bundle(scene.logged)) is State.UNSUPPORTED

    def test_of_a_status_statement_shown_as_an_attestation_is_refused(self) -> None:
        scene = Scene()
        status = scene.world.withdraw(scene.logged, status="revoked")

        assert state_of(scene.world.bundle(status)) is State.UNSUPPORTED

    def test_of_an_attestation_given_as_status_withdraws_nothing(self) -> None:
        assert state_of(GOLDEN, status=[GOLDEN]) is State.VERIFIED

    def test_of_a_status_statement_logged_as_another_kind_withdraws_nothing(self) -> None:
        scene = Scene()
        payload = scene.world.withdraw(scene.logged, status="revoked").envelope.payload
        as_attest = scene.world.log(payload)
        line = scene.world.bundle(as_attest).to_bytes()

        assert state_of(scene.world.bundle(scene.logged), status=[line]) is State.VERIFIED


def enveloped(**changes: Any) -> bytes:
    value: dict[str, Any] = json.loads(GOLDEN)
    value["envelope"].update(changes)
    return json.dumps(value).encode()


SIGNATURES = json.loads(GOLDEN)["envelope"]["signatures"]
PAYLOAD = json.loads(GOLDEN)["envelope"]["payload"]


class TestHostileFiles:
    @pytest.mark.parametrize(
        "source",
        [
            GOLDEN[:-1] + b',"proof":""}',
            b"\xef\xbb\xbf" + GOLDEN,
            GOLDEN + b"{}",
            GOLDEN.decode().encode("utf-16"),
            b"[" * 10_000 + b"]" * 10_000,
            b'{"a":' * 10_000,
            b" " * 10_000_000,
            b'{"mediaType":9007199254740992}',
            b'{"mediaType":1.0}',
            enveloped(payload=PAYLOAD + "\n"),
            enveloped(payload=PAYLOAD[:-1] + "=" if not PAYLOAD.endswith("=") else PAYLOAD.rstrip("=")),
            enveloped(payload=PAYLOAD.replace("/", "_").replace("+", "-") + "-"),
            enveloped(signatures=[SIGNATURES[0] | {"cert": "x"}]),
            enveloped(signatures=[SIGNATURES[0] | {"keyid": "\ud800"}]),
            enveloped(signatures={}),
        ],
    )
    def test_are_refused_at_once(self, source: bytes) -> None:
        started = time.process_time()

        state = state_of(source)

        assert state in {State.UNREADABLE, State.UNSUPPORTED}
        assert time.process_time() - started < 0.25  # 0.05 on an idle machine

    def test_spelled_with_an_escape_say_the_same(self) -> None:
        assert state_of(GOLDEN.replace(b'"proof"', b'"pr\\u006fof"') + b"\n") is State.VERIFIED

    def test_with_a_second_signature_are_refused(self) -> None:
        second = Envelope(payload=b"", keyid="a" * 64, signature=b"x" * 64).to_value()["signatures"]

        assert state_of(enveloped(signatures=[*SIGNATURES, *second])) is State.UNSUPPORTED  # type: ignore[misc]


class TestFingerprintTransfer:
    def test_of_most_blocks_is_similar_and_never_proved(self) -> None:
        text = "\n\n".join(f"Paragraph {at} says that the {at} editors agreed on point {at}." for at in range(32))
        scene = Scene(payload_of(text))
        forged = text.replace("the 17 editors", "no 17 editors")

        result = verify(scene.world.bundle(scene.logged), KEYS, content=forged.encode(), soft=True)

        assert (result.state, result.exit, result.color) == (State.SIMILAR, 1, "amber")
        assert result.facts.blocks_found == (31, 32)
        assert [block.block for block in result.facts.changed_blocks] == [17]


class TestTestMode:
    def test_is_never_shown_as_real(self) -> None:
        keys = World().keys(list_key(public_of(3), use="attestation", mode="test", first_index=0))

        assert (
            state_of(Scene(seed=3, mode="test").world.bundle(Scene(seed=3, mode="test").logged), keys) is State.TEST_KEY
        )
        assert state_of(Scene(seed=3).world.bundle(Scene(seed=3).logged), keys) is State.TEST_KEY
        assert state_of(Scene(mode="test").world.bundle(Scene(mode="test").logged), keys) is State.TEST_KEY


class TestInflatedClaim:
    @pytest.mark.parametrize(
        "change",
        [
            lambda value: value["predicate"].update(claim="human_rewritten"),
            lambda value: value["predicate"]["authorship"]["words"].update(typed=10**6),
            lambda value: value["predicate"]["authorship"].update(human_share_bp=9_999),
            lambda value: value["predicate"]["authorship"].update(longest_ai_run=201),
            lambda value: value["predicate"].update(content_digest=digest_of(b"x")),
        ],
    )
    def test_is_refused_under_a_right_signature(self, change: Callable[[dict[str, Any]], object]) -> None:
        scene = Scene(altered(payload_of(), change))

        assert state_of(scene.world.bundle(scene.logged)) is State.BAD_STATEMENT


class TestKeyMaterial:
    def test_is_not_in_what_is_shown_of_a_signer(self) -> None:
        signer = signer_of(ATTESTATION_SEED)
        private = bytes([ATTESTATION_SEED]) * 32

        shown = repr(signer) + repr(ssl_key(public_of(ATTESTATION_SEED)).to_dict()) + repr(Scene().logged)

        assert isinstance(signer, CryptoSigner)
        assert private.hex() not in shown
