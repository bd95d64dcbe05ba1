"""Plain modules run where Django is not; web processes never load spaCy (house.md, section 3)."""

import os
import subprocess
import sys
import tomllib
from fnmatch import fnmatchcase

import pytest

from tests.house.tree import ROOT, sources

CONTRACT = "Django lives in models, actions, queries and the doors; every other file is plain Python"
# What may be there for the two programs: the packages that their pages name, and what those bring.
PROGRAMS = {
    "content.authorship": ("rapidfuzz",),
    "content.proof": ("cryptography", "_cffi_backend", "cffi", "rfc8785", "securesystemslib"),
}
BARE = """
import importlib.abc, runpy, sys
class Bare(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names and top not in {allowed!r}:
            raise ModuleNotFoundError(f"not in the bare place: {{name}}", name=name)
sys.meta_path.insert(0, Bare())
sys.argv = [{module!r}, "--help"]
runpy.run_module({module!r}, run_name="__main__", alter_sys=True)
"""


def plain_modules() -> list[str]:
    """Return the modules that the law does not allow to import Django."""
    law = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    rooms = next(each["allowed_importers"] for each in law if each["name"] == CONTRACT)
    return [
        source.module
        for source in sources("content")
        if not any(fnmatchcase(source.module, pattern) for room in rooms for pattern in (room, f"{room}.*"))
        and source.path.name != "__main__.py"
    ]


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


class TestPlainModules:
    def test_leave_django_and_spacy_alone(self) -> None:
        code = "import importlib, sys\n" + "\n".join(
            f"importlib.import_module({module!r})\n"
            f"assert not {{'django', 'spacy', 'celery', 'rest_framework'}} & set(sys.modules), {module!r}"
            for module in plain_modules()
        )

        done = run(code)

        assert done.returncode == 0, done.stderr

    @pytest.mark.parametrize("module", PROGRAMS)
    def test_run_as_programs_where_little_is_installed(self, module: str) -> None:
        done = run(BARE.format(allowed={"content", *PROGRAMS[module]}, module=module))

        assert done.returncode == 0, done.stderr


class TestWebProcesses:
    @pytest.mark.parametrize("entry", ["import reviewdesk.wsgi", "import django; django.setup(); import content.urls"])
    def test_leave_spacy_alone(self, entry: str) -> None:
        done = run(f"{entry}\nimport sys\nassert 'spacy' not in sys.modules and 'thinc' not in sys.modules")

        assert done.returncode == 0, done.stderr

    def test_leave_spacy_alone_in_checks(self) -> None:
        code = "import runpy, sys; sys.argv = ['manage.py', 'check']\nrunpy.run_path('manage.py', run_name='__main__')"
        done = run(f"{code}\nassert 'spacy' not in sys.modules")

        assert done.returncode == 0, done.stderr


def test_the_settings_of_the_tests_reach_child_processes() -> None:
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "tests.settings"
