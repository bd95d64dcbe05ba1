"""Names come from the glossary, and words that say nothing are banned (house.md, section 5)."""

import ast
import re

import pytest

from tests.house.glossary import BEGIN, END, PATH, generated
from tests.house.tree import Source, sources

BANNED = {
    *("service", "manager", "helper", "util", "utils", "handler", "processor", "data", "info", "item"),
    *("object", "misc", "common", "base", "core"),
}
# Not ours to choose: Django wants these names.
GIVEN = {"content.management"}


def words(name: str) -> set[str]:
    """Return the words of a module or class name, in lower case and without the s of a plural."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return {part.lower() for part in parts} | {part.lower().removesuffix("s") for part in parts}


def names(source: Source) -> list[tuple[ast.AST, str]]:
    classes = [(node, node.name) for node in ast.walk(source.syntax) if isinstance(node, ast.ClassDef)]
    return [(source.syntax, source.module), *classes]


class TestNames:
    def test_say_something(self) -> None:
        found = [
            source.at(node, f"{name} uses a banned word")
            for source in sources("content", "reviewdesk", "script", "benchmarks")
            for node, name in names(source)
            if words(name) & BANNED and name not in GIVEN
        ]

        assert found == []

    @pytest.mark.parametrize("name", ["DraftService", "review_utils", "content.core", "DataHandlers", "HTTPInfo"])
    def test_are_taken_apart(self, name: str) -> None:
        assert words(name) & BANNED

    @pytest.mark.parametrize("name", ["Database", "Information", "databases", "scored", "Corelation"])
    def test_are_not_banned_for_their_letters(self, name: str) -> None:
        assert not words(name) & BANNED


class TestGlossary:
    def test_lists_every_table_code_fact_and_plug_in(self) -> None:
        text = PATH.read_text(encoding="utf-8")

        listed = text[text.index(BEGIN) : text.index(END) + len(END)]

        assert listed == generated(), "run: .venv/bin/python -m tests.house.glossary"
