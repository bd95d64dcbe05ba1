"""The two counters of a draft, raised by whoever holds its lock."""

from datetime import datetime

from content.actors import Actor
from content.drafts.models import Draft
from content.events.writing import quiet_action


@quiet_action
def raise_version(*, draft: Draft, by: Actor, at: datetime) -> int:  # noqa: ARG001 (every action names its actor)
    """Note that something about a draft or its case changed, and return the new version.

    :param draft: the row that the caller has locked.
    """
    draft.version += 1
    draft.changed_at = at
    draft.save(update_fields=["version", "changed_at"])
    return draft.version


@quiet_action
def raise_fence(*, draft: Draft, by: Actor, at: datetime) -> int:  # noqa: ARG001 (the same)
    """Note that a lease began or ended: whoever saves with an older fence is refused. Raises the version too.

    :param draft: the row that the caller has locked.
    """
    draft.fence += 1
    draft.version += 1
    draft.changed_at = at
    draft.save(update_fields=["fence", "version", "changed_at"])
    return draft.fence
