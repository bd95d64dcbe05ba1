"""Ask for a text to go out, and take that back while nothing is signed."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from content.actors import (
    Actor,
    Machine,
    Person,
    SourceId,
    Subject,
    System,
    id_of,
    kind_of,
    require,
    require_scope,
    require_system,
)
from content.attestation.queries.bundles import of_request
from content.conf import conf
from content.drafts.actions import counters
from content.drafts.facts import DraftId, RevisionId
from content.events import actions as events
from content.events.writing import action, quiet_action
from content.permissions import Permission, Scope
from content.policy.queries import body_of
from content.publishing.facts import PublicationRequested, PublicationUndone
from content.publishing.models import PublicationRequest
from content.publishing.queries.requests import requests_of, standing_request
from content.publishing.refusals import NothingToUndo, RequestNotAllowed, RequestStands, TestDraftHeld
from content.review.facts import CaseId
from content.review.queries import cases as review_cases
from content.review.queries import gate as review_gate
from content.review.queries.gate import Publishable
from content.review.refusals import DigestMismatch, GatePending, NotInState

if TYPE_CHECKING:
    from content.drafts.models import Draft

WHEN_READY = "when_ready"


@action
def request_publication(
    *, case_id: CaseId, digest: str, by: Person | Machine | System, at: datetime
) -> PublicationRequest:
    """Ask for a ready case to be published; its statement is signed when the time to undo is over.

    :param digest: content digest that the caller expects to go out.
    :raises CaseNotFound: if there is no such case.
    :raises NotInState: if the case is not ready.
    :raises DigestMismatch: if the text is another one.
    :raises GatePending: if the policy in force does not let it out.
    :raises RequestStands: if it is on its way already.
    :raises TestDraftHeld: if it is a test draft and the keys are live.
    :raises RequestNotAllowed: if a Source asks that may not.
    :raises NotPermitted: for a person without PUBLISH; `scope_missing` for a token without its scope.
    """
    case = review_cases.lock_case(case_id=case_id)
    found = review_gate.publishable(case_id=case_id, at=at)
    _permit(by, case.draft, found)
    if not found.is_ready:
        raise NotInState(state=case.state)
    if found.digest != digest:
        raise DigestMismatch(digest=found.digest)
    if not found.may_go_out:
        raise GatePending(found.judgement.decision.blocking)
    if standing_request(case_id=case_id) is not None:
        raise RequestStands
    return _request(found, case.draft, by, at)


def _request(found: Publishable, draft: "Draft", by: Actor, at: datetime) -> PublicationRequest:
    if draft.mode == "test" and conf.key_mode != "test":
        raise TestDraftHeld
    event_id = events.record(
        PublicationRequested(
            draft_id=DraftId(draft.pk),
            case_id=found.case_id,
            revision_id=RevisionId(found.revision_id),
            digest=found.digest,
        ),
        by=by,
        at=at,
    )
    counters.raise_version(draft=draft, by=by, at=at)
    return PublicationRequest.objects.create(
        case_id=found.case_id,
        digest=found.digest,
        event_id=event_id,
        requested_by=f"{kind_of(by)}:{id_of(by)}",
        requested_at=at,
        due_at=at + timedelta(seconds=conf.publish_undo_seconds),
    )


def _permit(by: Actor, draft: "Draft", found: Publishable) -> None:
    match by:
        case Person():
            require(by, Permission.PUBLISH, subject_of(draft=draft, language=found.judgement.reading.language))
        case Machine():
            require_scope(by, Scope.PUBLICATIONS_WRITE)
            source = draft.source
            is_asked = body_of(policy=found.policy).publish != WHEN_READY
            if by.source_id != source.pk or not source.may_request_publication or not is_asked:
                raise RequestNotAllowed
        case System():
            require_system(by)


def subject_of(*, draft: "Draft", language: str) -> Subject:
    """Return what permissions on a draft are asked for."""
    return Subject(source_id=SourceId(draft.source_id), kind=draft.kind, language=language)


@quiet_action
def request_when_ready(*, case_id: CaseId, by: Actor, at: datetime) -> None:
    """Ask for publication where the policy says so, once the case is ready; what a person undid waits for a person.

    :raises RequestStands: while other bytes of the case are still on their way.
    :raises NotPermitted: for anybody but the system.
    """
    system = require_system(by)
    case = review_cases.lock_case(case_id=case_id)
    found = review_gate.publishable(case_id=case_id, at=at)
    is_due = found.may_go_out and body_of(policy=found.policy).publish == WHEN_READY
    asked = requests_of(case_id=case_id) if is_due else []
    if not is_due or any(each.digest == found.digest for each in asked):
        return
    if any(each.undone_at is None for each in asked):
        raise RequestStands
    _request(found, case.draft, system, at)


@action
def undo_publication(*, case_id: CaseId, by: Person, at: datetime) -> PublicationRequest:
    """Take a request back before its statement is signed; the case stays ready and waits for a person then.

    Whoever signed, approved or asked may do it, and whoever may publish.

    :raises NothingToUndo: if nothing was asked for, or it is signed already.
    :raises NotPermitted: for anybody else.
    """
    case = review_cases.lock_case(case_id=case_id)
    found = review_gate.publishable(case_id=case_id, at=at)
    request = standing_request(case_id=case_id)
    who = f"{kind_of(by)}:{id_of(by)}"
    took_part = {sign_off.person_id for sign_off in found.sign_offs}
    if by.id not in took_part and (request is None or request.requested_by != who):
        require(by, Permission.PUBLISH, subject_of(draft=case.draft, language=found.judgement.reading.language))
    if request is None or of_request(event_id=request.event_id) is not None:
        raise NothingToUndo
    request.undone_at, request.undone_by = at, who
    request.save(update_fields=["undone_at", "undone_by"])
    counters.raise_version(draft=case.draft, by=by, at=at)
    events.record(
        PublicationUndone(draft_id=DraftId(case.draft_id), case_id=case_id, request_id=request.pk), by=by, at=at
    )
    return request
