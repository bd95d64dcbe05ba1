"""Tables that are only ever added to: the queryset refuses the rest, and so does each database."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from content.events.models import AppendOnly
from content.migrations._append_only import TABLES
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unguarded")]

# Words that a check constraint asks for where the field itself lists none.
WORDS = {
    ("event", "actor_kind"): "system",
    ("logentry", "kind"): "attest",
    ("statusstatement", "status"): "revoked",
}


def sealed(table: str) -> type[models.Model]:
    return apps.get_model("reviewdesk", table)


SAMPLES: dict[type["models.Field[Any, Any]"], object] = {
    models.BooleanField: False,
    models.DateTimeField: NOON,
    models.JSONField: {},
    models.BinaryField: b"",
    models.FloatField: 0.5,
    models.IntegerField: 1,
    models.Field: "x",
}


def value_of(field: "models.Field[Any, Any]", table: str) -> object:
    """Return something that the column takes."""
    if (table, field.name) in WORDS:
        return WORDS[table, field.name]
    if field.choices:
        return next(iter(field.choices))[0]
    column = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(column, models.UUIDField):
        return uuid.uuid4()
    return next(sample for kind, sample in SAMPLES.items() if isinstance(column, kind))


@contextmanager
def one_row(table: str) -> Iterator[models.Model]:
    """Put a row into the table for the length of the block; its foreign keys may point nowhere."""
    model = sealed(table)
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField)]
    row = model(**{field.attname: value_of(field, table) for field in fields})
    with undone():
        row.save(force_insert=True)
        yield row


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def refused(statement: str) -> bool:
    """Tell whether the database refuses a statement because the table is append-only."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


class TestTables:
    def test_with_a_trigger_are_those_whose_queryset_refuses(self) -> None:
        guarded = {
            model._meta.model_name
            for model in apps.get_app_config("reviewdesk").get_models()
            if isinstance(model._default_manager, AppendOnly)
        }

        assert guarded == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
class TestSealedTable:
    def test_refuses_to_change_a_row(self, table: str) -> None:
        with one_row(table) as row:
            column = row._meta.local_concrete_fields[-1].column

            assert refused(f'UPDATE {row._meta.db_table} SET "{column}" = "{column}"')

    def test_refuses_to_delete_a_row(self, table: str) -> None:
        with one_row(table) as row:
            assert refused(f"DELETE FROM {row._meta.db_table}")

    def test_refuses_to_be_emptied(self, table: str) -> None:
        name = sealed(table)._meta.db_table
        if connection.vendor == "postgresql":
            assert refused(f"TRUNCATE {name} CASCADE")
        else:
            with one_row(table):
                assert refused(f"DELETE FROM {name} WHERE 1")

    def test_refuses_to_put_a_row_in_the_place_of_another(self, table: str) -> None:
        with one_row(table) as row:
            name = row._meta.db_table
            columns = ", ".join(f'"{field.column}"' for field in row._meta.local_concrete_fields)
            key = next(field.column for field in row._meta.local_concrete_fields if field.primary_key)
            if connection.vendor == "postgresql":
                assert refused(
                    f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {name} "
                    f'ON CONFLICT ("{key}") DO UPDATE SET "{key}" = EXCLUDED."{key}"'
                )
            else:
                assert refused(f"INSERT OR REPLACE INTO {name} ({columns}) SELECT {columns} FROM {name}")

    def test_refuses_in_the_queryset_already(self, table: str) -> None:
        rows = sealed(table)._default_manager.all()

        with pytest.raises(TypeError, match="append-only"):
            rows.update()
        with pytest.raises(TypeError, match="append-only"):
            rows.delete()


class TestReplace:
    def test_is_refused_even_where_triggers_do_not_recurse(self) -> None:
        with one_row("event") as row, no_recursion():
            columns = ", ".join(f'"{field.column}"' for field in row._meta.local_concrete_fields)
            name = row._meta.db_table
            verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
            # Only SQLite knows REPLACE; elsewhere the plain insert meets the unique key.
            with pytest.raises(DatabaseError, match="append-only" if connection.vendor == "sqlite" else "unique"):
                insert(f"{verb} INTO {name} ({columns}) SELECT {columns} FROM {name}")


def insert(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def no_recursion() -> Iterator[None]:
    """Behave like a connection whose host project never asked for recursive triggers."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers")
        assert cursor.fetchone() == (1,)
        cursor.execute("PRAGMA recursive_triggers=OFF")
        yield
        cursor.execute("PRAGMA recursive_triggers=ON")
