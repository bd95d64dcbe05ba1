"""Signed messages: Standard Webhooks 1.0 headers over the exact bytes that are sent."""

import base64
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from standardwebhooks import Webhook

PREFIX = "whsec_"
SECRET_SIZE = 32
AGENT = "ReviewDesk-Webhooks/1"


def new_secret() -> str:
    """Return a fresh secret: `whsec_` and base64 of 32 random bytes."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_SIZE)).decode("ascii")


def signed_headers(
    *, body: str, event_id: int, delivery_id: int, attempt: int, signing: Iterable[str], at: datetime
) -> Mapping[str, str]:
    """Return the headers of one attempt.

    `webhook-id` is the id of the event: the same on every retry and replay, so that a receiver knows a repeat.

    :param signing: the secrets in force, newest first; each adds a signature.
    """
    moment = at.astimezone(UTC)  # the library takes the digits of any time for UTC
    signatures = [Webhook(secret).sign(str(event_id), moment, body) for secret in signing]
    return {
        "content-type": "application/json; charset=utf-8",
        "user-agent": AGENT,
        "webhook-id": str(event_id),
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
        "reviewdesk-delivery": str(delivery_id),
        "reviewdesk-attempt": str(attempt),
    }
