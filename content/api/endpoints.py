"""Webhook endpoints of a source, and what was sent to them.

None of these takes an Idempotency-Key where the answer holds a secret: a stored answer would keep it readable.
"""

import hashlib
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from rest_framework.request import Request

from content.api.deliveries import delivery_members
from content.api.http.answers import answer, as_json, no_content
from content.api.http.operations import Operation, operation
from content.api.http.resource import Resource
from content.drafts.answers import Answer
from content.drafts.intake.shapes import Flag, Listed, Member, Record, Text, Time
from content.permissions import Scope
from content.publishing.actions import deliveries
from content.publishing.actions import endpoints as acts
from content.publishing.queries import endpoints

if TYPE_CHECKING:
    from content.publishing.models import WebhookEndpoint

MANAGE = Scope.WEBHOOKS_MANAGE
TYPE_NAME = Text(code="event_type_unknown", least=1, most=60)
FIELDS = {
    "types": Member(shape=Listed(code="event_type_unknown", of=TYPE_NAME, most=60), note="Empty: all types."),
    "description": Member(shape=Text(code="too_long", most=200)),
}
ADDED = Record(
    code="payload_invalid",
    members={"url": Member(shape=Text(code="url_refused", least=1, most=2048), missing="url_refused"), **FIELDS},
    example={"url": "https://cms.example/hooks/reviewdesk", "types": ["publication.published"]},
)
CHANGED = Record(
    code="payload_invalid",
    members={
        "url": Member(shape=Text(code="url_refused", least=1, most=2048)),
        **FIELDS,
        "enabled": Member(shape=Flag(code="enabled_invalid")),
    },
)
REPLAYED = Record(
    code="payload_invalid",
    members={
        "after": Member(shape=Time(code="time_invalid"), missing="time_invalid"),
        "until": Member(shape=Time(code="time_invalid"), missing="time_invalid"),
        "types": FIELDS["types"],
    },
)


def endpoint_members(endpoint: "WebhookEndpoint") -> dict[str, Any]:
    """Return the members of an endpoint; its secret is shown once, when it is made."""
    base = reverse("reviewdesk:api_endpoint", args=[endpoint.pk])
    return {
        "id": endpoint.pk,
        "url": endpoint.url,
        "types": endpoint.types,
        "description": endpoint.description,
        "enabled": endpoint.enabled,
        "disabled_why": endpoint.disabled_why or None,
        "failures_in_a_row": endpoint.failures_in_a_row,
        "succeeded_at": endpoint.succeeded_at,
        "created_at": endpoint.created_at,
        "links": {"self": base, "deliveries": f"{base}/deliveries"},
    }


def etag_of_endpoint(endpoint: "WebhookEndpoint") -> str:
    """Return the ETag over what a PATCH can change."""
    settled = [endpoint.pk, endpoint.url, endpoint.types, endpoint.description, endpoint.enabled]
    return hashlib.sha256(as_json(settled).encode()).hexdigest()[:24]


class EndpointResource(Resource):
    """What asks for an endpoint of the caller."""

    def own(self, endpoint_id: int) -> "WebhookEndpoint":
        """Return one of the caller's endpoints.

        :raises EndpointNotFound: if there is none, or it is another source's.
        """
        return endpoints.get_endpoint(endpoint_id=endpoint_id, source_id=self.machine.source_id)


class Endpoints(EndpointResource):
    """All endpoints of a source."""

    @operation(
        Operation(
            id="webhook_endpoints_list",
            summary="List webhook endpoints",
            scope=MANAGE,
            answers={200: "EndpointList"},
        )
    )
    def get(self, _request: Request) -> Answer:
        """Return the endpoints; there are at most 20."""
        rows = endpoints.endpoints_of(source_id=self.machine.source_id)
        return answer({"results": [endpoint_members(row) for row in rows]})

    @operation(
        Operation(
            id="webhook_endpoints_create",
            summary="Add a webhook endpoint",
            scope=MANAGE,
            request=ADDED,
            answers={201: "EndpointCreated"},
            refuses=(409,),
            has_etag=True,
        )
    )
    def post(self, _request: Request) -> Answer:
        """Add an endpoint; the answer shows its secret, once."""
        fields = self.fields()
        made = acts.add_endpoint(
            source_id=self.machine.source_id,
            url=fields["url"],
            types=fields.get("types", []),
            description=fields.get("description", ""),
            by=self.machine,
            at=self.at,
        )
        members = endpoint_members(made.endpoint)
        etag = etag_of_endpoint(made.endpoint)
        return answer(members | {"secret": made.secret}, status=201, etag=etag, location=members["links"]["self"])


class OneEndpoint(EndpointResource):
    """One endpoint."""

    @operation(
        Operation(
            id="webhook_endpoints_read",
            summary="Read a webhook endpoint",
            scope=MANAGE,
            answers={200: "Endpoint"},
            has_etag=True,
        )
    )
    def get(self, _request: Request, endpoint_id: int) -> Answer:
        """Return an endpoint."""
        row = self.own(endpoint_id)
        return answer(endpoint_members(row), etag=etag_of_endpoint(row))

    @operation(
        Operation(
            id="webhook_endpoints_change",
            summary="Change a webhook endpoint",
            scope=MANAGE,
            request=CHANGED,
            media_types=("application/merge-patch+json", "application/json"),
            answers={200: "Endpoint"},
            needs_match=True,
            has_etag=True,
        )
    )
    def patch(self, _request: Request, endpoint_id: int) -> Answer:
        """Change address, types, description, or switch it on or off."""
        self.require_current(etag_of_endpoint(self.own(endpoint_id)))
        row = acts.change_endpoint(endpoint_id=endpoint_id, by=self.machine, at=self.at, **self.fields())
        return answer(endpoint_members(row), etag=etag_of_endpoint(row))

    @operation(
        Operation(
            id="webhook_endpoints_remove",
            summary="Remove a webhook endpoint",
            scope=MANAGE,
            answers={204: None},
            needs_match=True,
        )
    )
    def delete(self, _request: Request, endpoint_id: int) -> Answer:
        """Remove an endpoint; what was sent stays on record."""
        self.require_current(etag_of_endpoint(self.own(endpoint_id)))
        acts.remove_endpoint(endpoint_id=endpoint_id, by=self.machine, at=self.at)
        return no_content()


class TestEndpoint(EndpointResource):
    """Try an endpoint."""

    __test__ = False  # it is no test of pytest's

    @operation(
        Operation(
            id="webhook_endpoints_test",
            summary="Send a test message",
            scope=MANAGE,
            answers={202: "Delivery"},
            takes_key=True,
        )
    )
    def post(self, _request: Request, endpoint_id: int) -> Answer:
        """Send `endpoint.test`."""
        self.own(endpoint_id)
        delivery = deliveries.test_endpoint(endpoint_id=endpoint_id, by=self.machine, at=self.at)
        return answer(delivery_members(delivery), status=202)


class ReplayEndpoint(EndpointResource):
    """Send again what an endpoint missed."""

    @operation(
        Operation(
            id="webhook_endpoints_replay",
            summary="Send again what happened in a span of time",
            scope=MANAGE,
            request=REPLAYED,
            answers={202: {"type": "object", "required": ["queued"], "properties": {"queued": {"type": "integer"}}}},
            takes_key=True,
        )
    )
    def post(self, _request: Request, endpoint_id: int) -> Answer:
        """Send again, with the same ids and bytes."""
        self.own(endpoint_id)
        fields = self.fields()
        queued = deliveries.replay_since(
            endpoint_id=endpoint_id,
            after=fields["after"],
            until=fields["until"],
            types=tuple(fields.get("types", [])),
            by=self.machine,
            at=self.at,
        )
        return answer({"queued": queued}, status=202)
