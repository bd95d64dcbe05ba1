"""The order of the queue, what makes a case risky, the words of views and filters (review.md, sections 6 and 12)."""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from content.review.refusals import CursorInvalid, FilterUnknown

PAGE = 50
COUNT_LIMIT = 50
"Views show '50+' and no exact number: counting 50,000 rows takes 38 ms, and nobody acts on the difference."
VIEWS = ("all", "mine", "unassigned", "due", "sent_back", "to_approve", "to_publish")
FILTERS = ("state", "kind", "source", "model", "language", "assignee", "text")
DUE_SOON_HOURS = 24
_TERM = re.compile(r'(?:(?P<key>[a-z_]+):)?(?:"(?P<quoted>[^"]*)"|(?P<plain>\S+))')


@dataclass(frozen=True, kw_only=True, slots=True)
class Cursor:
    """Where a page of the queue ends: the sort key of its last row. Opaque to whoever carries it."""

    priority: int
    due_at: datetime
    risk: int
    id: UUID

    def encode(self, *, list_of: str) -> str:
        """Return the cursor as URL-safe text, bound to the list it was made for."""
        value = [1, _mark(list_of), self.priority, self.due_at.isoformat(), self.risk, str(self.id)]
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, *, list_of: str) -> "Cursor":
        """Read a cursor.

        :raises CursorInvalid: if it was altered, or made for another list.
        """
        try:
            padded = text + "=" * (-len(text) % 4)
            version, mark, priority, due_at, risk, key = json.loads(base64.urlsafe_b64decode(padded))
            if version != 1 or mark != _mark(list_of):
                raise CursorInvalid
            return cls(priority=int(priority), due_at=datetime.fromisoformat(due_at), risk=int(risk), id=UUID(key))
        except (binascii.Error, ValueError, TypeError) as error:
            raise CursorInvalid from error


def _mark(list_of: str) -> str:
    return hashlib.sha256(list_of.encode()).hexdigest()[:12]


def risk_of(*, hidden_characters: int, depth: int, duplicate_share: float) -> int:
    """Return how carefully a case wants to be read: hidden characters, machine generations, reuse; 0 is usual."""
    return 5 * bool(hidden_characters) + 3 * max(0, depth - 1) + round(10 * duplicate_share)


def parse_filters(text: str) -> Mapping[str, str]:
    """Read a line of filters such as `kind:news model:"writer 9" heat pumps`; bare words are sought in titles.

    :raises FilterUnknown: naming the filter that there is not.
    """
    found: dict[str, str] = {}
    words = []
    for match in _TERM.finditer(text):
        key, value = match["key"], match["quoted"] if match["quoted"] is not None else match["plain"]
        if key is None:
            words.append(value)
        elif key not in FILTERS:
            raise FilterUnknown(f"No filter is called '{key}'. There are: {', '.join(FILTERS)}.", filter=key)
        else:
            found[key] = value
    if words:
        found["text"] = " ".join(words)
    return found
