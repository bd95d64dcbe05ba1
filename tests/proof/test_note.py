import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from securesystemslib.signer import CryptoSigner

from content.proof.envelope import ssl_key
from content.proof.merkle import root_of
from content.proof.note import (
    LogKey,
    NoteMalformed,
    NoteUntrusted,
    checkpoint_body,
    open_checkpoint,
    parse_proof,
    parse_vkey,
    proof_text,
    read_checkpoint,
    sign_checkpoint,
    vkey_of,
)
from tests.proof.world import LOG_SEED, ORIGIN, STRANGER_SEED, World, public_of, signer_of

# The example of golang.org/x/mod/sumdb/note: written and signed by another program.
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def key_of(seed: int, origin: str = ORIGIN) -> LogKey:
    return parse_vkey(vkey_of(origin=origin, public_key=public_of(seed)))


class TestVerifierKeys:
    def test_a_key_of_the_go_library_is_read(self) -> None:
        key = parse_vkey(GO_VKEY)

        assert (key.origin, key.key_id.hex(), len(key.public)) == ("PeterNeumann", "c74f20a3", 32)

    @pytest.mark.parametrize(
        "vkey",
        [
            "",
            "name",
            "name+c74f20a3",
            GO_VKEY.replace("Peter", "Petra"),
            GO_VKEY.replace("c74f20a3", "c74f20a4"),
            GO_VKEY[:-4],
            GO_VKEY.replace("PeterNeumann", "Peter Neumann"),
            GO_VKEY.replace("+ARpc", "+BRpc"),
        ],
    )
    def test_any_other_spelling_is_refused(self, vkey: str) -> None:
        with pytest.raises(NoteMalformed):
            parse_vkey(vkey)

    @pytest.mark.parametrize("origin", ["", "a b", "a+b", "a\nb"])
    def test_a_log_cannot_have_such_a_name(self, origin: str) -> None:
        with pytest.raises(NoteMalformed):
            vkey_of(origin=origin, public_key=public_of(1))


class TestCheckpoints:
    def test_what_is_signed_is_opened(self) -> None:
        world = World()

        checkpoint, signers = open_checkpoint(world.checkpoint(), [key_of(LOG_SEED)])

        assert (checkpoint.origin, checkpoint.size) == (ORIGIN, 3)
        assert checkpoint.root == root_of(world.leaves)
        assert signers == (key_of(LOG_SEED),)

    def test_the_same_tree_gives_the_same_bytes(self) -> None:
        assert World().checkpoint() == World().checkpoint()

    def test_a_stranger_is_not_trusted(self) -> None:
        with pytest.raises(NoteUntrusted):
            open_checkpoint(World().checkpoint(), [key_of(STRANGER_SEED)])

    def test_a_key_of_another_log_is_not_trusted(self) -> None:
        with pytest.raises(NoteUntrusted):
            open_checkpoint(World().checkpoint(), [key_of(LOG_SEED, "other.example/log")])

    def test_a_wrong_signature_of_a_known_key_spoils_the_note(self) -> None:
        grown = World()
        grown.pad(1)
        body, _, _ = World().checkpoint().rpartition("\n\n")
        _, _, signature = grown.checkpoint().rpartition("\n\n")

        with pytest.raises(NoteUntrusted):
            open_checkpoint(f"{body}\n\n{signature}", [key_of(LOG_SEED)])

    def test_a_line_of_an_unknown_witness_is_ignored(self) -> None:
        line = base64.b64encode(b"\x01\x02\x03\x04" + b"\x00" * 72).decode()

        checkpoint, _ = open_checkpoint(f"{World().checkpoint()}\u2014 witness.example {line}\n", [key_of(LOG_SEED)])

        assert checkpoint.size == 3

    def test_a_key_that_is_not_ed25519_signs_no_checkpoint(self) -> None:
        private = generate_private_key(SECP256R1())
        signer = CryptoSigner(private, ssl_key(private.public_key()))

        with pytest.raises(NoteMalformed):
            sign_checkpoint(origin=ORIGIN, size=1, root=b"\x00" * 32, signer=signer)

    def test_an_origin_with_a_space_is_refused_before_signing(self) -> None:
        with pytest.raises(NoteMalformed):
            sign_checkpoint(origin="a b", size=1, root=b"\x00" * 32, signer=signer_of(1))

    def test_the_body_has_three_lines(self) -> None:
        body = checkpoint_body(origin="a.example/log", size=7, root=b"\x00" * 32)

        assert body == f"a.example/log\n7\n{'A' * 43}=\n"

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda note: note.replace("\n3\n", "\n03\n"),
            lambda note: note.replace("\n3\n", "\n3\nextension\n"),
            lambda note: note.replace("\n3\n", "\n-3\n"),
            lambda note: note.replace("\n3\n", "\n9999999999999999\n"),
            lambda note: note.replace("\n\n", "\n"),
            lambda note: note.replace("\n", "\r\n"),
            lambda note: note.rstrip("\n"),
            lambda note: note.partition("\n\n")[0] + "\n\n",
            lambda note: note.replace("\u2014", "-"),
            lambda note: "x" * 70_000 + note,
            lambda note: "",
            lambda note: note.replace("=\n\n", "\n\n"),
        ],
    )
    def test_what_is_not_spelled_like_a_checkpoint_is_refused(self, spoil: object) -> None:
        with pytest.raises(NoteMalformed):
            read_checkpoint(spoil(World().checkpoint()))  # type: ignore[operator]


class TestProofs:
    def test_what_is_written_is_read_back(self) -> None:
        text = proof_text(index=5, path=[b"\x01" * 32, b"\x02" * 32], checkpoint="note\n")

        proof = parse_proof(text)

        assert (proof.index, proof.path, proof.checkpoint) == (5, (b"\x01" * 32, b"\x02" * 32), "note\n")
        assert text.startswith("c2sp.org/tlog-proof@v1\nindex 5\n")

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "c2sp.org/tlog-proof@v2\nindex 0\n\nnote\n",
            "c2sp.org/tlog-proof@v1\nindex 00\n\nnote\n",
            "c2sp.org/tlog-proof@v1\nextra QQ==\nindex 0\n\nnote\n",
            "c2sp.org/tlog-proof@v1\nindex 0\nQQ==\n\nnote\n",
            f"c2sp.org/tlog-proof@v1\nindex 0\n{'A' * 42}B=\n\nnote\n",
            "c2sp.org/tlog-proof@v1\nindex 9999999999999999\n\nnote\n",
            "c2sp.org/tlog-proof@v1\nindex 0\n" + f"{'A' * 43}=\n" * 65 + "\nnote\n",
            "c2sp.org/tlog-proof@v1\nindex 0\nnote\n",
        ],
    )
    def test_any_other_spelling_is_refused(self, text: str) -> None:
        with pytest.raises(NoteMalformed):
            parse_proof(text)

    def test_a_proof_survives_json(self) -> None:
        proof = World().proof(2)

        assert json.loads(json.dumps(proof)) == proof
