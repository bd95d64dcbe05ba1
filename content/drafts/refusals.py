"""What the drafts part refuses, one class a reason."""

from typing import ClassVar

from content.errors import Conflict, Invalid, NotFound, Refused


class DraftNotFound(NotFound):
    """There is no such draft, or it is not yours to see."""

    code = "draft_not_found"


class RevisionNotFound(NotFound):
    """The draft has no such revision."""

    code = "revision_not_found"


class SourceNotFound(NotFound):
    """There is no such source."""

    code = "source_not_found"


class TokenNotFound(NotFound):
    """There is no such token."""

    code = "token_not_found"


class GrantNotFound(NotFound):
    """There is no such grant."""

    code = "grant_not_found"


class PersonNotFound(NotFound):
    """There is no such person."""

    code = "person_not_found"


class SourceExists(Conflict):
    """Another source has this name already; choose another."""

    code = "source_exists"


class RoleAlreadyGranted(Conflict):
    """This person has this role already."""

    code = "role_already_granted"


class ExternalIdTaken(Conflict):
    """Another text was posted under this external_id; use PUT to replace it."""

    code = "external_id_taken"


class ExternalIdMismatch(Invalid):
    """The external_id of a draft never changes; send the one it was posted with."""

    code = "external_id_mismatch"


class StaleRevision(Conflict):
    """The draft was changed since you read it; read it again and decide anew."""

    code = "stale_revision"
    status: ClassVar[int] = 412


class LeaseLost(Conflict):
    """Somebody else holds this case now; your text is kept on this device and can be kept as a branch."""

    code = "lease_lost"


class SequenceGap(Conflict):
    """Changes before these are missing; send them again from the number expected."""

    code = "sequence_gap"


class UnsavedText(Conflict):
    """You typed something that is no version yet; save or discard it first."""

    code = "unsaved_text"


class TextTooLarge(Invalid):
    """The text is larger than 512 KiB; split it."""

    code = "text_too_large"
    status: ClassVar[int] = 413


class IdempotencyKeyReused(Invalid):
    """This Idempotency-Key was used for another request; take a new key."""

    code = "idempotency_key_reused"


class IdempotencyInProgress(Conflict):
    """The same request is being worked right now; try again in a second."""

    code = "idempotency_in_progress"


class TokenRefused(Refused):
    """This token opens nothing."""

    status: ClassVar[int] = 401


class TokenMalformed(TokenRefused):
    """This is no token of ReviewDesk; copy it whole, from rd_ to its last character."""

    code = "token_malformed"


class TokenUnknown(TokenRefused):
    """Nobody knows this token; ask whoever runs the desk for one."""

    code = "token_unknown"


class TokenExpired(TokenRefused):
    """This token's time is over; ask for a new one."""

    code = "token_expired"


class TokenRevoked(TokenRefused):
    """This token was revoked; ask for a new one."""

    code = "token_revoked"


class SourceDisabled(Refused):
    """This source is switched off; ask whoever runs the desk."""

    code = "source_disabled"


class AddressTaken(Conflict):
    """Somebody has this e-mail address already; grant that person the role instead."""

    code = "address_taken"
