"""For whoever keeps ReviewDesk running: work that waits, work that was given up, messages to sources, the log."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.attestation.queries import log as log_queries
from content.desk import forms
from content.desk.door import go, page, say, show
from content.events import actions as events
from content.events import queries as event_queries
from content.permissions import Permission
from content.publishing.actions import deliveries as delivery_actions
from content.publishing.queries import endpoints as endpoint_queries
from content.publishing.states import DeliveryOutcome
from content.web.person import person

DELIVERIES_SHOWN = 20


@page("GET", "HEAD", needs=Permission.VIEW_AUDIT)
def operations(request: HttpRequest) -> HttpResponse:
    """Show how the work stands."""
    at, by = timezone.now(), person(request)
    context = {
        "place": "operations",
        "backlog": event_queries.backlog(at=at),
        "dead": event_queries.dead_jobs(),
        "overdue": event_queries.work_waits_since(at=at),
        "log": log_queries.log_state(),
        "log_problems": log_queries.problems(),
        "endpoints": endpoint_queries.endpoints_of(),
        "waiting_deliveries": endpoint_queries.waiting_deliveries(),
        "may_replay": by.may(Permission.ASSIGN),
        "at": at,
    }
    return show(request, "operations/operations.html", context)


@page("GET", "HEAD", needs=Permission.VIEW_AUDIT)
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show what went wrong with a piece of work."""
    context = {
        "place": "operations",
        "job_id": job_id,
        "state": event_queries.state_of(job_id=job_id),
        "failures": event_queries.failures_of(job_id=job_id),
        "may_replay": person(request).may(Permission.ASSIGN),
    }
    return show(request, "operations/job.html", context)


@page("POST", needs=Permission.ASSIGN)
def replay_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Start a piece of work again that was given up."""
    events.replay_job(job_id=job_id, by=person(request), at=timezone.now())
    say(request, _("It is in line again."))
    return go("operations")


@page("POST", needs=Permission.ASSIGN)
def drop_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Drop a piece of work that was given up; what went wrong stays on record."""
    events.drop_job(job_id=job_id, by=person(request), at=timezone.now())
    say(request, _("Dropped. What went wrong stays on record."))
    return go("operations")


@page("GET", "HEAD", needs=Permission.VIEW_AUDIT)
def deliveries(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Show what was sent to an address."""
    outcome = request.GET.get("outcome", "")
    before = request.GET.get("before", "")
    rows = list(
        endpoint_queries.deliveries_of(
            endpoint_id=endpoint_id,
            before=int(before) if before.isascii() and before.isdigit() else None,
            outcome=outcome if outcome in set(DeliveryOutcome) else "",
            limit=DELIVERIES_SHOWN,
        )
    )
    context = {
        "place": "operations",
        "endpoint": endpoint_queries.get_endpoint(endpoint_id=endpoint_id),
        "rows": rows,
        "outcome": outcome,
        "older": rows[-1].pk if len(rows) == DELIVERIES_SHOWN else None,
        "may_replay": person(request).may(Permission.MANAGE_SOURCES),
    }
    return show(request, "operations/deliveries.html", context)


@page("GET", "HEAD", needs=Permission.VIEW_AUDIT)
def delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Show one message and every attempt to send it."""
    context = {
        "place": "operations",
        "delivery": endpoint_queries.get_delivery(delivery_id=delivery_id),
        "attempts": endpoint_queries.attempts_of(delivery_id=delivery_id),
        "may_replay": person(request).may(Permission.MANAGE_SOURCES),
    }
    return show(request, "operations/delivery.html", context)


@page("POST", needs=Permission.MANAGE_SOURCES)
def replay_delivery(request: HttpRequest) -> HttpResponse:
    """Send a message once more: same id, same bytes."""
    sent = delivery_actions.replay(delivery_id=forms.whole(request, "delivery"), by=person(request), at=timezone.now())
    say(request, _("It is sent once more."))
    return go("deliveries", sent.endpoint_id)
