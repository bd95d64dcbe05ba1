"""Questions about cases, and the lock that every action on one begins with."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from content.drafts.etag import etag_of as etag_text
from content.drafts.facts import DraftId
from content.review.facts import CaseId
from content.review.models import (
    Case,
)
from content.review.refusals import CaseNotFound
from content.review.states import OPEN_STATES

if TYPE_CHECKING:
    from content.drafts.models import Draft

OPEN = [state.value for state in OPEN_STATES]


def get_case(*, case_id: CaseId) -> Case:
    """Return one case with its draft, head and policy.

    :raises CaseNotFound: if there is none.
    """
    case = Case.objects.select_related("draft__head", "draft__source", "policy").filter(pk=case_id).first()
    if case is None:
        raise CaseNotFound(case_id=str(case_id))
    return case


def case_of(*, draft_id: DraftId) -> Case | None:
    """Return the newest case of a draft; None before its first."""
    return Case.objects.select_related("policy").filter(draft=draft_id).order_by("-opened_at", "-id").first()


def has_case(*, draft_id: DraftId) -> bool:
    """Tell whether a draft was ever in the queue."""
    return Case.objects.filter(draft=draft_id).exists()


def open_case_of(*, draft_id: DraftId) -> Case | None:
    """Return the case of a draft that has not ended."""
    return Case.objects.filter(draft=draft_id, state__in=OPEN).first()


def cases_of(*, draft_id: DraftId, limit: int = 50) -> QuerySet[Case]:
    """Return every case of a draft, newest first."""
    return Case.objects.select_related("policy").filter(draft=draft_id).order_by("-opened_at", "-id")[:limit]


def state_of(*, draft_id: DraftId) -> str:
    """Return the state that API and queue show for a draft: `received` before its first case."""
    case = case_of(draft_id=draft_id)
    return "received" if case is None else case.state


def states_of(*, draft_ids: Sequence[DraftId]) -> dict[DraftId, str]:
    """Return the state of each of these drafts that has a case; the others are `received`."""
    rows = Case.objects.filter(draft__in=draft_ids).order_by("opened_at", "id").values_list("draft_id", "state")
    return {DraftId(draft_id): state for draft_id, state in rows}


def drafts_in_state(*, state: str) -> QuerySet[Case, UUID]:
    """Return the ids of drafts whose newest case is in a state, as a question that another may hold."""
    newer = Case.objects.filter(draft=OuterRef("draft"), opened_at__gt=OuterRef("opened_at"))
    return Case.objects.filter(~Exists(newer), state=state).values_list("draft", flat=True)


def drafts_with_a_case() -> QuerySet[Case, UUID]:
    """Return the ids of drafts that ever had a case, as a question that another may hold; the others are `received`."""
    return Case.objects.values_list("draft", flat=True)


def etag_of(*, draft: "Draft") -> str:
    """Return the strong ETag of a draft and its case, without quotes: version and digest of the head."""
    return etag_text(draft.version, draft.head.digest if draft.head else "")


def lock_case(*, case_id: CaseId) -> Case:
    """Lock the draft, then the case, until the transaction ends; both are fresh then.

    :raises CaseNotFound: if there is none.
    """
    case = (
        Case.objects.select_for_update(no_key=True, of=("draft", "self"))
        .select_related("draft")
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise CaseNotFound(case_id=str(case_id))
    return case
