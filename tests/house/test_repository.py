"""The repository agrees with itself (house.md, section 3)."""

import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

DIST = ROOT / "content" / "static" / "reviewdesk" / "dist"
FRONTEND = ROOT / "content" / "frontend"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
OWN_MACHINE = re.compile(r"(?<![\w/.])/(?:home|work|root|Users|farm)/\w")


def tracked(*patterns: str) -> list[Path]:
    """Return the files that git knows, by pattern."""
    listed = subprocess.check_output(["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, text=True)
    return [path for name in listed.split("\0") if name and (path := ROOT / name).exists()]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class TestRequirements:
    @pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
    def test_are_locked_as_they_are_written(self, name: str) -> None:
        first = (ROOT / f"{name}.txt").read_text(encoding="utf-8").splitlines()[0]

        assert first == f"# in-sha256: {digest(ROOT / f'{name}.in')}", "run script/lock"

    @pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
    def test_say_why_each_is_here(self, name: str) -> None:
        lines = (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines()

        assert [line for line in lines if line and not line.startswith(("#", "-c")) and " # " not in line] == []


class TestBundle:
    def test_matches_its_sources(self) -> None:
        record = json.loads((DIST / "BUILD.json").read_text())

        assert {name: digest(FRONTEND / name) for name in record["inputs"]} == record["inputs"]
        assert {str(path.relative_to(FRONTEND)) for path in tracked("content/frontend/src")} <= set(record["inputs"])

    def test_is_what_was_built(self) -> None:
        record = json.loads((DIST / "BUILD.json").read_text())

        built = {str(path.relative_to(DIST)): digest(path) for path in DIST.rglob("*") if path.is_file()}
        del built["BUILD.json"]
        assert built == record["outputs"]


class TestDocs:
    def test_have_links_that_lead_somewhere(self) -> None:
        found = [
            f"{path.relative_to(ROOT)} -> {link}"
            for path in tracked("*.md")
            for link in LINK.findall(path.read_text(encoding="utf-8"))
            if "://" not in link and not link.startswith(("#", "mailto:"))
            if not (path.parent / link.partition("#")[0]).exists()
        ]

        assert found == []


class TestFiles:
    def test_name_no_place_on_a_machine(self) -> None:
        found = [
            f"{path.relative_to(ROOT)}: {match[0]}"
            for path in tracked()
            if path.suffix in {".py", ".md", ".toml", ".yml", ".yaml", ".html", ".ts", ".mjs", ".json", ""}
            if path.is_file() and b"\0" not in (content := path.read_bytes())
            if (match := OWN_MACHINE.search(content.decode("utf-8", "replace")))
        ]

        assert found == []

    def test_of_ci_call_the_tests_and_nothing_else(self) -> None:
        lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

        assert [line for line in lines if "script/" in line and not line.startswith("#")] == ["exec script/test"]
