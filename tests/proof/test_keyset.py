from collections.abc import Callable
from typing import Any

import pytest

from content.proof.envelope import pem_of
from content.proof.jcs import jcs
from content.proof.keyset import KeySetUnreadable, list_key, read_keyset
from content.proof.note import vkey_of
from tests.proof.world import ATTESTATION_SEED, C2PA_SEED, World, keys_file, public_of, test_key


def spoiled(change: Callable[[Any], object]) -> bytes:
    value: Any = World().keys().to_value()
    change(value)
    return jcs(value)


class TestReading:
    def test_what_is_written_is_read_back(self) -> None:
        keys = World().keys(test_key(), last_index=9, revoked_from_index=7)

        assert read_keyset(keys_file(keys)) == keys

    def test_an_absent_bound_is_an_absent_key(self) -> None:
        assert b"last_index" not in keys_file(World().keys())

    @pytest.mark.parametrize(
        "change",
        [
            lambda value: value.update(format="reviewdesk-keys/2"),
            lambda value: value.update(more=1),
            lambda value: value.pop("logs"),
            lambda value: value.update(version=-1),
            lambda value: value.update(version="3"),
            lambda value: value.update(keys={}),
            lambda value: value["issuer"].pop("id"),
            lambda value: value["keys"].append("key"),
            lambda value: value["keys"].append(value["keys"][0]),
            lambda value: value["keys"][0].update(keyid="0" * 64),
            lambda value: value["keys"][0].update(scheme="ecdsa-sha2-nistp256"),
            lambda value: value["keys"][0].update(use="signing"),
            lambda value: value["keys"][0].update(mode="prod"),
            lambda value: value["keys"][0].update(public="no PEM"),
            lambda value: value["keys"][0].update(last_index=-1),
            lambda value: value["keys"][0].update(not_after="2026"),
            lambda value: value["keys"][0].pop("first_index"),
            lambda value: value["logs"][0].update(origin="other.example/log"),
            lambda value: value["logs"][0].update(vkey="x"),
            lambda value: value["logs"][0].update(status="gone"),
            lambda value: value["logs"][0].update(first_index="0"),
        ],
    )
    def test_a_key_set_that_disagrees_with_itself_is_refused(self, change: Callable[[Any], object]) -> None:
        with pytest.raises(KeySetUnreadable):
            read_keyset(spoiled(change))

    @pytest.mark.parametrize("source", [b"", b"[]", b"\xff", b'{"format":null}'])
    def test_what_is_no_key_set_is_refused(self, source: bytes) -> None:
        with pytest.raises(KeySetUnreadable):
            read_keyset(source)

    def test_a_key_of_another_kind_is_refused(self) -> None:
        from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

        rsa = pem_of(generate_private_key(65537, 2048).public_key())

        with pytest.raises(KeySetUnreadable):
            read_keyset(spoiled(lambda value: value["keys"][0].update(public=rsa)))

    def test_a_log_may_have_two_keys_while_one_follows_the_other(self) -> None:
        second = {
            "origin": World().origin,
            "vkey": vkey_of(origin=World().origin, public_key=public_of(9)),
            "first_index": 100,
            "status": "active",
        }

        assert len(read_keyset(spoiled(lambda value: value["logs"].append(second))).logs) == 2


class TestKeys:
    def test_only_attestation_keys_sign_statements(self) -> None:
        c2pa = list_key(public_of(C2PA_SEED), use="c2pa", mode="live", first_index=0)
        keys = World().keys(c2pa)

        assert keys.statement_key(c2pa.keyid) is None
        assert keys.statement_key(keys.keys[0].keyid) == keys.keys[0]

    @pytest.mark.parametrize(
        ("index", "is_in_use", "is_revoked"),
        [(4, False, False), (5, True, False), (7, True, True), (9, True, True), (10, False, True)],
    )
    def test_validity_goes_by_log_index(self, index: int, *, is_in_use: bool, is_revoked: bool) -> None:
        key = World().keys(first_index=5, last_index=9, revoked_from_index=7).keys[0]

        assert key.is_in_use_at(index) is is_in_use
        assert key.is_revoked_at(index) is is_revoked

    def test_a_test_key_is_one_by_mode_or_by_use(self) -> None:
        public = public_of(ATTESTATION_SEED)

        assert list_key(public, use="attestation", mode="test", first_index=0).is_test
        assert list_key(public, use="test", mode="live", first_index=0).is_test
        assert not list_key(public, use="attestation", mode="live", first_index=0).is_test
