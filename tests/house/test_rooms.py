"""Rooms keep to themselves: who imports tables, what models hold, who listens to signals (house.md, section 3)."""

import ast
from collections.abc import Iterator

from django.apps import apps
from django.db.models import ForeignKey, Model

from tests.house.tree import PARTS, Source, imports, sources

MAY_LISTEN = {"content.apps": {"connection_created"}, "content.conf": {"setting_changed"}}
# The seal of append-only tables; no table itself.
SHARED = {"content.events.models.AppendOnly"}
# Plug-in folders and the admin import their members, so that each registers itself.
SPEAKING_PACKAGES = {
    "content.admin",
    "content.policy.rules",
    "content.language.checks",
    "content.publishing.channels",
    "content.insights.metrics",
    "content.attestation.signers",
    "content.attestation.exports",
    "content.corpus.formats",
    "content.drafts.intake",
}


def models() -> list[type[Model]]:
    return list(apps.get_app_config("reviewdesk").get_models())


def part_of(model: type[Model]) -> str:
    return model.__module__.split(".")[1]


def django_signals(source: Source) -> set[str]:
    """Return the names that a file imports from Django's modules of signals."""
    return {name.rsplit(".", 1)[1] for _, name in imports(source) if name.startswith("django.") and ".signals." in name}


def connects(source: Source) -> Iterator[tuple[ast.Call, str]]:
    signals = django_signals(source)
    for node in ast.walk(source.syntax):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect":
            signal = ast.unparse(node.func.value).rsplit(".", 1)[-1]
            if signal in signals:
                yield node, signal


NO_REVERSE_SETS = {"key_set", "is_set"}  # the published key file; the question of threading.Event


class TestTables:
    def test_are_imported_inside_their_part_only(self) -> None:
        found = [
            source.at(node, f"imports {name}")
            for source in sources("content")
            for node, name in imports(source)
            if (words := name.split("."))[0] == "content" and words[2:3] == ["models"] and len(words) > 2
            if source.part not in {words[1], "models", "admin"} and name not in SHARED
        ]

        assert found == []

    def test_are_named_not_looked_up(self) -> None:
        found = [
            source.at(node, f"uses {node.attr}")
            for source in sources("content")
            for node in ast.walk(source.syntax)
            if isinstance(node, ast.Attribute)
            and (node.attr == "get_model" or (node.attr.endswith("_set") and node.attr not in NO_REVERSE_SETS))
        ]

        assert found == []

    def test_do_not_change_how_they_are_saved_or_sorted(self) -> None:
        found = [
            f"{model.__name__} overrides {name}"
            for model in models()
            for name in ("save", "delete", "ordering")
            if name in vars(model) or (name == "ordering" and model._meta.ordering)
        ]

        assert found == []

    def test_point_backwards_only(self) -> None:
        found = [
            f"{model.__name__}.{field.name} points at the later {field.related_model.__name__}"
            for model, field in foreign_keys()
            if PARTS.index(part_of(model)) < PARTS.index(part_of(field.related_model))
        ]

        assert found == []

    def test_leave_no_name_in_another_part(self) -> None:
        found = [
            f"{model.__name__}.{field.name} needs related_name='+'"
            for model, field in foreign_keys()
            if part_of(model) != part_of(field.related_model) and not field.remote_field.hidden
        ]

        assert found == []

    def test_join_through_rows_with_names(self) -> None:
        assert [model.__name__ for model in models() if model._meta.local_many_to_many] == []

    def test_lie_in_a_part_and_carry_the_label(self) -> None:
        found = [
            model.__name__ for model in models() if part_of(model) not in PARTS or model._meta.app_label != "reviewdesk"
        ]

        assert found == []


def foreign_keys() -> Iterator[tuple[type[Model], "ForeignKey[Model, Model]"]]:
    """Yield the foreign keys between our own tables."""
    for model in models():
        for field in model._meta.local_fields:
            if isinstance(field, ForeignKey) and field.related_model.__module__.startswith("content."):
                yield model, field


class TestSignals:
    def test_of_django_are_heard_where_the_law_says(self) -> None:
        found = [
            source.at(node, f"listens to {signal}")
            for source in sources("content")
            for node, signal in connects(source)
            if signal not in MAY_LISTEN.get(source.module, set())
        ]

        assert found == []

    def test_are_not_heard_by_decoration(self) -> None:
        found = [
            source.at(node, "imports django.dispatch.receiver")
            for source in sources("content")
            for node, name in imports(source)
            if name == "django.dispatch.receiver"
        ]

        assert found == []


class TestPackages:
    def test_say_nothing_but_where_members_register(self) -> None:
        found = [
            source.at(node, "is not an import")
            for source in sources("content")
            if source.path.name == "__init__.py"
            for node in source.syntax.body
            if source.module not in SPEAKING_PACKAGES or not isinstance(node, ast.Import | ast.ImportFrom)
        ]

        assert found == []
