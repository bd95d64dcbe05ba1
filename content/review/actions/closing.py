"""The ends of a case: rejected, withdrawn, published."""

from datetime import datetime

from content.actors import Actor, Machine, Person, System, id_of, kind_of, require_system
from content.drafts.actions import counters
from content.drafts.facts import RevisionId
from content.drafts.refusals import StaleRevision
from content.events import actions as events
from content.events.writing import action, quiet_action
from content.review import transitions
from content.review.actions.conclusions import add_result
from content.review.actions.holding import end_lease
from content.review.facts import CaseId, CaseRejected, DraftWithdrawn
from content.review.models import Case
from content.review.queries import cases as case_queries
from content.review.queries import gate as gates
from content.review.queries.facts import facts_of, standing_of
from content.review.queries.gate import Publishable
from content.review.refusals import DigestMismatch, GatePending, ReasonTooShort
from content.review.states import CaseState, LeaseEnd

REASON_LENGTH = 20
REASON_CODES = ("not_needed", "wrong", "duplicate", "quality", "legal", "other")
WITHDRAWN = "withdrawn"


@action
def reject(*, case_id: CaseId, reason_code: str, reason: str, by: Person, at: datetime) -> Case:
    """Decide that a draft is not to be published.

    :raises ReasonTooShort: without a known reason code and 20 characters.
    :raises CaseClosed: if it has ended.
    :raises NotPermitted: without REJECT.
    """
    case = case_queries.lock_case(case_id=case_id)
    facts = facts_of(case_id=case_id, by=by)
    transitions.check("reject", facts, by)
    if reason_code not in REASON_CODES or len(reason.strip()) < REASON_LENGTH:
        raise ReasonTooShort(f"Choose a reason and say more in {REASON_LENGTH} characters or more.")
    end_lease(case=case, why=LeaseEnd.REJECTED, by=by, at=at)
    _close(case, CaseState.REJECTED, by, at, code=reason_code, reason=reason.strip())
    counters.raise_version(draft=case.draft, by=by, at=at)
    rejected = CaseRejected(draft_id=facts.draft_id, case_id=case_id, reason_code=reason_code)
    events.record(rejected, by=by, at=at)
    return case_queries.get_case(case_id=case_id)


@action
def withdraw(
    *, case_id: CaseId, by: Person | Machine, at: datetime, reason: str = "", expected_etag: str | None = None
) -> Case:
    """Take a draft back before it was ever live: its Source, or somebody who may ASSIGN.

    :param expected_etag: the ETag that the caller saw, without quotes; None: whatever stands now.
    :raises StaleRevision: if the draft was changed since.
    :raises AlreadyPublished: if a version was ever out.
    :raises CaseClosed: if the case has ended.
    :raises NotPermitted: without ASSIGN; `scope_missing` for a token without `drafts:write` of this Source.
    """
    case = case_queries.lock_case(case_id=case_id)
    facts = facts_of(case_id=case_id, by=by)
    etag = case_queries.etag_of(draft=case.draft)
    if expected_etag is not None and expected_etag != etag:
        raise StaleRevision(current=etag)
    transitions.check("withdraw", facts, by)
    end_lease(case=case, why=LeaseEnd.WITHDRAWN, by=by, at=at)
    _close(case, CaseState.WITHDRAWN, by, at, code=WITHDRAWN, reason=reason.strip())
    counters.raise_version(draft=case.draft, by=by, at=at)
    events.record(DraftWithdrawn(draft_id=facts.draft_id, case_id=case_id), by=by, at=at)
    return case_queries.get_case(case_id=case_id)


@quiet_action
def close_case(
    *, case_id: CaseId, revision_id: RevisionId, by: System, at: datetime, locked: Case | None = None
) -> Publishable:
    """End a case by publication, inside the transaction that publishes; everything is judged again here.

    :param revision_id: the revision that goes out.
    :param locked: the case, where the caller has locked it already.
    :return: what was checked, with the sign-offs that count.
    :raises NotPermitted: for anybody but the system.
    :raises CaseClosed, NotInState: unless the case is ready.
    :raises DigestMismatch: if the head is another revision.
    :raises GatePending: if the policy in force does not let it out.
    """
    require_system(by)
    case = locked or case_queries.lock_case(case_id=case_id)
    standing = standing_of(case_id=case_id)
    transitions.check("close_case", standing.facts, by)
    found = gates.publishable_now(standing=standing, at=at)
    if found.revision_id != revision_id:
        raise DigestMismatch(digest=found.digest)
    if not found.may_go_out:
        raise GatePending(found.judgement.decision.blocking)
    add_result(standing=standing, judgement=found.judgement, by=by, at=at)
    end_lease(case=case, why=LeaseEnd.PUBLISHED, by=by, at=at)
    _close(case, CaseState.CLOSED_PUBLISHED, by, at, code="published")
    counters.raise_version(draft=case.draft, by=by, at=at)
    return found


def _close(case: Case, state: CaseState, by: Actor, at: datetime, *, code: str, reason: str = "") -> None:
    Case.objects.filter(pk=case.pk).update(
        state=state.value,
        closed_at=at,
        closed_by=f"{kind_of(by)}:{id_of(by)}",
        closing_code=code,
        closing_reason=reason[:2000],
    )
