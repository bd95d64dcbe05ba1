"""What follows when somebody may no longer do what they did: their leases end, their sign-offs count no more."""

from collections.abc import Collection
from datetime import datetime

from content.actors import SYSTEM, Person, System, require_system
from content.drafts import queries as draft_queries
from content.drafts.facts import DraftId
from content.events import actions as events
from content.events.writing import action, quiet_action
from content.permissions import Permission
from content.review.actions.conclusions import conclude, void_sign_offs
from content.review.actions.holding import end_lease
from content.review.facts import CaseId, LeaseReleased
from content.review.models import Case, Lease, SignOff
from content.review.queries import cases as case_queries
from content.review.queries.facts import facts_of
from content.review.situation import CaseFacts
from content.review.states import OPEN_STATES, LeaseEnd, Purpose, SignOffKind, VoidCause

NEEDED_TO_HOLD = {Purpose.EDIT: Permission.CLAIM, Purpose.APPROVE: Permission.APPROVE}
NEEDED_TO_SIGN = {SignOffKind.EDITOR: Permission.SIGN, SignOffKind.APPROVER: Permission.APPROVE}


@quiet_action
def note_role_lost(*, user_id: int, by: System, at: datetime) -> None:
    """Take back what a person can no longer answer for in cases that are open. A Job after a role was revoked.

    :raises NotPermitted: for anybody but the system.
    :raises PersonNotFound: if there is no such account.
    """
    require_system(by)
    person = draft_queries.person_of(user_id=user_id)
    for case_id in _cases_with(user_id):
        case = case_queries.lock_case(case_id=case_id)
        facts = facts_of(case_id=case_id)
        if _may_not_hold(person, facts):
            take_back_lease(case=case, by=SYSTEM, at=at)
        gone = [
            each
            for each in facts.valid_sign_offs
            if each.person_id == user_id and not person.may(NEEDED_TO_SIGN[each.kind], facts.subject)
        ]
        void_sign_offs(facts=facts, sign_offs=gone, why=VoidCause.ACTOR, revision_id=None, cause=None, by=SYSTEM, at=at)
        conclude(case_id=case_id, at=at)


def _cases_with(user_id: int) -> Collection[CaseId]:
    open_cases = Case.objects.filter(state__in=[state.value for state in OPEN_STATES])
    held = Lease.objects.filter(holder=user_id, ended_at=None).values("case")
    signed = SignOff.objects.filter(person=user_id).values("case")
    found = open_cases.filter(pk__in=held) | open_cases.filter(pk__in=signed)
    return [CaseId(pk) for pk in found.order_by("id").values_list("pk", flat=True)]


def _may_not_hold(person: Person, facts: CaseFacts) -> bool:
    lease = facts.lease
    if lease is None or lease.holder_id != person.id:
        return False
    return not person.may(NEEDED_TO_HOLD[lease.purpose], facts.subject)


@action
def take_back_lease(*, case: Case, by: System, at: datetime) -> None:
    """End the lease of a case, whose rows the caller has locked; the text typed under it is kept.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    ended = end_lease(case=case, why=LeaseEnd.ROLE_LOST, by=by, at=at)
    released = LeaseReleased(
        draft_id=DraftId(case.draft_id), case_id=CaseId(case.pk), lease_id=ended.lease.pk if ended else 0
    )
    events.record(released, by=by, at=at)
