"""A Source sends a new machine text for a draft: it never overwrites a person's, and it voids every sign-off."""

from datetime import datetime
from typing import TYPE_CHECKING

from content.actors import SYSTEM, Machine
from content.drafts import queries as draft_queries
from content.drafts.actions import receiving
from content.drafts.facts import DraftId, RevisionId
from content.events.writing import quiet_action
from content.review.actions.cases import begin_case
from content.review.actions.conclusions import conclude, void_sign_offs
from content.review.facts import CaseId
from content.review.models import Case
from content.review.queries import cases as case_queries
from content.review.queries import gate as gates
from content.review.queries.facts import facts_of
from content.review.refusals import CaseClosed
from content.review.states import CaseState, VoidCause

if TYPE_CHECKING:
    from content.drafts.intake.payload import DraftPayload


@quiet_action
def resubmit(
    *, draft_id: DraftId, payload: "DraftPayload", by: Machine, at: datetime, expected_etag: str | None = None
) -> receiving.Resubmitted:
    """Add a machine text to a draft; the same payload again changes nothing.

    After a publication it opens a new case, and what is live stays live.

    :raises CaseClosed: if the draft was rejected or withdrawn.
    :raises StaleRevision: if the draft was changed since the caller saw `expected_etag`.
    :raises Invalid: `external_id_mismatch`.
    """
    draft_queries.lock_draft(draft_id=draft_id)
    case = case_queries.case_of(draft_id=draft_id)
    if case is not None and case.state in {CaseState.REJECTED.value, CaseState.WITHDRAWN.value}:
        raise CaseClosed(state=case.state)
    answer = receiving.resubmit_draft(
        draft_id=draft_id,
        payload=payload,
        expected_etag=expected_etag,
        after=gates.published_number(draft_id=draft_id),
        by=by,
        at=at,
    )
    if not answer.changed or case is None:
        return answer
    if case.state == CaseState.CLOSED_PUBLISHED.value:
        begin_case(draft=draft_queries.lock_draft(draft_id=draft_id), by=SYSTEM, at=at)
        return answer
    _note(CaseId(case.pk), answer, at)
    return answer


def _note(case_id: CaseId, answer: receiving.Resubmitted, at: datetime) -> None:
    case_queries.lock_case(case_id=case_id)
    Case.objects.filter(pk=case_id).update(changes_requested_at=None)
    facts = facts_of(case_id=case_id)
    void_sign_offs(
        facts=facts,
        sign_offs=[each for each in facts.sign_offs if each.void_cause is None],
        why=VoidCause.MACHINE,
        revision_id=RevisionId(answer.revision.pk),
        cause=None,
        by=SYSTEM,
        at=at,
    )
    conclude(case_id=case_id, at=at)
