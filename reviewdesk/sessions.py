"""Sessions in the database that end when idle, and after a day in any case (ASVS 5.0: 7.3.1, 7.3.2).

Django prolongs a session only when something in it changes, or else writes it at every request. Polling pages
would write all day, so the time of the last use is noted at most once in five minutes.
"""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

STARTED, SEEN = "started_at", "seen_at"  # seconds since 1970, whole
NOTE_EVERY_SECONDS = 300


class SessionStore(DatabaseStore):
    """A database session that knows when it began and when it was last used."""

    def load(self) -> dict[str, Any]:
        """Return the stored values; none if the session has lasted too long."""
        values = super().load()
        now = int(time.time())
        if now - values.get(STARTED, now) >= settings.SESSION_LONGEST_SECONDS:
            self.delete()
            self._session_key = None
            return {}
        if values and now - values.get(SEEN, 0) >= NOTE_EVERY_SECONDS:
            values[SEEN] = now
            values.setdefault(STARTED, now)
            self.modified = True
        return values

    def cycle_key(self) -> None:
        """Change the key, as Django does at log-in; for somebody who comes in, the day begins now."""
        if SESSION_KEY not in self:
            self[STARTED] = int(time.time())
        super().cycle_key()
