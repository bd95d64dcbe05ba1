"""What was sent to webhook endpoints, with every attempt, and sending it again."""

from typing import TYPE_CHECKING, Any

from rest_framework.request import Request

from content.api.http.answers import answer
from content.api.http.cursors import cursor_after, key_of
from content.api.http.operations import Operation, Parameter, operation
from content.api.http.parameters import PAGING, choice, number_key, page_size, schema_of
from content.api.http.resource import Resource
from content.drafts.answers import Answer
from content.permissions import Scope
from content.publishing.actions import deliveries
from content.publishing.queries import endpoints
from content.publishing.states import DeliveryOutcome

if TYPE_CHECKING:
    from content.publishing.models import Delivery

MANAGE = Scope.WEBHOOKS_MANAGE
OUTCOMES = tuple(outcome.value for outcome in DeliveryOutcome)


def delivery_members(delivery: "Delivery") -> dict[str, Any]:
    """Return the members of a delivery."""
    return {
        "id": delivery.pk,
        "event": delivery.event_id,
        "type": delivery.type,
        "outcome": delivery.outcome,
        "attempts": delivery.attempts,
        "created_at": delivery.created_at,
        "finished_at": delivery.finished_at,
    }


class Deliveries(Resource):
    """What was sent to an endpoint."""

    @operation(
        Operation(
            id="webhook_endpoints_deliveries",
            summary="List what was sent to an endpoint, newest first",
            scope=MANAGE,
            answers={200: "DeliveryPage"},
            parameters={"outcome": Parameter(schema=schema_of(*OUTCOMES)), **PAGING},
        )
    )
    def get(self, request: Request, endpoint_id: int) -> Answer:
        """Return a page of deliveries."""
        size = page_size(request.GET)
        endpoint = endpoints.get_endpoint(endpoint_id=endpoint_id, source_id=self.machine.source_id)
        outcome = choice(request.GET, "outcome", OUTCOMES)
        filters = {"list": f"deliveries:{endpoint.pk}", "outcome": outcome}
        before = number_key(key_of(request.GET.get("after", ""), filters=filters))
        found = endpoints.deliveries_of(endpoint_id=endpoint.pk, before=before, outcome=outcome, limit=size + 1)
        rows = list(found)
        following = cursor_after(str(rows[size - 1].pk), filters=filters) if len(rows) > size else None
        return answer({"results": [delivery_members(row) for row in rows[:size]], "next": following})


class OneDelivery(Resource):
    """One message to one endpoint."""

    @operation(
        Operation(
            id="deliveries_read", summary="Read a delivery and its attempts", scope=MANAGE, answers={200: "Delivery"}
        )
    )
    def get(self, _request: Request, delivery_id: int) -> Answer:
        """Return a delivery with every attempt."""
        row = endpoints.get_delivery(delivery_id=delivery_id, source_id=self.machine.source_id)
        tries = [
            {
                "number": each.number,
                "at": each.at,
                "status": each.status,
                "duration_ms": each.duration_ms,
                "reason": each.reason or None,
                "answer": each.answer,
            }
            for each in endpoints.attempts_of(delivery_id=row.pk)
        ]
        return answer(delivery_members(row) | {"tries": tries})


class ReplayDelivery(Resource):
    """Send one message again."""

    @operation(
        Operation(
            id="deliveries_replay",
            summary="Send a message again",
            scope=MANAGE,
            answers={202: "Delivery"},
            takes_key=True,
        )
    )
    def post(self, _request: Request, delivery_id: int) -> Answer:
        """Send a message again, with the same id and bytes."""
        endpoints.get_delivery(delivery_id=delivery_id, source_id=self.machine.source_id)
        row = deliveries.replay(delivery_id=delivery_id, by=self.machine, at=self.at)
        return answer(delivery_members(row), status=202)
