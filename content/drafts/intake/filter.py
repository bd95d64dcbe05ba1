"""Intake filters: what a Source sends, in its own spelling, becomes the API's payload. One is chosen per Source."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from content.errors import Invalid
from content.registry import Registry

Filter = Callable[[Mapping[str, Any]], Mapping[str, Any]]
FILTERS: Final[Registry[Filter]] = Registry("intake filter")
intake = FILTERS.register


class IntakeFilterFailed(Invalid):
    """The intake filter of this source could not read the payload; see the source's settings."""

    code = "intake_filter_failed"


def filtered(name: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the filter `name` makes of a payload.

    :raises IntakeFilterFailed: if the filter is not installed, or stumbles over the payload.
    """
    if name not in FILTERS:
        raise IntakeFilterFailed(f"The intake filter '{name}' is not installed.", filter=name)
    try:
        return FILTERS[name](payload)
    except Exception as error:
        raise IntakeFilterFailed(filter=name, error=type(error).__name__) from error
