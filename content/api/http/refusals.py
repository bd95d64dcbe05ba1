"""What the API door itself refuses, before any action is asked."""

from typing import ClassVar

from content.errors import Invalid, NotFound, Refused, ReviewDeskError, Unavailable


class BadRequest(Invalid):
    """The request cannot be read."""

    status: ClassVar[int] = 400


class JsonInvalid(BadRequest):
    """The body is not JSON; the detail says where it stops being so."""

    code = "json_invalid"


class Utf8Invalid(BadRequest):
    """The body is not valid UTF-8."""

    code = "utf8_invalid"


class ParameterUnknown(BadRequest):
    """The address has a parameter that this resource does not know; typing errors never widen a list silently."""

    code = "parameter_unknown"


class ParameterInvalid(BadRequest):
    """A parameter of the address has a value that cannot be."""

    code = "parameter_invalid"


class CursorInvalid(BadRequest):
    """This cursor belongs to another list or was changed; begin without one."""

    code = "cursor_invalid"


class DigestInvalid(BadRequest):
    """A digest is sha256: and 64 hexadecimal digits."""

    code = "digest_invalid"


class IdempotencyKeyInvalid(BadRequest):
    """An Idempotency-Key is 1 to 255 printable ASCII characters, in quotes or bare."""

    code = "idempotency_key_invalid"


class TokenInUrl(BadRequest):
    """A token stood in the address, where logs keep it; it is revoked now. Send it as Authorization: Bearer."""

    code = "token_in_url"


class TokenMissing(Refused):
    """This needs a token: Authorization: Bearer rd_live_..."""

    code = "token_missing"
    status: ClassVar[int] = 401


class ResourceNotFound(NotFound):
    """There is nothing at this address."""

    code = "not_found"


class MethodNotAllowed(ReviewDeskError):
    """This resource does not know that method; the header Allow lists those it knows."""

    code = "method_not_allowed"
    status: ClassVar[int] = 405


class NotAcceptable(ReviewDeskError):
    """The API speaks JSON; let Accept allow application/json."""

    code = "not_acceptable"
    status: ClassVar[int] = 406


class PublicationRetracted(ReviewDeskError):
    """This was published and then taken back; the notice says why."""

    code = "publication_retracted"
    status: ClassVar[int] = 410


class RequestTooLarge(Invalid):
    """The request is larger than this resource takes."""

    code = "request_too_large"
    status: ClassVar[int] = 413


class MediaTypeUnsupported(Invalid):
    """The body must be JSON, in UTF-8, with Content-Type: application/json."""

    code = "media_type_unsupported"
    status: ClassVar[int] = 415


class EncodingUnsupported(Invalid):
    """The body may not be compressed; send it without Content-Encoding."""

    code = "encoding_unsupported"
    status: ClassVar[int] = 415


class PreconditionMissing(Invalid):
    """This changes a draft: send If-Match with the ETag that you read last."""

    code = "precondition_missing"
    status: ClassVar[int] = 428


class JsonDuplicateKey(Invalid):
    """An object names a member twice."""

    code = "json_duplicate_key"


class JsonTooDeep(Invalid):
    """The JSON is more than 16 levels deep."""

    code = "json_too_deep"


class JsonTooManyKeys(Invalid):
    """The JSON has more than 12,000 members."""

    code = "json_too_many_keys"


class NumberRefused(Invalid):
    """A number is not finite, or a whole number beyond 2^53."""

    code = "number_refused"


class ControlCharacters(Invalid):
    """A string holds a control character other than tab, line feed and carriage return."""

    code = "control_characters"


class NulRefused(Invalid):
    """A string holds U+0000."""

    code = "nul_refused"


class SurrogateRefused(Invalid):
    """A string holds half of a surrogate pair."""

    code = "surrogate_refused"


class BatchTooLarge(Invalid):
    """A batch holds 1 to 100 drafts."""

    code = "batch_too_large"


class RateLimited(ReviewDeskError):
    """Too many requests in this minute; wait for the seconds in Retry-After."""

    code = "rate_limited"
    status: ClassVar[int] = 429


class Internal(ReviewDeskError):
    """Something went wrong here; nothing was stored. Tell whoever runs the desk the request id."""

    code = "internal"
    status: ClassVar[int] = 500


class DatabaseAway(Unavailable):
    """The database does not answer right now; nothing was stored, and a repeat is safe."""

    code = "unavailable"
