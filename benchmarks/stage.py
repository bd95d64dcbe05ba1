"""A ReviewDesk of its own to measure in: an empty database, fresh keys, the people and sources of the demo.

`script/bench` has set where data goes (REVIEWDESK_DATA) and which database it is (DATABASE_URL) before.
"""

import base64
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

if TYPE_CHECKING:
    from content.management.demo.cast import Cast

PASSWORD = "not a secret: " + secrets.token_hex(8)


def environment(*, base_url: str = "http://127.0.0.1:8000") -> dict[str, str]:
    """Return the environment of a ReviewDesk with keys of its own in REVIEWDESK_DATA."""
    folder = Path(os.environ["REVIEWDESK_DATA"])
    return {
        "REVIEWDESK_ENV": "embedded",
        "DJANGO_SETTINGS_MODULE": "reviewdesk.settings",
        "BASE_URL": base_url,
        "SIGNING_KEY_FILE": _key(folder / "signing_key"),
        "LOG_KEY_FILE": _key(folder / "log_key"),
        "SECRETS_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "LOG_LEVEL": "ERROR",
    }


def _key(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        key = Ed25519PrivateKey.generate()
        path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return str(path)


def set_up(*, database: str) -> None:
    """Start Django on an empty database of this kind and make its tables.

    :raises RuntimeError: if the database is of another kind.
    """
    os.environ |= environment()
    import django  # noqa: PLC0415 (it reads the environment, which is complete only now)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 (the same)
    from django.db import connection  # noqa: PLC0415 (the same)

    kinds = {"sqlite": "sqlite", "postgres": "postgresql"}
    if connection.vendor != kinds[database]:
        raise RuntimeError(f"This is {connection.vendor}, and --db says {database}; begin with script/bench.")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


@dataclass(kw_only=True, slots=True)
class Clock:
    """The time of what is played; it goes on when told."""

    now: datetime

    def pass_by(self, **span: float) -> datetime:
        """Let time pass, and return what it is then."""
        self.now += timedelta(**span)
        return self.now


def cast(at: datetime) -> "Cast":
    """Return the people and sources of the demo."""
    from content.management.demo.cast import assemble  # noqa: PLC0415 (needs Django)

    return assemble(password=PASSWORD, at=at)


def payload(number: int, *, title: str, body: str, kind: str = "documentation") -> dict[str, object]:
    """Return a draft as a CMS posts it."""
    return {
        "external_id": f"bench:{number}",
        "kind": kind,
        "title": title,
        "body": body,
        "format": "markdown",
        "language": "en",
        "generation": {"provider": "example", "model": "example-1", "version": "2026-01"},
        "sources": [{"url": "https://example.org/handbook", "title": "Handbook"}],
        "tags": ["bench"],
    }
