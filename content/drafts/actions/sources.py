"""Sources and the tokens that open the API for them."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from content.actors import Actor, Machine, System, id_of, kind_of, require
from content.conf import conf
from content.drafts.facts import SourceCreated, TokenCreated, TokenRevoked
from content.drafts.models import Source, SourceToken
from content.drafts.refusals import SourceExists, SourceNotFound, TokenNotFound
from content.drafts.states import Mode
from content.drafts.tokens import LOOKUP_BYTES, SECRET_BYTES, parse, spell
from content.errors import Invalid
from content.events import actions as events
from content.events.writing import action, quiet_action
from content.permissions import Permission, Scope

LONGEST_DAYS = 365
USE_NOTED_EVERY = timedelta(minutes=1)


class SourceInvalid(Invalid):
    """A source needs a short name of letters, digits and hyphens, a configured kind, and a name."""

    code = "source_invalid"


class TokenInvalid(Invalid):
    """A token needs at least one scope and lives 1 to 365 days."""

    code = "token_invalid"


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A new token. `plaintext` exists here and nowhere else: show it once."""

    token_id: int
    lookup: str
    plaintext: str
    expires_at: datetime


def _require_right(by: Actor) -> None:
    if not isinstance(by, System):  # a command is run by whoever operates the server
        require(by, Permission.MANAGE_SOURCES)


@action
def create_source(
    *,
    slug: str,
    name: str,
    by: Actor,
    at: datetime,
    default_kind: str = "documentation",
    default_language: str = "en",
    intake_filter: str = "json.v1",
    licence: str = "",
    train_ai: str = "",
    may_request_publication: bool = False,
    may_assert_human: bool = False,
    requests_a_minute: int = 600,
) -> Source:
    """Add a CMS or AI system that may be given tokens.

    :raises NotPermitted: without MANAGE_SOURCES.
    :raises SourceInvalid: if a field cannot be.
    :raises SourceExists: if the short name is taken.
    """
    _require_right(by)
    is_slug = bool(slug) and slug.isascii() and slug.replace("-", "").replace("_", "").isalnum()
    if not is_slug or not name.strip() or default_kind not in conf.kinds or train_ai not in {"", "y", "n"}:
        raise SourceInvalid
    if Source.objects.filter(slug=slug).exists():
        raise SourceExists(slug=slug)
    source = Source.objects.create(
        slug=slug,
        name=name.strip(),
        default_kind=default_kind,
        default_language=default_language,
        intake_filter=intake_filter,
        licence=licence,
        train_ai=train_ai,
        may_request_publication=may_request_publication,
        may_assert_human=may_assert_human,
        requests_a_minute=requests_a_minute,
        created_at=at,
    )
    events.record(SourceCreated(source_id=source.pk), by=by, at=at)
    return source


@action
def create_token(
    *,
    source_id: int,
    name: str,
    scopes: Collection[Scope],
    by: Actor,
    at: datetime,
    mode: Mode = Mode.LIVE,
    days: int | None = None,
) -> Issued:
    """Give a source a token. What is stored is its SHA-256: 256 random bits need no slow hash.

    :param days: its life; the configured one when None.
    :raises NotPermitted: without MANAGE_SOURCES.
    :raises SourceNotFound: if there is no such source.
    :raises TokenInvalid: without a scope, or with a life that is not 1 to 365 days.
    """
    _require_right(by)
    days = conf.token_days if days is None else days
    if not scopes or not name.strip() or not 1 <= days <= LONGEST_DAYS:
        raise TokenInvalid
    if not Source.objects.filter(pk=source_id).exists():
        raise SourceNotFound(source_id=source_id)
    plaintext = spell(mode=mode, lookup=secrets.token_bytes(LOOKUP_BYTES), secret=secrets.token_bytes(SECRET_BYTES))
    parsed = parse(plaintext)
    words = sorted(scope.value for scope in scopes)
    token = SourceToken.objects.create(
        source_id=source_id,
        name=name.strip(),
        lookup=parsed.lookup,
        sha256=parsed.sha256,
        scopes=words,
        mode=mode.value,
        created_at=at,
        created_by=f"{kind_of(by)}:{id_of(by)}",
        expires_at=at + timedelta(days=days),
    )
    events.record(TokenCreated(source_id=source_id, lookup=parsed.lookup, scopes=tuple(words)), by=by, at=at)
    return Issued(token_id=token.pk, lookup=parsed.lookup, plaintext=plaintext, expires_at=token.expires_at)


@action
def revoke_token(*, token_id: int, by: Actor, at: datetime) -> SourceToken:
    """Close a token for ever. A token that is closed already stays closed by whom it was.

    :raises NotPermitted: without MANAGE_SOURCES.
    :raises TokenNotFound: if there is no such token, or it is revoked already.
    """
    _require_right(by)
    token = SourceToken.objects.select_for_update(no_key=True).filter(pk=token_id, revoked_at=None).first()
    if token is None:
        raise TokenNotFound(token_id=token_id)
    token.revoked_at = at
    token.revoked_by = f"{kind_of(by)}:{id_of(by)}"
    token.save(update_fields=["revoked_at", "revoked_by"])
    events.record(TokenRevoked(source_id=token.source_id, lookup=token.lookup), by=by, at=at)
    return token


@quiet_action
def note_use(*, token_id: int, by: Machine, at: datetime) -> None:
    """Note that a token was used just now; callers ask at most once a minute.

    :raises TokenNotFound: if `by` shows another token.
    """
    if by.token_id != token_id:
        raise TokenNotFound(token_id=token_id)
    SourceToken.objects.filter(pk=token_id).update(last_used_at=at)
