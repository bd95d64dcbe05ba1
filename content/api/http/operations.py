"""One operation of the API, declared once: what it asks, what it answers, which headers it knows.

The plumbing of `resource.py` works by this declaration and the OpenAPI document is written from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from content.drafts.intake.shapes import Shape
from content.permissions import Scope

ONE_MEBIBYTE: Final = 1024 * 1024
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """A parameter of the address, after the question mark."""

    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """What one method of a resource does.

    `scope` None: any token will do; `is_public`: none is needed. `answers` maps a status to the name of a component or
    a JSON Schema (None: no body). `most_a_minute` is a limit of its own, beside the token's. `refuses` names the
    statuses beyond those that every operation may give.
    """

    id: str
    summary: str
    answers: Mapping[int, Any]
    scope: Scope | None = None
    is_public: bool = False
    request: Shape | None = None
    media_types: tuple[str, ...] = ("application/json",)
    answer_type: str = "application/json"
    most_bytes: int = ONE_MEBIBYTE
    most_a_minute: int = 0
    refuses: tuple[int, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    takes_key: bool = False
    needs_match: bool = False
    has_etag: bool = False
    example: Any = None


def operation(declared: Operation) -> Callable[[View], View]:
    """Keep the declaration beside the method that does it."""

    def keep(view: View) -> View:
        view.operation = declared  # type: ignore[attr-defined]  # read back by operation_of
        return view

    return keep


def operation_of(view: object) -> Operation | None:
    """Return what a method of a resource was declared as."""
    found = getattr(view, "operation", None)
    return found if isinstance(found, Operation) else None
