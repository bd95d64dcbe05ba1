"""PATCH of a draft: a merge patch (RFC 7396) of what is not text."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from content.drafts.intake.fields import CONTEXT, DUE_AT, PRIORITY, TAGS
from content.drafts.intake.payload import DUE_AT_MOST
from content.drafts.intake.shapes import Faults, Member, Record, step
from content.drafts.states import Priority

AMENDMENT: Final = Record(
    code="payload_invalid",
    members={
        "priority": Member(shape=PRIORITY),
        "due_at": Member(shape=DUE_AT),
        "tags": Member(shape=TAGS),
        "context": Member(shape=CONTEXT, note="Merged into the stored one; null removes a member."),
    },
    example={"priority": "high", "tags": ["heating"]},
)
REMOVED: Final[Mapping[str, Any]] = {"priority": Priority.NORMAL.value, "due_at": None, "tags": [], "context": {}}


def merged(target: object, patch: object) -> Any:
    """Return `target` after a merge patch. Source: RFC 7396, section 2."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result


def read_amendment(patch: object, *, context: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Return the new values by field name; a field set to null goes back to its default.

    :param context: the stored context, into which a given one is merged.
    :raises ValidationFailed: if a field is not one of the four (`field_not_patchable`), or wrong.
    """
    faults = Faults()
    known: dict[str, Any] = {}
    for key, value in patch.items() if isinstance(patch, dict) else ():
        if key in AMENDMENT.members:
            known[key] = merged(dict(context), value) if key == "context" and isinstance(value, dict) else value
        else:
            detail = f"PATCH changes {', '.join(AMENDMENT.members)}; a new text comes by PUT."
            faults.add(step("", key), "field_not_patchable", detail)
    clean = AMENDMENT.read(known if isinstance(patch, dict) else patch, "", faults) or {}
    if clean.get("due_at") is not None and clean["due_at"] > at + DUE_AT_MOST:
        faults.add("/due_at", "time_invalid", "This is more than 2 years ahead.")
    faults.refuse_any()
    return clean | {key: REMOVED[key] for key, value in known.items() if value is None}
