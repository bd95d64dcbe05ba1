from pathlib import Path

import pytest

from content.proof import __main__ as command
from tests.proof.command.folder import Folder


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.delenv(command.KEYS_VARIABLE, raising=False)
    return Folder(tmp_path, capsys)
