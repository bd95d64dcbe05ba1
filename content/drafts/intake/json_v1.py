"""The payload as the API documents it: nothing to translate."""

from collections.abc import Mapping
from typing import Any

from content.drafts.intake.filter import intake


@intake("json.v1")
def json_v1(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the payload as it came."""
    return payload
