"""What can happen to publications and to who is told about them."""

from dataclasses import dataclass
from typing import ClassVar, NewType
from uuid import UUID

from content.attestation.facts import AttestationId
from content.drafts.facts import DraftId, RevisionId
from content.events.facts import FACTS, Fact
from content.review.facts import CaseFact

PublicationId = NewType("PublicationId", UUID)


@FACTS.register("publication_requested.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class PublicationRequested(CaseFact):
    """A ready case is to go out."""

    fact: ClassVar[str] = "publication_requested.v1"
    revision_id: RevisionId
    digest: str


@FACTS.register("publication_undone.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class PublicationUndone(CaseFact):
    """A request was taken back before anything was signed."""

    fact: ClassVar[str] = "publication_undone.v1"
    request_id: int


@FACTS.register("draft_published.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class DraftPublished(CaseFact):
    """Signed bytes are public, with their attestation."""

    fact: ClassVar[str] = "draft_published.v1"
    wire: ClassVar[str] = "publication.published"
    publication_id: PublicationId
    attestation_id: AttestationId
    revision_id: RevisionId
    version: int
    digest: str


@FACTS.register("publication_failed.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class PublicationFailed(CaseFact):
    """A signed statement did not go out, because the case had changed meanwhile; it will be revoked."""

    fact: ClassVar[str] = "publication_failed.v1"
    attestation_id: AttestationId
    code: str


@FACTS.register("publication_retracted.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class PublicationRetracted(Fact):
    """A published text was taken back, with a public notice."""

    fact: ClassVar[str] = "publication_retracted.v1"
    wire: ClassVar[str] = "publication.retracted"
    draft_id: DraftId
    publication_id: PublicationId
    attestation_id: AttestationId
    reason_code: str


@FACTS.register("webhook_endpoint_changed.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class WebhookEndpointChanged(Fact):
    """An address to tell was added, changed, switched off or removed; `change` says which."""

    fact: ClassVar[str] = "webhook_endpoint_changed.v1"
    endpoint_id: int
    source_id: int
    change: str


@FACTS.register("endpoint_tested.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class EndpointTested(Fact):
    """Somebody asked for a test message to an address."""

    fact: ClassVar[str] = "endpoint_tested.v1"
    wire: ClassVar[str] = "endpoint.test"
    endpoint_id: int
    source_id: int


@FACTS.register("deliveries_replayed.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveriesReplayed(Fact):
    """What an address missed in a span of time is sent to it once more, with the same ids."""

    fact: ClassVar[str] = "deliveries_replayed.v1"
    endpoint_id: int
    deliveries: int


@FACTS.register("delivery_replayed.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryReplayed(Fact):
    """A delivery is sent once more, with the same id."""

    fact: ClassVar[str] = "delivery_replayed.v1"
    delivery_id: int
