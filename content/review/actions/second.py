"""What the second pair of eyes may say but yes: send back, lift an objection, ask the Source for another text."""

from datetime import datetime

from content.actors import SYSTEM, Person
from content.drafts.actions import counters
from content.events import actions as events
from content.events.writing import action
from content.permissions import Permission
from content.review import transitions
from content.review.actions.conclusions import conclude, void_sign_offs
from content.review.actions.holding import end_lease
from content.review.facts import CaseId, CaseSentBack, ChangesRequested, ObjectionLifted
from content.review.guards import Reason
from content.review.models import Case, Comment, Objection, ObjectionLift
from content.review.queries import cases as case_queries
from content.review.queries.facts import facts_of
from content.review.refusals import ObjectionNotFound, ReasonTooShort
from content.review.states import CaseState, LeaseEnd, SignOffKind, VoidCause

REASON_LENGTH = 20
REASON_CODES = ("facts", "sources", "tone", "structure", "legal", "scope", "other")


@action
def send_back(*, case_id: CaseId, reason_code: str, reason: str, by: Person, at: datetime) -> Objection:
    """Return a case to its editor, with an objection that stands until it is lifted.

    :raises ReasonTooShort: without a known reason code and 20 characters.
    :raises LeaseHeld: if somebody else works on it.
    :raises NotPermitted: without SEND_BACK.
    """
    case = case_queries.lock_case(case_id=case_id)
    facts = facts_of(case_id=case_id, by=by)
    transitions.check("send_back", facts, by)
    if reason_code not in REASON_CODES or len(reason.strip()) < REASON_LENGTH:
        raise ReasonTooShort(f"Choose a reason and say more in {REASON_LENGTH} characters or more.")
    end_lease(case=case, why=LeaseEnd.SENT_BACK, by=by, at=at)
    objection = Objection.objects.create(
        case=case, person_id=by.id, reason_code=reason_code, reason=reason.strip(), at=at
    )
    editor = facts.editor_sign_off
    if case.assignee_id is None and editor is not None:
        Case.objects.filter(pk=case_id).update(assignee=editor.person_id)
    sent = CaseSentBack(draft_id=facts.draft_id, case_id=case_id, objection_id=objection.pk, reason_code=reason_code)
    counters.raise_version(draft=case.draft, by=by, at=at)
    cause = events.record(sent, by=by, at=at)
    void_sign_offs(
        facts=facts,
        sign_offs=[each for each in facts.valid_sign_offs if each.kind is SignOffKind.EDITOR],
        why=VoidCause.SENT_BACK,
        revision_id=None,
        cause=cause,
        by=SYSTEM,
        at=at,
    )
    conclude(case_id=case_id, cause=cause, at=at)
    return objection


@action
def lift_objection(*, objection_id: int, by: Person, at: datetime, reason: str = "") -> ObjectionLift:
    """End an objection: its author, or with a reason somebody who may ASSIGN.

    :raises ObjectionNotFound: if there is none that stands.
    :raises ReasonTooShort: for another's objection, without a reason of 20 characters.
    :raises NotPermitted: for another's objection, without ASSIGN.
    """
    objection = Objection.objects.filter(pk=objection_id).first()
    if objection is None:
        raise ObjectionNotFound(objection_id=objection_id)
    case_id = CaseId(objection.case_id)
    case = case_queries.lock_case(case_id=case_id)
    facts = facts_of(case_id=case_id, by=by)
    transitions.check("lift_objection", facts, by)
    if all(each.id != objection_id for each in facts.objections):
        raise ObjectionNotFound(objection_id=objection_id)
    mine = objection.person_id == by.id
    if not mine and not by.may(Permission.ASSIGN, facts.subject):
        transitions.refuse(Reason(code="not_permitted", reason="Whoever objected lifts it, or a manager."))
    if not mine and len(reason.strip()) < REASON_LENGTH:
        raise ReasonTooShort(f"Say why in {REASON_LENGTH} characters or more.")
    lift = ObjectionLift.objects.create(objection=objection, person_id=by.id, reason=reason.strip(), at=at)
    lifted = ObjectionLifted(draft_id=facts.draft_id, case_id=case_id, objection_id=objection_id)
    counters.raise_version(draft=case.draft, by=by, at=at)
    cause = events.record(lifted, by=by, at=at)
    conclude(case_id=case_id, cause=cause, at=at)
    return lift


@action
def request_changes(*, case_id: CaseId, by: Person, at: datetime) -> Case:
    """Ask the Source for another text; the open comments that are meant for it say what to change.

    :raises NothingToChange: if no open comment is meant for the Source.
    :raises LeaseLost: in review, unless `by` holds the case.
    :raises NotPermitted: without SIGN in review, APPROVE after the editor's sign-off.
    """
    case = case_queries.lock_case(case_id=case_id)
    facts = facts_of(case_id=case_id, by=by)
    second = facts.state is CaseState.AWAITING_SECOND
    transitions.check("request_changes_as_approver" if second else "request_changes", facts, by)
    end_lease(case=case, why=LeaseEnd.CHANGES_REQUESTED, by=by, at=at)
    Case.objects.filter(pk=case_id).update(changes_requested_at=at)
    asked = Comment.objects.filter(case=case_id, for_source=True, resolved_at=None).order_by("id")
    requested = ChangesRequested(
        draft_id=facts.draft_id, case_id=case_id, comment_ids=tuple(asked.values_list("pk", flat=True))
    )
    counters.raise_version(draft=case.draft, by=by, at=at)
    cause = events.record(requested, by=by, at=at)
    void_sign_offs(
        facts=facts,
        sign_offs=facts.valid_sign_offs,
        why=VoidCause.CHANGES_REQUESTED,
        revision_id=None,
        cause=cause,
        by=SYSTEM,
        at=at,
    )
    conclude(case_id=case_id, cause=cause, at=at)
    return case_queries.get_case(case_id=case_id)
