"""Whether this process answers, and whether it can do its work.

Both pages are open to all, tell no versions, and are never stored.
"""

from datetime import timedelta

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from content.attestation.keystore import open_signer
from content.attestation.queries import log as log_queries
from content.attestation.signer import KeyUnusable
from content.conf import conf
from content.events import queries as event_queries

STUCK_AFTER = timedelta(seconds=120)
NO_STORE = {"Cache-Control": "no-store"}


@require_safe
def livez(_request: HttpRequest) -> JsonResponse:
    """Answer 200: the process lives. Asks nobody."""
    return JsonResponse({"status": "ok"}, headers=NO_STORE)


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when work can be taken, else 503 with the names of what is missing.

    What still works, but not as it should, is named under `degraded`: `work_waits` when Jobs have been due for long
    (no worker, or no broker), `log` when the log refuses to grow.
    """
    failing = _failing()
    if failing:
        return JsonResponse({"status": "unavailable", "failing": failing}, status=503, headers=NO_STORE)
    degraded = _degraded()
    return JsonResponse({"status": "ok"} | ({"degraded": degraded} if degraded else {}), headers=NO_STORE)


def _failing() -> list[str]:
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        unapplied = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return ["database"]
    return [*(["migrations"] if unapplied else []), *([] if _keys_open() else ["signing_key"])]


def _keys_open() -> bool:
    try:
        open_signer(conf.signing_key)
        open_signer(conf.log_key)
    except KeyUnusable:
        return False
    return True


def _degraded() -> list[str]:
    now = timezone.now()
    oldest = event_queries.work_waits_since(at=now)
    stuck = oldest is not None and oldest < now - STUCK_AFTER
    return [*(["work_waits"] if stuck else []), *(["log"] if log_queries.log_state().refused else [])]
