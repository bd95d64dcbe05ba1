"""What is public, and who was told."""

from django.contrib import admin

from content.admin.reading import DeskLinkAdmin, ReadingAdmin
from content.publishing.models import (
    Delivery,
    DeliveryAttempt,
    Publication,
    PublicationRequest,
    PublishedVersion,
    WebhookEndpoint,
)


@admin.register(PublicationRequest)
class PublicationRequestAdmin(DeskLinkAdmin):
    """That ready cases are to go out."""

    list_display = ("case_id", "digest", "requested_by", "requested_at", "due_at", "undone_at", "at_the_desk")


@admin.register(Publication)
class PublicationAdmin(ReadingAdmin):
    """Texts set free."""

    list_display = ("id", "slug", "state", "version", "published_at", "retracted_at", "reason_code")
    list_filter = ("state",)
    search_fields = ("slug",)


@admin.register(PublishedVersion)
class PublishedVersionAdmin(ReadingAdmin):
    """Bytes that went out."""

    list_display = ("publication_id", "version", "digest", "attestation_id", "at")


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(ReadingAdmin):
    """Addresses that are told; their secrets stay sealed and unseen."""

    list_display = ("id", "source", "url", "enabled", "disabled_why", "failures_in_a_row", "created_at")
    list_select_related = ("source",)
    exclude = ("sealed_secret", "sealed_old_secret")


@admin.register(Delivery)
class DeliveryAdmin(ReadingAdmin):
    """Messages to endpoints."""

    list_display = ("id", "endpoint_id", "type", "sequence", "outcome", "attempts", "created_at", "finished_at")
    list_filter = ("outcome", "type")


@admin.register(DeliveryAttempt)
class DeliveryAttemptAdmin(ReadingAdmin):
    """What endpoints answered."""

    list_display = ("delivery_id", "number", "at", "status", "duration_ms", "reason")
