"""The five families of refusals, each with the HTTP status that a door answers with.

Every error that an action raises on purpose belongs to one family and carries a stable `code` that appears in
the API, in logs and in the docs. Its message says what to do next.
"""

from collections.abc import Mapping
from typing import ClassVar


class ReviewDeskError(Exception):
    """A refusal with a stable code.

    :param detail: one sentence for the person or program that asked; the class docstring's first line otherwise.
    :param params: numbers and ids a door may show beside the sentence; never draft text.
    """

    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500

    def __init__(self, detail: str = "", **params: object) -> None:
        self.detail = detail or (type(self).__doc__ or self.code).strip().splitlines()[0]
        self.params: Mapping[str, object] = params
        super().__init__(self.detail)


class Invalid(ReviewDeskError):
    """The request cannot be understood or breaks a stated limit."""

    code = "validation_failed"
    status = 422


class Refused(ReviewDeskError):
    """This actor may not do that."""

    code = "not_permitted"
    status = 403


class NotFound(ReviewDeskError):
    """There is no such thing, or it is not yours to see."""

    code = "not_found"
    status = 404


class Conflict(ReviewDeskError):
    """The state of the draft does not allow this now; look again and decide anew."""

    code = "not_in_state"
    status = 409


class Unavailable(ReviewDeskError):
    """Something this needs is not there right now; try again shortly."""

    code = "unavailable"
    status = 503
