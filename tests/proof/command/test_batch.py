import contextlib
import json
import os
from typing import Any

import pytest

from content.proof import __main__ as command
from content.proof.batch import MAX_LINE
from tests.proof.command.folder import Folder, batch_line
from tests.proof.world import TEXT


class TestBatch:
    def run(self, folder: Folder, *lines: bytes, more: tuple[str, ...] = ()) -> tuple[int, list[dict[str, Any]], str]:
        path = folder.write("batch.jsonl", b"".join(lines))
        status = command.main(["verify", "--batch", path, "--keys", folder.at("keys.json"), *more])
        printed = folder.capture.readouterr()
        return status, [json.loads(line) for line in printed.out.splitlines()], printed.err

    def test_every_line_is_answered_in_order(self, folder: Folder) -> None:
        bundle = json.loads((folder.path / "attestation.json").read_bytes())

        status, answers, counts = self.run(
            folder,
            batch_line(id="1", bundle=bundle, text=TEXT),
            b"\n",
            batch_line(id="2", bundle_path="attestation.json", content_path="content.md"),
            batch_line(id="3", bundle_path="attestation.json"),
        )

        assert status == 0
        assert [(answer["id"], answer["state"]) for answer in answers] == [
            ("1", "verified"),
            ("2", "verified"),
            ("3", "statement_verified"),
        ]
        assert counts == "statement_verified: 1\nverified: 2\n"

    def test_a_bad_line_is_unreadable_and_the_run_goes_on(self, folder: Folder) -> None:
        status, answers, _ = self.run(
            folder,
            b"no json\n",
            batch_line(id="2", bundle_path="missing.json"),
            batch_line(id="3"),
            batch_line(id="4", bundle_path="attestation.json", more=1),
            batch_line(id="5", bundle_path="attestation.json", text="a", content_path="b"),
            batch_line(id=6, bundle_path="attestation.json"),
            b'["list"]\n',
            batch_line(id="8", bundle_path="attestation.json", text=TEXT),
        )

        assert status == 1
        assert [answer["state"] for answer in answers] == ["unreadable"] * 7 + ["verified"]
        assert [answer["id"] for answer in answers] == ["", "2", "", "", "", "", "", "8"]

    def test_a_bundle_of_another_version_is_unsupported(self, folder: Folder) -> None:
        bundle = json.loads((folder.path / "attestation.json").read_bytes()) | {"mediaType": "text/plain"}

        _, answers, _ = self.run(folder, batch_line(id="1", bundle=bundle))

        assert answers[0]["state"] == "unsupported"

    @pytest.mark.parametrize(
        "path", ["../attestation.json", "/etc/passwd", "link.json", "down/../content.md", "a\x00b"]
    )
    def test_a_path_that_leaves_the_folder_is_refused(self, folder: Folder, path: str) -> None:
        (folder.path / "link.json").symlink_to(folder.path / "attestation.json")

        status, answers, _ = self.run(folder, batch_line(id="1", bundle_path=path))

        assert (status, answers[0]["state"]) == (1, "unreadable")

    def test_a_line_that_is_too_long_is_passed_over(self, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(command, "MAX_LINE", 200)

        _, answers, _ = self.run(
            folder,
            batch_line(id="x" * (2 * MAX_LINE + 9), bundle_path="attestation.json"),
            batch_line(id="2", bundle_path="attestation.json"),
            b"y" * (MAX_LINE + 1),
        )

        assert [answer["state"] for answer in answers] == ["unreadable", "statement_verified", "unreadable"]

    def test_withdrawals_are_looked_at(self, folder: Folder) -> None:
        status_file = folder.write("status.jsonl", folder.scene.status_line(status="superseded"))

        refused, _, _ = self.run(
            folder, batch_line(id="1", bundle_path="attestation.json"), more=("--status", status_file)
        )
        accepted, _, _ = self.run(
            folder,
            batch_line(id="1", bundle_path="attestation.json"),
            more=("--status", status_file, "--accept", "superseded"),
        )

        assert (refused, accepted) == (1, 0)

    def test_a_reader_that_went_away_is_no_fault(self, folder: Folder) -> None:
        path = folder.write("batch.jsonl", batch_line(id="1", bundle_path="attestation.json") * 100)
        reading, writing = os.pipe()
        os.close(reading)

        with os.fdopen(writing, "w") as gone, contextlib.redirect_stdout(gone):
            assert command.main(["verify", "--batch", path, "--keys", folder.at("keys.json")]) == 2

    def test_a_file_that_cannot_be_read_could_not_be_checked(self, folder: Folder) -> None:
        assert command.main(["verify", "--batch", folder.at("none"), "--keys", folder.at("keys.json")]) == 2

    def test_without_keys_nothing_is_decided(self, folder: Folder) -> None:
        path = folder.write("batch.jsonl", b"")

        assert command.main(["verify", "--batch", path]) == 2
