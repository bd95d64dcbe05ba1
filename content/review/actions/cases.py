"""Open cases and say who is to work on them, how soon, and who answers for what is published."""

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from content.actors import SYSTEM, Person, System, require, require_system
from content.drafts import queries as draft_queries
from content.drafts.actions import counters
from content.drafts.facts import DraftId
from content.drafts.states import Priority
from content.events import actions as events
from content.events.uuid7 import uuid7
from content.events.writing import action, quiet_action
from content.lineage import queries as lineage_queries
from content.permissions import Permission
from content.policy import actions as policy_actions
from content.policy import queries as policy_queries
from content.review import transitions
from content.review.actions.conclusions import conclude
from content.review.facts import CaseAssigned, CaseId, CaseOpened, ResponsiblePartySet
from content.review.models import Case, ResponsibleParty
from content.review.queries import cases as case_queries
from content.review.queries.facts import facts_of
from content.review.queue import risk_of
from content.review.refusals import PartyInvalid
from content.review.states import CaseState
from content.text.hidden import blocking_characters

if TYPE_CHECKING:
    from content.drafts.models import Draft
    from content.policy.models import Policy


@quiet_action
def open_case(*, draft_id: DraftId, by: System, at: datetime) -> Case | None:
    """Put a draft into the queue, once; None when it has a case already. A Job after the text was read.

    :raises NotPermitted: for anybody but the system.
    :raises PolicyNotFound: if no policy is active for this kind of text.
    """
    require_system(by)
    draft = draft_queries.lock_draft(draft_id=draft_id)
    if case_queries.case_of(draft_id=draft_id) is not None:
        return None
    return begin_case(draft=draft, by=by, at=at)


@action
def begin_case(*, draft: "Draft", by: System, at: datetime) -> Case:
    """Open a case for a draft that has none open; the caller has locked it.

    :raises NotPermitted: for anybody but the system.
    :raises PolicyNotFound: if no policy is active for this kind of text.
    """
    require_system(by)
    policy = _policy(draft, at)
    case = Case.objects.create(
        id=CaseId(uuid7(at)),
        draft=draft,
        state=CaseState.QUEUED.value,
        policy=policy,
        priority=Priority(draft.priority).rank,
        due_at=draft.due_at or at + policy_queries.body_of(policy=policy).due,
        risk=_risk(draft),
        opened_at=at,
    )
    counters.raise_version(draft=draft, by=by, at=at)
    opened = CaseOpened(draft_id=DraftId(draft.pk), case_id=CaseId(case.pk), policy_id=policy.pk, risk=case.risk)
    cause = events.record(opened, by=by, at=at)
    conclude(case_id=CaseId(case.pk), cause=cause, at=at)
    return case


def _policy(draft: "Draft", at: datetime) -> "Policy":
    try:
        return policy_queries.policy_for(kind=draft.kind, slug=draft.policy_slug)
    except policy_queries.PolicyNotFound:
        policy_actions.install_policies(by=SYSTEM, at=at)
        return policy_queries.policy_for(kind=draft.kind, slug=draft.policy_slug)


def _risk(draft: "Draft") -> int:
    head = draft.head
    assert head is not None  # noqa: S101 (a draft is received with its first revision)
    lineage = lineage_queries.lineage_of(draft_id=DraftId(draft.pk))
    return risk_of(
        hidden_characters=len(blocking_characters(head.text, language=head.language)),
        depth=lineage.depth_max,
        duplicate_share=lineage.reuse_share,
    )


@action
def assign(*, case_id: CaseId, user_id: int | None, by: Person, at: datetime) -> Case:
    """Say who is to take a case; None: whoever likes.

    :raises PersonNotFound: if there is no such person.
    :raises CaseClosed: if the case has ended.
    :raises NotPermitted: without ASSIGN.
    """
    if user_id is not None:
        draft_queries.person_of(user_id=user_id)
    return _change(case_id, {"assignee_id": user_id}, by, at, to=user_id)


@action
def set_priority(*, case_id: CaseId, priority: Priority, by: Person, at: datetime) -> Case:
    """Say how soon a case is to be taken.

    :raises CaseClosed: if the case has ended.
    :raises NotPermitted: without ASSIGN.
    """
    return _change(case_id, {"priority": priority.rank}, by, at)


@action
def set_due(*, case_id: CaseId, due_at: datetime, by: Person, at: datetime) -> Case:
    """Say until when a case is to be done.

    :raises CaseClosed: if the case has ended.
    :raises NotPermitted: without ASSIGN.
    """
    return _change(case_id, {"due_at": due_at}, by, at)


def _change(case_id: CaseId, changes: dict[str, object], by: Person, at: datetime, to: int | None = None) -> Case:
    case = case_queries.lock_case(case_id=case_id)
    facts = facts_of(case_id=case_id, by=by)
    transitions.check("assign", facts, by)
    Case.objects.filter(pk=case_id).update(**changes)
    counters.raise_version(draft=case.draft, by=by, at=at)
    names = tuple(name.removesuffix("_id") for name in changes)
    assigned = CaseAssigned(draft_id=facts.draft_id, case_id=case_id, names=names, to_user_id=to)
    events.record(assigned, by=by, at=at)
    return case_queries.get_case(case_id=case_id)


@action
def set_responsible_party(
    *, name: str, role: str, contact_url: str, by: Person | System, at: datetime
) -> ResponsibleParty:
    """Name a person or function who answers for published texts from now on.

    :param contact_url: an https page that the public can open.
    :raises PartyInvalid: without a name, or with another kind of address.
    :raises NotPermitted: without MANAGE_POLICIES; the system may, for whoever operates the server.
    """
    if not isinstance(by, System):
        require(by, Permission.MANAGE_POLICIES)
    address = urlsplit(contact_url)
    if not name.strip() or not role.strip() or address.scheme != "https" or not address.hostname:
        raise PartyInvalid
    party = ResponsibleParty.objects.create(
        name=name.strip(), role=role.strip(), contact_url=contact_url, valid_from=at
    )
    events.record(ResponsiblePartySet(party_id=party.pk), by=by, at=at)
    return party
