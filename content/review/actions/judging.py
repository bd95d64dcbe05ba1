"""Jobs that judge cases anew after something a rule reads has changed. Running one twice, or late, does no harm."""

from datetime import datetime

from content.actors import System, require_system
from content.drafts.facts import DraftId, RevisionId
from content.events.writing import quiet_action
from content.policy import queries as policy_queries
from content.review.actions.conclusions import conclude
from content.review.facts import CaseId
from content.review.models import Case
from content.review.queries import cases as case_queries
from content.review.states import OPEN_STATES

CASES_AT_ONCE = 500


@quiet_action
def judge(*, draft_id: DraftId, by: System, at: datetime) -> None:
    """Judge the open case of a draft: after its text was measured or its lineage became known.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    case = case_queries.open_case_of(draft_id=draft_id)
    if case is not None:
        case_queries.lock_case(case_id=CaseId(case.pk))
        conclude(case_id=CaseId(case.pk), at=at)


@quiet_action
def note_revision(*, draft_id: DraftId, revision_id: RevisionId, by: System, at: datetime) -> None:
    """Write down what a new revision does to the sign-offs of the open case.

    :raises NotPermitted: for anybody but the system.
    """
    del revision_id  # the head may be newer by now; what counts is how the sign-offs stand against all of them
    judge(draft_id=draft_id, by=by, at=at)


@quiet_action
def judge_under_policy(*, policy_id: int, by: System, at: datetime) -> int:
    """Judge every open case of a kind under the policy that became active for it.

    :return: how many were judged.
    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    policy = policy_queries.policy_by_id(policy_id=policy_id)
    if policy.state != "active":
        return 0
    waiting = (
        Case.objects.filter(state__in=[state.value for state in OPEN_STATES], draft__kind=policy.kind)
        .exclude(policy=policy)
        .order_by("id")
    )
    case_ids = list(waiting.values_list("pk", flat=True)[:CASES_AT_ONCE])
    for case_id in case_ids:
        case = case_queries.lock_case(case_id=CaseId(case_id))
        if policy_queries.policy_for(kind=policy.kind, slug=case.draft.policy_slug).pk != policy.pk:
            continue
        Case.objects.filter(pk=case_id).update(policy=policy)
        conclude(case_id=CaseId(case_id), at=at)
    return len(case_ids)
