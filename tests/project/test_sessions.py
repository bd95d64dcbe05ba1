"""Sessions end when idle and after a day, and are not written at every request."""

import time
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY

from reviewdesk.sessions import NOTE_EVERY_SECONDS, SEEN, STARTED, SessionStore

DAY_SECONDS = 24 * 3600


def stored(**values: Any) -> SessionStore:
    """Return a session as the next request finds it."""
    session = SessionStore()
    session.update(values)
    session.save()
    return SessionStore(session.session_key)


@pytest.mark.django_db
class TestSessionStore:
    def test_ends_after_a_day(self) -> None:
        session = stored(**{SESSION_KEY: "1", STARTED: int(time.time()) - DAY_SECONDS})

        assert SESSION_KEY not in session

    def test_lasts_until_then(self) -> None:
        session = stored(**{SESSION_KEY: "1", STARTED: int(time.time()) - DAY_SECONDS + 60})

        assert session[SESSION_KEY] == "1"

    def test_notes_its_use_after_five_minutes(self) -> None:
        session = stored(**{SESSION_KEY: "1", SEEN: int(time.time()) - NOTE_EVERY_SECONDS})

        assert session[SESSION_KEY] == "1"
        assert session.modified

    def test_writes_nothing_before(self) -> None:
        session = stored(**{SESSION_KEY: "1", SEEN: int(time.time()), STARTED: int(time.time())})

        assert session[SESSION_KEY] == "1"
        assert not session.modified

    def test_begins_its_day_at_log_in(self) -> None:
        session = stored(**{STARTED: int(time.time()) - DAY_SECONDS + 60, "cart": 1})

        session.cycle_key()

        assert session[STARTED] >= int(time.time()) - 1
