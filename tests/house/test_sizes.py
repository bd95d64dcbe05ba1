"""Hard limits of size (house.md, section 7). A long table may stay one file: with a line `# size: why`, listed here."""

import ast
from collections import Counter

from tests.house.tree import ROOT, Function, functions, sources

FOLDERS = ("content", "reviewdesk", "script", "tests", "benchmarks")
FILE_LINES = 300
FUNCTION_LINES = 40
FOLDER_FILES = 20
LONG: set[str] = set()


def length(function: Function) -> int:
    """Return the lines of a function, its docstring and decorators left out: they are asked for elsewhere."""
    first = function.body[0]
    has_docstring = ast.get_docstring(function) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if has_docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


class TestSizes:
    def test_of_files(self) -> None:
        found = {
            str(source.path.relative_to(ROOT)): lines
            for source in sources(*FOLDERS)
            if (lines := source.text.count("\n")) > FILE_LINES
        }

        assert {path: lines for path, lines in found.items() if path not in LONG} == {}

    def test_of_long_files_have_a_reason(self) -> None:
        assert [path for path in LONG if "\n# size: " not in (ROOT / path).read_text()] == []

    def test_of_functions(self) -> None:
        found = [
            source.at(function, f"{function.name} has {length(function)} lines")
            for source in sources(*FOLDERS)
            for function in functions(source)
            if length(function) > FUNCTION_LINES
        ]

        assert found == []

    def test_of_folders(self) -> None:
        files = Counter(
            str(source.path.parent.relative_to(ROOT))
            for source in sources(*FOLDERS)
            if source.path.name != "__init__.py"
        )

        assert {folder: count for folder, count in files.items() if count > FOLDER_FILES} == {}
