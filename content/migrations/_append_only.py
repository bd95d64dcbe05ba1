"""Triggers that keep append-only tables append-only, in both databases.

PostgreSQL: row triggers do not stop TRUNCATE, so there is a statement trigger as well. SQLite: REPLACE and upserts
can walk past delete triggers, so an insert that meets an existing key is refused too.
"""

from collections.abc import Iterator
from typing import Any

TABLES = (
    "attestation",
    "attestedfile",
    "attribution",
    "checkpoint",
    "claimcheck",
    "deliveryattempt",
    "event",
    "findingdismissal",
    "gateresult",
    "jobfailure",
    "keyset",
    "logentry",
    "logtile",
    "objection",
    "objectionlift",
    "pastedeclaration",
    "publishedversion",
    "receivedbody",
    "revision",
    "signoff",
    "signoffcarry",
    "signoffvoid",
    "statusstatement",
)
FUNCTION = """
CREATE OR REPLACE FUNCTION reviewdesk_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append-only: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def protect(apps: Any, schema_editor: Any) -> None:
    """Create the triggers of every table; for `RunPython`."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, None)  # no parameters: its % are its own
    for table in TABLES:
        model = apps.get_model("reviewdesk", table)
        for statement in statements(model, schema_editor.connection.vendor):
            schema_editor.execute(statement)


def statements(model: Any, vendor: str) -> Iterator[str]:
    """Yield the statements that create the triggers of one table."""
    table = model._meta.db_table
    if vendor == "postgresql":
        yield (
            f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION reviewdesk_refuse()"
        )
        yield (
            f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION reviewdesk_refuse()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        )
    taken = " OR ".join(f"({' AND '.join(f'{c} = NEW.{c}' for c in columns)})" for columns in _keys(model))
    yield (
        f"CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    )


def _keys(model: Any) -> Iterator[tuple[str, ...]]:
    """Yield the columns of each unique key, quoted; the primary key first."""
    quote = "\"{}\"".format
    for field in model._meta.local_fields:
        if field.primary_key or field.unique:
            yield (quote(field.column),)
    for constraint in model._meta.constraints:
        fields = getattr(constraint, "fields", ())
        if fields:
            yield tuple(quote(model._meta.get_field(name).column) for name in fields)
