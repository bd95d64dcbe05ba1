"""The attacks on keys and on the log that the design names; `test_attacks` has those on text and files."""

import base64
from dataclasses import replace
from typing import Any

import pytest

from content.proof.bundle import Bundle
from content.proof.checking.states import State
from content.proof.entry import EntryKind, entry_text
from content.proof.envelope import Envelope
from content.proof.keyset import KeySet, list_key
from content.proof.merkle import inclusion_path, leaf_hash
from content.proof.note import proof_text
from content.proof.verify import verify
from tests.proof.states import Scene, golden
from tests.proof.world import ATTESTATION_SEED, C2PA_SEED, LOG_SEED, TEXT, World, payload_of, public_of, signer_of

KEYS = World().keys()
GOLDEN = golden().to_bytes()


def state_of(bundle: bytes | Bundle, keys: KeySet = KEYS, **given: Any) -> State:
    return verify(bundle, keys, content=TEXT.encode(), **given).state


class TestForeignKeys:
    def test_an_own_key_with_a_copied_key_id_is_refused(self) -> None:
        scene = Scene(seed=4)
        envelope = replace(scene.logged.envelope, keyid=KEYS.keys[0].keyid)

        assert state_of(Bundle(envelope=envelope, proof="")) is State.BAD_SIGNATURE

    def test_the_key_id_of_another_key_of_the_set_is_refused(self) -> None:
        second = list_key(public_of(C2PA_SEED), use="attestation", mode="live", first_index=0)
        scene = Scene()
        envelope = replace(scene.logged.envelope, keyid=second.keyid)

        assert state_of(Bundle(envelope=envelope, proof=""), World().keys(second)) is State.BAD_SIGNATURE

    def test_an_empty_key_set_knows_nobody(self) -> None:
        assert state_of(GOLDEN, replace(KEYS, keys=())) is State.UNKNOWN_KEY

    @pytest.mark.parametrize("use", ["log", "c2pa"])
    def test_a_key_for_another_use_signs_no_statement(self, use: str) -> None:
        scene = Scene(seed=C2PA_SEED)
        other = list_key(public_of(C2PA_SEED), use=use, mode="live", first_index=0)

        assert state_of(scene.world.bundle(scene.logged), World().keys(other)) is State.UNKNOWN_KEY


class TestSignatureReused:
    def test_of_a_checkpoint_is_no_signature_of_a_statement(self) -> None:
        scene = Scene()
        note = scene.world.checkpoint()
        signature = base64.b64decode(note.rpartition(" ")[2])[4:]
        body = note.partition("\n\n")[0].encode() + b"\n"
        log_key = list_key(public_of(LOG_SEED), use="attestation", mode="live", first_index=0)
        envelope = Envelope(payload=body, keyid=log_key.keyid, signature=signature)

        assert state_of(Bundle(envelope=envelope, proof=""), World().keys(log_key)) is State.BAD_SIGNATURE

    def test_over_the_bare_payload_is_no_signature_of_a_statement(self) -> None:
        signer = signer_of(ATTESTATION_SEED)
        bare = bytes.fromhex(signer.sign(payload_of()).signature)
        envelope = Envelope(payload=payload_of(), keyid=signer.public_key.keyid, signature=bare)

        assert state_of(Bundle(envelope=envelope, proof="")) is State.BAD_SIGNATURE


class TestStolenKey:
    def test_a_back_dated_statement_logged_after_the_cut_is_refused(self) -> None:
        scene = Scene()
        keys = scene.world.keys(revoked_from_index=scene.logged.index)

        assert state_of(scene.world.bundle(scene.logged), keys) is State.KEY_REVOKED

    def test_a_back_dated_statement_that_was_never_logged_is_refused(self) -> None:
        scene = Scene()
        unlogged = Scene(payload_of(title="Other")).logged.envelope
        bundle = Bundle(envelope=unlogged, proof=scene.world.proof(scene.logged.index))

        assert state_of(bundle) is State.NOT_IN_LOG


class TestProofs:
    SCENE = Scene()
    INDEX = SCENE.logged.index
    LEAVES = SCENE.world.leaves
    PATH = inclusion_path(leaves=LEAVES, index=INDEX)
    NOTE = SCENE.world.checkpoint()

    @pytest.mark.parametrize(
        ("index", "path", "note"),
        [
            (INDEX + 1, inclusion_path(leaves=LEAVES, index=INDEX + 1), NOTE),
            (INDEX + 1, PATH, NOTE),
            (INDEX - 1, PATH, NOTE),
            (len(LEAVES), PATH, NOTE),
            (INDEX, PATH, SCENE.world.checkpoint(len(LEAVES) - 1)),
            (INDEX, (*PATH, PATH[0]), NOTE),
            (INDEX, PATH[:-1], NOTE),
            (INDEX, PATH[::-1], NOTE),
            (INDEX, (), NOTE),
        ],
    )
    def test_of_another_leaf_place_size_or_path_are_refused(
        self, index: int, path: tuple[bytes, ...], note: str
    ) -> None:
        proof = proof_text(index=index, path=path, checkpoint=note)

        assert state_of(Bundle(envelope=self.SCENE.logged.envelope, proof=proof)) is State.NOT_IN_LOG

    def test_of_a_node_offered_as_a_leaf_are_refused(self) -> None:
        # The two leaves under a node, joined, are no entry: leaves and nodes are hashed with different prefixes.
        world = World()
        envelope = world.log(payload_of()).envelope
        entry = entry_text(kind=EntryKind.ATTEST, digest=envelope.payload_digest, keyid=envelope.keyid)
        inner = leaf_hash(leaf_hash(entry) + world.leaves[0])
        world.leaves = [inner, *world.leaves[1:3]]

        proof = proof_text(index=0, path=inclusion_path(leaves=world.leaves, index=0), checkpoint=world.checkpoint())

        assert state_of(Bundle(envelope=envelope, proof=proof)) is State.NOT_IN_LOG

    def test_under_a_checkpoint_of_another_origin_are_refused(self) -> None:
        world = World(origin="other.example/log")
        logged = world.log(payload_of())

        assert state_of(world.bundle(logged)) is State.LOG_INCONSISTENT

    def test_under_a_checkpoint_of_another_key_are_refused(self) -> None:
        world = World(log_seed=9)
        logged = world.log(payload_of())

        assert state_of(world.bundle(logged)) is State.LOG_INCONSISTENT

    def test_with_an_unknown_signature_line_are_taken(self) -> None:
        line = base64.b64encode(b"\x09" * 76).decode()
        proof = self.SCENE.world.proof(self.INDEX) + f"\u2014 witness.example {line}\n"

        assert state_of(Bundle(envelope=self.SCENE.logged.envelope, proof=proof)) is State.VERIFIED


class TestForkedLog:
    def test_is_seen_with_a_checkpoint_from_the_other_side(self) -> None:
        scene = Scene()
        fork = World()
        fork.pad(len(scene.world.leaves) - 3)

        assert state_of(scene.world.bundle(scene.logged), checkpoint=fork.checkpoint()) is State.LOG_INCONSISTENT
