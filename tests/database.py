"""What the tests do to the database that nothing in `content` can: watch who writes, and empty sealed tables."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from content.events.writing import action_is_open

WRITE = re.compile(
    r"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+[\"`]?(reviewdesk_\w+)",
    re.IGNORECASE,
)
Execute = Callable[[str, object, bool, dict[str, object]], object]


class WrittenOutsideAnAction(AssertionError):
    """Something other than an action wrote to a table of ours (house.md, section 3)."""


class WriteGuard:
    """Fails every write to a `reviewdesk_*` table that happens outside an open action, while it is armed."""

    def __init__(self) -> None:
        self.armed = False

    def __call__(self, execute: Execute, sql: str, params: object, many: bool, context: dict[str, object]) -> object:
        if self.armed and not action_is_open() and (write := WRITE.search(sql)):
            raise WrittenOutsideAnAction(f"{write[1]} is written outside an action: {sql[:200]}")
        return execute(sql, params, many, context)

    def watch(self, *, connection: BaseDatabaseWrapper, **_: object) -> None:
        """Stand behind every statement of a connection; receives `connection_created`."""
        if self not in connection.execute_wrappers:
            connection.execute_wrappers.append(self)


@contextmanager
def triggers_off() -> Iterator[None]:
    """Take the triggers of our tables away while the block runs; needs the owner of the tables."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'reviewdesk_%'"
            )
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            yield
            for _, statement in triggers:
                cursor.execute(statement)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger "
            "WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'reviewdesk_%'",
        )
        tables = [table for (table,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
