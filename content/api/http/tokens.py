"""Who calls: a Source's program, known by its bearer token. Sessions and cookies mean nothing here."""

from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest

from content.actors import SYSTEM
from content.api.http.refusals import TokenInUrl, TokenMissing
from content.api.http.throttles import used
from content.drafts import queries as drafts
from content.drafts.actions import sources
from content.drafts.callers import Caller
from content.drafts.refusals import TokenMalformed, TokenRefused
from content.drafts.tokens import PATTERN

FAILURES_A_MINUTE: Final = 20
USE_NOTED_EVERY: Final = timedelta(minutes=1)


def caller_of(request: HttpRequest, *, at: datetime) -> Caller:
    """Return who calls.

    :raises TokenMissing: without a bearer token.
    :raises TokenRefused: if the token opens nothing (401 and why).
    :raises RateLimited: instead, after 20 such failures from one address in a minute.
    :raises SourceDisabled: if the source is switched off.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if not token.strip():
        raise TokenMissing
    try:
        if scheme.lower() != "bearer":
            raise TokenMalformed("Send the token as Authorization: Bearer.")
        caller = drafts.authenticate(plaintext=token.strip(), at=at)
    except TokenRefused:
        used(name="failures", key=address_of(request), limit=FAILURES_A_MINUTE, now=at.timestamp()).require()
        raise
    if caller.last_used_at is None or caller.last_used_at <= at - USE_NOTED_EVERY:
        sources.note_use(token_id=caller.machine.token_id, by=caller.machine, at=at)
    return caller


def address_of(request: HttpRequest) -> str:
    """Return the network address that the request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def refuse_token_in_url(request: HttpRequest, *, at: datetime) -> None:
    """Revoke a token that stands in the address: proxies and logs have seen it.

    :raises TokenInUrl: if there is one.
    """
    found = PATTERN.search(request.META.get("QUERY_STRING", ""))
    if found is None:
        return
    token_id = drafts.token_id_of(plaintext=found[0])
    if token_id is not None:
        sources.revoke_token(token_id=token_id, by=SYSTEM, at=at)
    raise TokenInUrl
