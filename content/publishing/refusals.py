"""What publishing refuses, each with its stable code."""

from content.errors import Conflict, Invalid, NotFound, Refused


class RequestStands(Conflict):
    """This text is on its way out already."""

    code = "request_stands"


class NothingToUndo(Conflict):
    """There is nothing to undo: nothing was asked for, or its record is signed already."""

    code = "nothing_to_undo"


class RequestNotAllowed(Refused):
    """This Source may not ask for publication, or its policy publishes without being asked."""

    code = "request_not_allowed"


class TestDraftHeld(Conflict):
    """A test draft is signed by a test key only, so it is not published here."""

    code = "test_draft"


class PublicationNotFound(NotFound):
    """There is no such publication."""

    code = "publication_not_found"


class NotRetractable(Conflict):
    """Only what is published can be retracted."""

    code = "not_retractable"


class TitleMismatch(Invalid):
    """Type the title exactly as it is published, so that no other text is taken back by mistake."""

    code = "title_mismatch"


class NoticeInvalid(Invalid):
    """Readers need a notice: 20 to 2,000 characters that say what was wrong."""

    code = "notice_invalid"


class EndpointNotFound(NotFound):
    """There is no such webhook endpoint."""

    code = "endpoint_not_found"


class DeliveryNotFound(NotFound):
    """There is no such delivery."""

    code = "delivery_not_found"


class EndpointLimit(Conflict):
    """A Source may have 20 endpoints; remove one first."""

    code = "endpoint_limit"


class UrlRefused(Invalid):
    """We do not send to this address."""

    code = "url_refused"


class EventTypeUnknown(Invalid):
    """There is no such type of event."""

    code = "event_type_unknown"


class RotationOpen(Conflict):
    """The secret before this one is still in force; rotate again when its time is over."""

    code = "rotation_open"


class ReplayTooLarge(Invalid):
    """At most 10,000 deliveries are replayed at a time; choose a shorter span."""

    code = "replay_too_large"
