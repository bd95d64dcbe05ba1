import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.proof.command.folder import Folder, batch_line

ROOT = Path(__file__).parents[3]

ALONE = """
import runpy, sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "rest_framework", "rfc8785", "spacy", "celery"} or name == "content.text":
            raise ImportError(f"{name} is not installed here")

sys.meta_path.insert(0, Blocker())
sys.argv = ["content.proof", *sys.argv[1:]]
try:
    runpy.run_module("content.proof", run_name="__main__", alter_sys=True)
finally:
    foreign = sorted({name.split(".")[0] for name in sys.modules} - sys.stdlib_module_names - {"__main__"})
    ours = sorted(name for name in sys.modules if name.startswith("content"))
    print("LOADED", foreign, file=sys.stderr)
    print("OURS", ours, file=sys.stderr)
"""


class TestAlone:
    """The verifier as a process of its own, where nothing but its few libraries is installed."""

    @pytest.fixture
    def process(self, folder: Folder) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                sys.executable,
                "-c",
                ALONE,
                "verify",
                folder.at("attestation.json"),
                "--content",
                folder.at("content.md"),
                "--keys",
                folder.at("keys.json"),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        )

    def test_it_verifies(self, process: subprocess.CompletedProcess[str]) -> None:
        assert process.returncode == 0
        assert process.stdout.startswith("Verified: ")

    def test_it_loads_nothing_but_its_few_libraries(self, process: subprocess.CompletedProcess[str]) -> None:
        loaded = next(line for line in process.stderr.splitlines() if line.startswith("LOADED"))
        ours = next(line for line in process.stderr.splitlines() if line.startswith("OURS"))

        foreign = {name.strip(" '[]") for name in loaded.removeprefix("LOADED").split(",")}
        assert {name for name in foreign if not name.startswith("_")} <= {
            "content",
            "cryptography",
            "securesystemslib",
            "cffi",
            "typing_extensions",
        }
        outside = [name.strip(" '[]") for name in ours.removeprefix("OURS").split(",")]
        assert {name for name in outside if not name.startswith("content.proof")} == {"content", "content.errors"}

    def test_a_reader_that_goes_away_leaves_no_traceback(self, folder: Folder) -> None:
        lines = batch_line(id="1", bundle_path="attestation.json") * 200
        path = folder.write("batch.jsonl", lines)

        with subprocess.Popen(
            [sys.executable, "-m", "content.proof", "verify", "--batch", path, "--keys", folder.at("keys.json")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        ) as process:
            assert process.stdout
            assert process.stderr
            process.stdout.readline()
            process.stdout.close()
            errors = process.stderr.read().decode()

        assert process.returncode == 2
        assert "Traceback" not in errors
