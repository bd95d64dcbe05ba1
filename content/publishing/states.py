"""Closed sets of words that publications and deliveries use."""

from enum import StrEnum


class PublicationState(StrEnum):
    """Where a publication stands; `unpublished` (taken down for a while) comes later."""

    PUBLISHED = "published"
    RETRACTED = "retracted"


class RetractionReason(StrEnum):
    """Why a text was taken back."""

    ERROR = "error"
    UNRELIABLE_SOURCE = "unreliable_source"
    RIGHTS = "rights"
    LEGAL = "legal"
    OTHER = "other"


class DeliveryOutcome(StrEnum):
    """What became of one message to one endpoint."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    REFUSED = "refused"
    DEAD = "dead"
    SKIPPED = "skipped"


class EndpointChange(StrEnum):
    """What happened to an endpoint."""

    ADDED = "added"
    CHANGED = "changed"
    DISABLED = "disabled"
    REMOVED = "removed"
    SECRET_ROTATED = "secret_rotated"  # noqa: S105 (a word, not a secret)
