"""Questions about webhook endpoints and what was sent to them."""

from datetime import datetime

from django.db.models import QuerySet

from content.publishing.models import Delivery, DeliveryAttempt, WebhookEndpoint
from content.publishing.refusals import DeliveryNotFound, EndpointNotFound


def endpoints_of(*, source_id: int | None = None, limit: int = 200) -> QuerySet[WebhookEndpoint]:
    """Return the endpoints of a Source, or of all, oldest first; removed ones are left out."""
    endpoints = WebhookEndpoint.objects.select_related("source").filter(deleted_at=None)
    if source_id is not None:
        endpoints = endpoints.filter(source=source_id)
    return endpoints.order_by("pk")[:limit]


def get_endpoint(*, endpoint_id: int, source_id: int | None = None) -> WebhookEndpoint:
    """Return one endpoint, of this Source if one is named.

    :raises EndpointNotFound: if there is none, it was removed, or it is another Source's.
    """
    found = WebhookEndpoint.objects.select_related("source").filter(pk=endpoint_id, deleted_at=None).first()
    if found is None or source_id not in {None, found.source_id}:
        raise EndpointNotFound(endpoint_id=endpoint_id)
    return found


def deliveries_of(
    *, endpoint_id: int, before: int | None = None, outcome: str = "", limit: int = 50
) -> QuerySet[Delivery]:
    """Return what was sent to an endpoint, newest first.

    :param before: id of the last delivery of the page before.
    """
    found = Delivery.objects.filter(endpoint=endpoint_id)
    if before is not None:
        found = found.filter(pk__lt=before)
    if outcome:
        found = found.filter(outcome=outcome)
    return found.order_by("-pk")[:limit]


def get_delivery(*, delivery_id: int, source_id: int | None = None) -> Delivery:
    """Return one delivery, of this Source if one is named.

    :raises DeliveryNotFound: if there is none, or it is another Source's.
    """
    found = Delivery.objects.select_related("endpoint__source").filter(pk=delivery_id).first()
    if found is None or source_id not in {None, found.endpoint.source_id}:
        raise DeliveryNotFound(delivery_id=delivery_id)
    return found


def attempts_of(*, delivery_id: int) -> QuerySet[DeliveryAttempt]:
    """Return the attempts of a delivery, oldest first."""
    return DeliveryAttempt.objects.filter(delivery=delivery_id).order_by("pk")


def deliveries_between(
    *, endpoint_id: int, after: datetime, until: datetime, types: tuple[str, ...]
) -> QuerySet[Delivery]:
    """Return the deliveries of an endpoint whose events fell into a span of time, oldest first."""
    found = Delivery.objects.filter(endpoint=endpoint_id, created_at__gt=after, created_at__lte=until)
    return (found.filter(type__in=types) if types else found).order_by("pk")


def waiting_deliveries() -> int:
    """Return how many deliveries wait for another attempt."""
    return Delivery.objects.filter(outcome__in=("pending", "failed")).count()


def anybody_listens() -> bool:
    """Tell whether any endpoint is switched on, so that Events are worth telling at all."""
    return WebhookEndpoint.objects.filter(enabled=True, deleted_at=None).exists()
