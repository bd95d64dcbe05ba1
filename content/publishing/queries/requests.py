"""Questions about requests to publish."""

from content.publishing.models import PublicationRequest
from content.review.facts import CaseId


def standing_request(*, case_id: CaseId) -> PublicationRequest | None:
    """Return the newest request of a case that nobody took back."""
    return PublicationRequest.objects.filter(case=case_id, undone_at=None).order_by("-pk").first()


def newest_request(*, case_id: CaseId, digest: str) -> PublicationRequest | None:
    """Return the newest request to publish exactly these bytes, taken back or not."""
    return PublicationRequest.objects.filter(case=case_id, digest=digest).order_by("-pk").first()


def requests_of(*, case_id: CaseId, limit: int = 100) -> list[PublicationRequest]:
    """Return the requests to publish a case, taken back or not, newest first."""
    return list(PublicationRequest.objects.filter(case=case_id).order_by("-pk")[:limit])


def request_of_event(*, event_id: int) -> PublicationRequest | None:
    """Return the request that an Event `PublicationRequested` is about."""
    return PublicationRequest.objects.filter(event_id=event_id).first()
