"""Idempotency: a request that comes twice is worked once (draft-ietf-httpapi-idempotency-key-header-07)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import OperationalError

from content.actors import Actor, Machine, require_system
from content.drafts.answers import Answer
from content.drafts.models import IdempotencyKey
from content.drafts.refusals import IdempotencyInProgress, IdempotencyKeyReused
from content.events.writing import quiet_action

KEPT_FOR = timedelta(hours=24)


@quiet_action
def answer_once(
    *, token_id: int, key: str, request_sha256: str, run: Callable[[], Answer], by: Machine, at: datetime
) -> Answer:
    """Run a request, or give the answer that it got before.

    One transaction holds the key, all that `run` does, and its answer. A request that comes while its twin is being
    worked waits for it on the unique index (PostgreSQL) or the write lock (SQLite); a refusal frees the key.

    :raises IdempotencyKeyReused: if the key was used for another request in the last 24 hours.
    :raises IdempotencyInProgress: if the twin takes longer than the database lets anybody wait.
    """
    assert by.token_id == token_id, "a key belongs to the token that used it"  # noqa: S101 (a fault of the caller)
    _insert(token_id=token_id, key=key, request_sha256=request_sha256, at=at)
    kept = IdempotencyKey.objects.select_for_update().get(token_id=token_id, key=key)
    if kept.status and kept.created_at > at - KEPT_FOR:
        if kept.request_sha256 != request_sha256:
            raise IdempotencyKeyReused
        return Answer(status=kept.status, headers=kept.headers, body=kept.body, replayed=True)
    answer = run()
    kept.request_sha256, kept.created_at = request_sha256, at
    kept.status, kept.headers, kept.body = answer.status, dict(answer.headers), answer.body
    kept.save(update_fields=["request_sha256", "created_at", "status", "headers", "body"])
    return replace(answer, replayed=False)


def _insert(*, token_id: int, key: str, request_sha256: str, at: datetime) -> None:
    row = IdempotencyKey(token_id=token_id, key=key, request_sha256=request_sha256, created_at=at)
    try:
        IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)
    except OperationalError as error:
        if "lock timeout" in str(error) or "locked" in str(error):
            raise IdempotencyInProgress from error
        raise


@quiet_action
def purge_answers(*, by: Actor, at: datetime) -> int:
    """Delete the answers that are older than 24 hours; return how many.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    deleted, _ = IdempotencyKey.objects.filter(created_at__lte=at - KEPT_FOR).delete()
    return deleted
