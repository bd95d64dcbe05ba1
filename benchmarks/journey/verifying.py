"""Takes home what was published, and has a separate program check it offline."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.journey.cms import Cms
from benchmarks.journey.playing import Outcome

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_DJANGO = """
import runpy, sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "rest_framework", "celery", "spacy", "requests"}:
            raise ImportError(f"{name} is not to be had here")
sys.meta_path.insert(0, Missing())
sys.argv = ["content.proof", *sys.argv[1:]]
runpy.run_module("content.proof", run_name="__main__", alter_sys=True)
"""
"Runs the verifier with Django hidden, as on a machine that has none."


def take_home(cms: Cms, outcome: Outcome, folder: Path) -> None:
    """Keep the bundle and the content of a published pair as `ID.bundle.json` and `ID.content.md`."""
    found = cms.wait_for(outcome.draft_id, lambda draft: bool(draft["publication"]), "published")
    publication = cms.publication(str(found["publication"]))
    base = f"v/{publication['attestation']}"
    (folder / f"{outcome.id}.bundle.json").write_bytes(cms.bytes_at(f"{base}/attestation.json"))
    (folder / f"{outcome.id}.content.md").write_bytes(cms.bytes_at(f"{base}/content.md"))


def verify(outcome: Outcome, folder: Path) -> None:
    """Have the offline command check one pair, and note what it says."""
    command = [
        sys.executable,
        "-c",
        WITHOUT_DJANGO,
        "verify",
        str(folder / f"{outcome.id}.bundle.json"),
        "--content",
        str(folder / f"{outcome.id}.content.md"),
        "--keys",
        str(folder / "keys.json"),
        "--json",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    outcome.verified = done.returncode == 0
    outcome.verdict = json.loads(done.stdout)["state"] if done.stdout else done.stderr.strip()[-200:]
