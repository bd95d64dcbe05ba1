"""A folder with everything that a reader downloads, and the command run over it."""

import json
from pathlib import Path
from typing import Any

import pytest

from content.proof import __main__ as command
from tests.proof.states import Scene
from tests.proof.world import TEXT, frozen_text, keys_file, subjects_of


class Folder:
    """A folder with everything a reader has downloaded, and the command run over it."""

    def __init__(self, path: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self.capture = capture
        self.scene = Scene()
        self.write("attestation.json", self.scene.world.bundle(self.scene.logged).to_bytes())
        self.write("keys.json", keys_file(self.scene.world.keys()))
        for name, body in subjects_of(frozen_text(), TEXT).items():
            self.write(name, body)

    def write(self, name: str, body: bytes) -> str:
        (self.path / name).write_bytes(body)
        return self.at(name)

    def at(self, name: str) -> str:
        return str(self.path / name)

    def verify(self, *arguments: str, keys: str | None = "keys.json", bundle: str = "attestation.json") -> int:
        given = ["verify", self.at(bundle), *arguments]
        return command.main([*given, "--keys", self.at(keys)] if keys else given)

    def said(self) -> str:
        """Return the first line that was printed."""
        return self.capture.readouterr().out.splitlines()[0]


def batch_line(**fields: Any) -> bytes:
    return json.dumps(fields).encode() + b"\n"
