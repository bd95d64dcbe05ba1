import contextlib
import io
import json
import os
import sys

import pytest

from content.proof import __main__ as command
from content.proof.checking.report import escaped
from tests.proof.command.folder import Folder
from tests.proof.states import Scene
from tests.proof.world import TEXT, World, attested_of, keys_file, payload_of


class TestOneBundle:
    def test_a_signed_text_is_proved(self, folder: Folder) -> None:
        status = folder.verify("--content", folder.at("content.md"))

        assert status == 0
        assert folder.said() == (
            "Verified: this text was signed by Example News and is unchanged since; withdrawals were not checked."
        )

    def test_a_bundle_alone_is_proved_without_a_text(self, folder: Folder) -> None:
        assert folder.verify() == 0
        assert folder.said().startswith("The statement was signed by Example News and stands in the log; no text")

    def test_a_tampered_text_is_not_proved(self, folder: Folder) -> None:
        path = folder.write("copy.md", TEXT.replace("2019", "2020").encode())

        status = folder.verify("--content", path)

        assert status == 1
        assert folder.said() == "Not verified: the statement is genuine, but this is not the text that was signed."

    def test_a_tampered_statement_is_not_proved(self, folder: Folder) -> None:
        value = json.loads((folder.path / "attestation.json").read_bytes())
        value["envelope"]["payload"] = value["envelope"]["payload"].replace("A", "B", 1)
        folder.write("attestation.json", json.dumps(value).encode())

        assert folder.verify() == 1
        assert folder.said() == "Not verified: the statement or its signature was changed."

    def test_a_truncated_bundle_could_not_be_checked(self, folder: Folder) -> None:
        whole = (folder.path / "attestation.json").read_bytes()
        folder.write("attestation.json", whole[: len(whole) // 2])

        assert folder.verify() == 2
        assert folder.said() == "This could not be checked: it is not a bundle that can be read."

    def test_the_keys_of_somebody_else_prove_nothing(self, folder: Folder) -> None:
        stranger = World().keys()
        folder.write("other.json", keys_file(type(stranger)(version=1, issuer=stranger.issuer, logs=(), keys=())))

        assert folder.verify(keys="other.json") == 1
        assert folder.said() == (
            "Not verified: the key that signed this is not in the key set; anyone could have made it."
        )

    @pytest.mark.parametrize("bundle", ["missing.json", "."])
    def test_a_file_that_is_not_there_could_not_be_checked(self, folder: Folder, bundle: str) -> None:
        assert folder.verify(bundle=bundle) == 2
        assert folder.said().startswith("This could not be checked: ")

    def test_a_file_name_that_is_none_could_not_be_checked(self, folder: Folder) -> None:
        assert folder.verify("--content", "a\x00b") == 2
        assert folder.said().startswith("This could not be checked: a\\x00b cannot be read")

    def test_a_key_set_that_cannot_be_read_is_no_key_set(self, folder: Folder) -> None:
        folder.write("keys.json", b"{")

        assert folder.verify() == 2
        assert folder.said().startswith("This could not be checked: The key set cannot be used")

    def test_no_key_set_decides_nothing(self, folder: Folder) -> None:
        assert folder.verify(keys=None) == 2
        assert folder.said() == "This could not be checked: no key set was given."

    def test_the_key_set_may_be_named_by_the_environment(self, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(command.KEYS_VARIABLE, folder.at("keys.json"))

        assert folder.verify(keys=None) == 0

    def test_further_files_are_compared(self, folder: Folder) -> None:
        meta = f"meta.json={folder.at('meta.json')}"
        swapped = f"authorship.json={folder.at('meta.json')}"

        assert folder.verify("--file", meta) == 0
        assert folder.verify("--file", meta, "--file", swapped) == 1

    def test_a_revoked_attestation_is_not_proved(self, folder: Folder) -> None:
        line = folder.scene.status_line(status="revoked")
        path = folder.write("status.jsonl", line + b"\n\n")

        assert folder.verify("--content", folder.at("content.md"), "--status", path) == 1
        assert folder.said() == (
            "Withdrawn: Example News took this attestation back on 2026-11-22T13:04:05Z (reason: retracted)."
        )

    def test_a_replaced_attestation_is_proved_if_that_is_accepted(self, folder: Folder) -> None:
        path = folder.write("status.jsonl", folder.scene.status_line(status="superseded"))

        assert folder.verify("--status", path) == 1
        assert folder.verify("--status", path, "--accept", "superseded") == 0

    def test_a_checkpoint_of_another_tree_is_not_believed(self, folder: Folder) -> None:
        fork = World()
        fork.pad(5)
        same = folder.write("same", folder.scene.world.checkpoint().encode())
        other = folder.write("other", fork.checkpoint().encode())

        assert folder.verify("--checkpoint", same) == 0
        assert folder.verify("--checkpoint", other) == 1

    @pytest.mark.parametrize("body", [b"no checkpoint", b"\xff"])
    def test_a_checkpoint_that_is_none_could_not_be_checked(self, folder: Folder, body: bytes) -> None:
        assert folder.verify("--checkpoint", folder.write("seen", body)) == 2

    def test_a_similar_text_is_not_proved(self, folder: Folder) -> None:
        path = folder.write("copy.md", TEXT.replace("2019", "2020").encode())

        assert folder.verify("--content", path, "--soft") == 1
        assert folder.said() == ("Not verified: this text is only similar to the signed one; 7 of 8 blocks were found.")

    def test_standard_input_may_hold_the_text(self, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))

        assert folder.verify("--content", "-") == 0

    def test_standard_input_cannot_hold_two_files(self, folder: Folder) -> None:
        assert folder.verify("--content", "-", "--file", "meta.json=-") == 2

    def test_a_file_larger_than_anything_signed_is_refused(self, folder: Folder) -> None:
        path = folder.write("large", b"")
        os.truncate(path, command.MAX_FILE + 1)

        assert folder.verify("--content", path) == 2
        assert folder.said().endswith(f"is larger than {command.MAX_FILE} bytes.")

    def test_json_tells_the_same(self, folder: Folder) -> None:
        status = folder.verify("--content", folder.at("content.md"), "--json")

        value = json.loads(folder.capture.readouterr().out)
        assert (status, value["state"], value["exit"]) == (0, "verified", 0)

    def test_json_tells_a_mistake_too(self, folder: Folder) -> None:
        status = folder.verify("--json", keys="missing.json")

        value = json.loads(folder.capture.readouterr().out)
        assert (status, value["exit"]) == (2, 2)
        assert value["sentence"].startswith("This could not be checked: ")

    def test_a_statement_outside_the_log_is_told_without_a_place(self, folder: Folder) -> None:
        value = json.loads((folder.path / "attestation.json").read_bytes()) | {"proof": ""}
        folder.write("attestation.json", json.dumps(value).encode())

        assert folder.verify() == 1
        assert "log:" not in folder.capture.readouterr().out

    def test_the_answer_may_go_to_any_stream(self, folder: Folder) -> None:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            assert folder.verify() == 0
        assert printed.getvalue().startswith("The statement was signed by Example News")

    def test_a_reader_that_went_away_is_no_fault(self, folder: Folder) -> None:
        reading, writing = os.pipe()
        os.close(reading)

        with os.fdopen(writing, "w") as gone, contextlib.redirect_stdout(gone):
            assert folder.verify() == 2

    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["check"],
            ["verify"],
            ["verify", "a", "b"],
            ["verify", "a", "--accept", "revoked"],
            ["verify", "a", "--file", "meta.json"],
            ["verify", "a", "--file", "=x"],
            ["verify", "a", "--unknown"],
            ["verify", "a", "--batch", "b"],
        ],
    )
    def test_a_mistaken_call_is_answered_in_a_sentence(self, folder: Folder, arguments: list[str]) -> None:
        assert command.main(arguments) == 2
        assert folder.said().startswith("This could not be checked: ")

    def test_a_fault_of_ours_is_a_sentence_too(self, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", None)

        assert folder.verify("--content", "-") == 2
        assert folder.said() == "This could not be checked: an unexpected AttributeError occurred."


class TestTerminal:
    def test_escapes_from_a_statement_are_shown_as_text(self, folder: Folder) -> None:
        name = "\x1b[2J\u202eevil"
        payload = payload_of(issuer=type(attested_of().issuer)(id="https://desk.example.org", name=name))
        scene = Scene(payload)
        folder.write("attestation.json", scene.world.bundle(scene.logged).to_bytes())

        folder.verify()

        out = folder.capture.readouterr().out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "\\x1b[2J\\u202eevil" in out

    def test_every_character_that_does_not_print_is_escaped(self) -> None:
        assert escaped("a\n\x9b\u200b\ud800\U000e0041é") == "a\\n\\x9b\\u200b\\ud800\\U000e0041é"
