"""What every test stands on: no sockets, one clock, and a guard over who writes to the database."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase

from content.conf import conf
from script import chromium
from tests.database import WriteGuard, triggers_off
from tests.make import Maker

LOCAL_HOSTS = ["127.0.0.1", "::1", "localhost"]
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
LOCAL_MARKS = ("localhost", "browser", "slow")

guard = WriteGuard()


def pytest_configure() -> None:
    connection_created.connect(guard.watch, dispatch_uid="tests.write_guard")
    # Nothing in `content` can empty an append-only table, and so neither can Django's own clean-up
    # after a test with real transactions.
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def flush_sealed_tables_too(case: TransactionTestCase) -> None:
        with triggers_off():
            flush(case)

    TransactionTestCase._fixture_teardown = flush_sealed_tables_too  # type: ignore[attr-defined]


# tryfirst: or -m has chosen before the marks are there
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)
        local = any(item.get_closest_marker(mark) for mark in LOCAL_MARKS)
        if local or "live_server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.allow_hosts(LOCAL_HOSTS))


def pytest_runtest_setup(item: pytest.Item) -> None:
    # Playwright runs an event loop in the test's thread; Django then takes every query for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1" if item.get_closest_marker("browser") else ""
    # Both outlive the transaction that a test is rolled back with.
    caches["fast"].clear()
    Path(conf.log_guard).unlink(missing_ok=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    guard.armed = "unguarded" not in getattr(item, "fixturenames", ())
    try:
        return (yield)
    finally:
        guard.armed = False


@pytest.fixture
def unguarded() -> None:
    """Let this test write without an action: for constraints and triggers, which hold against anybody."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Start the Chromium of this machine, not the one that Playwright would bring."""
    return browser_type_launch_args | chromium.launch_options()


@pytest.fixture
def make(db: None) -> Maker:
    return Maker()
