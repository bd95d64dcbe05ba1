"""Somebody at the desk: a browser without scripts that is logged in, or not."""

import hashlib
import json
import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.actors import Person
from tests.make import Maker
from tests.making_cases import Step

METHODS = "account_authentication_methods"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Visitor:
    """Opens pages and sends forms by the names of their addresses."""

    def __init__(self, person: Person | None = None, *, proved: datetime | None = None) -> None:
        self.client = Client()
        if person is not None:
            self.client.force_login(get_user_model().objects.get(pk=person.id), backend=BACKEND)
            self.prove(proved or timezone.now())

    def prove(self, at: datetime) -> None:
        """Have the session say when its person last gave their password."""
        session = self.client.session
        session[METHODS] = [{"method": "password", "at": at.timestamp()}]
        session.save()

    def prove_long_ago(self) -> None:
        """Have the log-in be older than a sign-off allows."""
        self.prove(timezone.now() - timedelta(minutes=10))

    def open(self, name: str, /, *args: object, **query: object) -> Any:
        """Open a page."""
        return self.client.get(f"{address(name, *args)}?{urlencode(query)}" if query else address(name, *args))

    def send(self, name: str, /, *args: object, **fields: object) -> Any:
        """Send a form."""
        return self.client.post(address(name, *args), fields)

    def follow(self, name: str, /, *args: object, **fields: object) -> Any:
        """Send a form and go where it leads."""
        return self.client.post(address(name, *args), fields, follow=True)

    def ask(self, method: str, name: str, /, *args: object, **body: object) -> Any:
        """Send JSON as the desk's script does."""
        return self.client.generic(method, address(name, *args), _json(body), content_type="application/json")


def address(name: str, *args: object) -> str:
    """Return the address of a page."""
    return reverse(name if ":" in name or name.startswith("account_") else f"reviewdesk:{name}", args=args)


def _json(body: dict[str, object]) -> str:
    return json.dumps(body)


def now_claimed(make: Maker, **fields: Any) -> Step:
    """Return a case that an editor holds at this moment: pages read the clock."""
    return make.claimed(at=timezone.now(), **fields)


def now_edited(make: Maker, **fields: Any) -> Step:
    """Return the same with an edited version, every sentence of which is checked."""
    return make.edited(at=timezone.now(), **fields)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def whole(step: Step, text: str, **changes: object) -> dict[str, object]:
    """Return the body of a save that carries the whole text."""
    asked: dict[str, object] = {"base": 1, "fence": step.fence, "from": 0, "journal": None, "sha256": sha256(text)}
    return asked | {"text": text} | changes


def answers(make: Maker, **changes: object) -> dict[str, object]:
    """Return a filled-in declaration as the form sends it."""
    given: dict[str, object] = {
        "facts_checked": "yes",
        "sources_checked": "yes",
        "competence": "practitioner",
        "competence_note": "I have baked bread for ten years.",
        "tools": "none",
        "public_interest": "no",
        "responsible_id": make.party(timezone.now()),
        "reading_note": "I read the text aloud twice.",
    }
    return given | changes


def hidden(page: Any, name: str) -> str:
    """Return the value of a hidden field of a page's form."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found is not None, f"no field {name}"
    return found[1]
