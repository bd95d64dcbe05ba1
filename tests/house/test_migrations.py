"""Migrations go forward, in one line, with names, without the models of the day (house.md, section 3)."""

import ast
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.house.tree import ROOT, Source, imports

FOLDER = ROOT / "content" / "migrations"
NAME = re.compile(r"(?P<number>[0-9]{4})_(?!auto_)[a-z]+(_[a-z0-9]+)*")


def migrations() -> list[Source]:
    """Return the migrations in their order; what begins with an underscore is shared SQL, hidden from Django."""
    return [
        Source(path=path, module=f"content.migrations.{path.stem}", text=text, syntax=ast.parse(text))
        for path in sorted(FOLDER.glob("[0-9]*.py"))
        for text in [path.read_text(encoding="utf-8")]
    ]


class TestMigrations:
    def test_have_names(self) -> None:
        assert [source.path.name for source in migrations() if not NAME.fullmatch(source.path.stem)] == []

    def test_stand_in_one_line(self) -> None:
        numbers = [int(source.path.stem[:4]) for source in migrations()]

        assert numbers == list(range(1, len(numbers) + 1))

    def test_import_no_models(self) -> None:
        found = [
            source.at(node, f"imports {name}")
            for source in migrations()
            for node, name in imports(source)
            if name.startswith("content.") and not name.startswith("content.migrations.")
        ]

        assert found == []

    def test_go_forward_only(self) -> None:
        found = [
            source.at(node, "moves rows back")
            for source in migrations()
            for node in ast.walk(source.syntax)
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("RunPython")
            if len(node.args) > 1 or any(keyword.arg == "reverse_code" for keyword in node.keywords)
        ]

        assert found == []

    @pytest.mark.django_db
    def test_from_nothing_reach_the_end(self) -> None:
        executor = MigrationExecutor(connection)

        assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
        assert len(executor.loader.graph.leaf_nodes("reviewdesk")) == 1

    @pytest.mark.django_db
    def test_say_all_that_the_models_say(self) -> None:
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
