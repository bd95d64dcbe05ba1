"""Tell endpoints what happened: at least once, with the same id and the same bytes on every attempt."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from content.actors import SYSTEM, Actor, Machine, Person, require_system
from content.conf import conf
from content.drafts import queries as drafts
from content.drafts.facts import DraftId
from content.events import actions as events
from content.events import queries as event_queries
from content.events.facts import Plain
from content.events.writing import action, quiet_action
from content.outbound import AddressRefused, Limits, NoAnswer, post
from content.publishing.actions.endpoints import permit, secrets_in_force
from content.publishing.facts import DeliveriesReplayed, DeliveryReplayed, EndpointTested, WebhookEndpointChanged
from content.publishing.models import Delivery, DeliveryAttempt, WebhookEndpoint
from content.publishing.queries.endpoints import deliveries_between, get_delivery, get_endpoint
from content.publishing.queries.wire import message_of
from content.publishing.refusals import ReplayTooLarge
from content.publishing.retry import is_success, next_wait
from content.publishing.signing import signed_headers
from content.publishing.states import DeliveryOutcome, EndpointChange
from content.publishing.wire import frozen_body

if TYPE_CHECKING:
    from content.events.models import Event

KIND = "publishing.deliver"
TEST = "endpoint.test"
GONE = 410
KEPT_OF_ANSWER = 4096
WITHOUT_SUCCESS = timedelta(days=5)
"An endpoint that took nothing for so long is switched off."
REPLAY_AT_MOST = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """What came of one attempt. `status` None: there was no answer; `reason` says why."""

    outcome: DeliveryOutcome
    status: int | None = None
    reason: str = ""
    answer: str = ""
    retry_after: str = ""
    duration_ms: int = 0


@quiet_action
def fan_out(*, event_id: int, by: Actor, at: datetime) -> None:
    """Make one delivery of an Event for each endpoint of its Source that wants to know; again makes none twice.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    event = event_queries.get_event(event_id=event_id)
    told = message_of(event=event)
    if told is None:
        return
    for endpoint in _listeners(event, str(told["type"])):
        _deliver_to(endpoint, event, told, by, at)


def _listeners(event: "Event", type_: str) -> list[WebhookEndpoint]:
    """Return the endpoints that an Event is for, locked in one order: their sequence numbers have no gap."""
    endpoints = WebhookEndpoint.objects.select_for_update(no_key=True).filter(enabled=True, deleted_at=None)
    if type_ == TEST:
        return list(endpoints.filter(pk=event.payload["endpoint_id"]))
    if event.draft_id is None:
        return []
    source_id = drafts.get_draft(draft_id=DraftId(event.draft_id)).source_id
    found = endpoints.filter(source=source_id).order_by("pk")
    return [endpoint for endpoint in found if not endpoint.types or type_ in endpoint.types]


def _deliver_to(endpoint: WebhookEndpoint, event: "Event", told: dict[str, Plain], by: Actor, at: datetime) -> Delivery:
    existing = Delivery.objects.filter(endpoint=endpoint.pk, event_id=event.pk).first()
    if existing is not None:
        return existing
    endpoint.sequence += 1
    endpoint.save(update_fields=["sequence"])
    delivery = Delivery.objects.create(
        endpoint=endpoint,
        event_id=event.pk,
        type=str(told["type"]),
        sequence=endpoint.sequence,
        body=frozen_body(told=told, sequence=endpoint.sequence),
        created_at=at,
        due_at=at,
    )
    _enqueue(delivery, at, by, at)
    return delivery


def _enqueue(delivery: Delivery, due_at: datetime, by: Actor, at: datetime) -> None:
    key = f"{delivery.pk}:{due_at.timestamp():.6f}"
    events.enqueue(
        kind=KIND, payload={"delivery_id": delivery.pk}, key=key, due_at=due_at, by=require_system(by), at=at
    )


def prepare_delivery(*, delivery_id: int, at: datetime) -> Tried | None:
    """Send one message; outside any transaction. None if it is over already.

    :raises SealBroken: if the secret cannot be opened.
    """
    delivery = get_delivery(delivery_id=delivery_id)
    endpoint = delivery.endpoint
    if delivery.finished_at is not None:
        return None
    if not endpoint.enabled:
        return Tried(outcome=DeliveryOutcome.SKIPPED, reason=endpoint.disabled_why)
    headers = signed_headers(
        body=delivery.body,
        event_id=delivery.event_id,
        delivery_id=delivery.pk,
        attempt=delivery.attempts + 1,
        signing=secrets_in_force(endpoint=endpoint, at=at),
        at=at,
    )
    limits = Limits(private=tuple(conf.webhook_allow_private_cidrs))
    try:
        answer = post(endpoint.url, body=delivery.body.encode(), headers=headers, limits=limits)
    except AddressRefused as error:
        return Tried(outcome=DeliveryOutcome.REFUSED, reason=f"{error.code}: {error.detail}")
    except NoAnswer as error:
        return Tried(outcome=DeliveryOutcome.FAILED, reason=error.detail)
    return Tried(
        outcome=DeliveryOutcome.DELIVERED if is_success(answer.status) else DeliveryOutcome.FAILED,
        status=answer.status,
        answer=answer.body[:KEPT_OF_ANSWER].decode("utf-8", "replace").replace("\x00", "\N{REPLACEMENT CHARACTER}"),
        retry_after=answer.retry_after,
        duration_ms=int(answer.seconds * 1000),
    )


@quiet_action
def deliver(*, delivery_id: int, prepared: Tried | None, by: Actor, at: datetime) -> None:
    """Keep what came of an attempt, and plan the next one where there is one.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    if prepared is None:
        return
    endpoint_id = get_delivery(delivery_id=delivery_id).endpoint_id
    endpoint = WebhookEndpoint.objects.select_for_update(no_key=True).get(pk=endpoint_id)
    delivery = Delivery.objects.select_for_update(no_key=True).get(pk=delivery_id)
    if delivery.finished_at is not None:
        return
    if prepared.outcome is not DeliveryOutcome.SKIPPED:
        delivery.attempts += 1
        _keep(delivery, prepared, at)
    _conclude(delivery, prepared, by, at)
    _note(endpoint, prepared, by, at)


def _keep(delivery: Delivery, tried: Tried, at: datetime) -> None:
    DeliveryAttempt.objects.create(
        delivery=delivery,
        number=delivery.attempts,
        at=at,
        status=tried.status,
        duration_ms=tried.duration_ms,
        reason=tried.reason[:200],
        answer=tried.answer,
    )


def _conclude(delivery: Delivery, tried: Tried, by: Actor, at: datetime) -> None:
    outcome, wait = tried.outcome, None
    if outcome is DeliveryOutcome.FAILED:
        chance = random.random()  # noqa: S311 (spreads load; nothing secret)
        wait = next_wait(attempt=delivery.attempts, chance=chance, status=tried.status, retry_after=tried.retry_after)
        if wait is None or tried.status == GONE:
            outcome, wait = DeliveryOutcome.DEAD, None
    delivery.outcome = outcome.value
    delivery.due_at = None if wait is None else at + wait
    delivery.finished_at = at if wait is None else None
    delivery.save(update_fields=["outcome", "attempts", "due_at", "finished_at"])
    if delivery.due_at is not None:
        _enqueue(delivery, delivery.due_at, by, at)


def _note(endpoint: WebhookEndpoint, tried: Tried, by: Actor, at: datetime) -> None:
    match tried.outcome:
        case DeliveryOutcome.DELIVERED:
            endpoint.failures_in_a_row, endpoint.succeeded_at = 0, at
        case DeliveryOutcome.FAILED | DeliveryOutcome.REFUSED:
            endpoint.failures_in_a_row += 1
            why = _why_off(endpoint, tried, at)
            if why:
                endpoint.enabled, endpoint.disabled_why = False, why
                fact = WebhookEndpointChanged(
                    endpoint_id=endpoint.pk, source_id=endpoint.source_id, change=EndpointChange.DISABLED.value
                )
                events.record(fact, by=by, at=at)
        case _:
            return
    endpoint.save(update_fields=["failures_in_a_row", "succeeded_at", "enabled", "disabled_why"])


def _why_off(endpoint: WebhookEndpoint, tried: Tried, at: datetime) -> str:
    if tried.status == GONE:
        return "gone"
    is_silent = at - (endpoint.succeeded_at or endpoint.created_at) > WITHOUT_SUCCESS
    return "no_success_in_five_days" if is_silent else ""


@action
def test_endpoint(*, endpoint_id: int, by: Person | Machine, at: datetime) -> Delivery:
    """Send a test message to an endpoint.

    :raises EndpointNotFound: if there is none.
    :raises NotPermitted: without MANAGE_SOURCES; `scope_missing` for a token without its scope.
    """
    permit(by=by, source_id=get_endpoint(endpoint_id=endpoint_id).source_id)
    endpoint = WebhookEndpoint.objects.select_for_update(no_key=True).get(pk=endpoint_id)
    event_id = events.record(EndpointTested(endpoint_id=endpoint_id, source_id=endpoint.source_id), by=by, at=at)
    event = event_queries.get_event(event_id=event_id)
    told = message_of(event=event) or {"type": TEST, "data": {}}
    return _deliver_to(endpoint, event, told, SYSTEM, at)


@action
def replay(*, delivery_id: int, by: Person | Machine, at: datetime) -> Delivery:
    """Send a message once more, whatever became of it: same id, same bytes, fresh signature.

    :raises DeliveryNotFound: if there is none.
    :raises NotPermitted: without MANAGE_SOURCES; `scope_missing` for a token without its scope.
    """
    permit(by=by, source_id=get_delivery(delivery_id=delivery_id).endpoint.source_id)
    delivery = Delivery.objects.select_for_update(no_key=True).get(pk=delivery_id)
    _again(delivery, at)
    events.record(DeliveryReplayed(delivery_id=delivery_id), by=by, at=at)
    return delivery


@action
def replay_since(
    *, endpoint_id: int, after: datetime, until: datetime, types: tuple[str, ...], by: Person | Machine, at: datetime
) -> int:
    """Send again what an endpoint was to be told in a span of time; return how many messages that are.

    :raises EndpointNotFound: if there is none.
    :raises ReplayTooLarge: if there are more than 10,000.
    :raises NotPermitted: without MANAGE_SOURCES; `scope_missing` for a token without its scope.
    """
    permit(by=by, source_id=get_endpoint(endpoint_id=endpoint_id).source_id)
    found = deliveries_between(endpoint_id=endpoint_id, after=after, until=until, types=types)
    deliveries = list(found.select_for_update(no_key=True)[: REPLAY_AT_MOST + 1])
    if len(deliveries) > REPLAY_AT_MOST:
        raise ReplayTooLarge
    for delivery in deliveries:
        _again(delivery, at)
    events.record(DeliveriesReplayed(endpoint_id=endpoint_id, deliveries=len(deliveries)), by=by, at=at)
    return len(deliveries)


def _again(delivery: Delivery, at: datetime) -> None:
    delivery.outcome = DeliveryOutcome.PENDING.value
    delivery.attempts, delivery.due_at, delivery.finished_at = 0, at, None
    delivery.save(update_fields=["outcome", "attempts", "due_at", "finished_at"])
    _enqueue(delivery, at, SYSTEM, at)
