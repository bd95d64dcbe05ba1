import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from content.authorship.__main__ import answers
from tests.authorship.texts import DRAFT, EDITED, typed_over

ROOT = Path(__file__).parents[2]
GOOD = {"id": "a", "revisions": [{"text": "Two words.", "author": "m", "machine": True, "unknown": 1}]}


def line(case: object) -> bytes:
    return json.dumps(case).encode() + b"\n"


def answered(*lines: bytes) -> list[dict[str, object]]:
    return list(answers(io.BytesIO(b"".join(lines))))


def ran(data: bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "content.authorship"],
        input=data,
        capture_output=True,
        cwd=ROOT,
        env={"PATH": "", **environment},
        check=False,
    )


class TestAnswers:
    def test_give_tokens_measures_and_signals_of_the_last_revision(self) -> None:
        (answer,) = answered(line(GOOD))

        assert answer["id"] == "a"
        assert answer["tokens"] == [[0, 3, 0, "m", "machine"], [4, 9, 0, "m", "machine"], [9, 10, 0, "m", "machine"]]
        assert answer["signals"] == []

    def test_honor_a_journal(self) -> None:
        journal = typed_over(DRAFT, EDITED).to_json()
        revisions = [
            {"text": DRAFT, "author": "m", "machine": True},
            {"text": EDITED, "author": "p", "machine": False, "journal": journal},
        ]

        (answer,) = answered(line({"id": "a", "revisions": revisions}))

        assert isinstance(answer["measures"], dict)
        assert answer["measures"]["typed_share"] > 0

    def test_take_a_journal_of_another_form_for_one_that_does_not_fit(self) -> None:
        revision = {"text": "Words.", "author": "p", "machine": False, "journal": ["odd"]}

        (answer,) = answered(line({"id": "a", "revisions": [revision]}))

        assert isinstance(answer["signals"], list)
        assert answer["signals"][0]["name"] == "journal_mismatch"

    @pytest.mark.parametrize(
        ("bad", "name"),
        [
            (b"{\n", None),
            (b"\xff\n", None),
            (b"[]\n", None),
            (line({"revisions": []}), None),
            (line({"id": 7, "revisions": []}), None),
            (line({"id": "x"}), "x"),
            (line({"id": "x", "revisions": []}), "x"),
            (line({"id": "x", "revisions": ["no"]}), "x"),
            (line({"id": "x", "revisions": [{"text": "a", "author": "b"}]}), "x"),
            (line({"id": "x", "revisions": [{"text": "a", "author": "b", "machine": 1}]}), "x"),
            (line({"id": "x", "revisions": [{"text": "\ud800", "author": "b", "machine": True}]}), "x"),
            (b"[" * 100_000 + b"\n", None),
        ],
    )
    def test_name_a_bad_line_and_go_on(self, bad: bytes, name: str | None) -> None:
        first, second = answered(b"\n", bad, line(GOOD))

        assert first["id"] == name
        assert str(first["error"]).startswith("line 2: ")
        assert second["id"] == "a"


class TestCommand:
    def test_answers_the_same_bytes_whatever_the_hash_seed(self) -> None:
        case = {
            "id": "x",
            "revisions": [
                {"text": DRAFT, "author": "m", "machine": True},
                {"text": EDITED, "author": "p", "machine": False},
            ],
        }

        first = ran(line(case), PYTHONHASHSEED="1")
        second = ran(line(case), PYTHONHASHSEED="2")

        assert first.returncode == 0
        assert first.stdout == second.stdout
        assert first.stderr == b""

    def test_ends_with_one_after_a_bad_line(self) -> None:
        done = ran(b"bad\n" + line(GOOD))

        assert done.returncode == 1
        assert done.stdout.count(b"\n") == 2
