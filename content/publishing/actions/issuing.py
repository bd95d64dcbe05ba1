"""Have the statement about a requested publication signed, unless the request was taken back or came to nothing."""

from datetime import datetime

from content.actors import Actor, id_of, kind_of, require_system
from content.attestation.actions import issuing
from content.attestation.actions.issuing import Signed
from content.attestation.queries.attestable import NotAttestable
from content.drafts import queries as drafts
from content.drafts.facts import DraftId
from content.events import actions as events
from content.events.writing import quiet_action
from content.publishing.facts import PublicationUndone
from content.publishing.models import PublicationRequest
from content.publishing.queries.requests import request_of_event
from content.review.facts import CaseId


def prepare_issue(*, draft_id: DraftId, case_id: CaseId, event_id: int, at: datetime) -> Signed | None:
    """Read, build and sign; None if the request was taken back or its case is not ready any more.

    :raises NotYet: while the text is still being measured or rendered.
    """
    request = request_of_event(event_id=event_id)
    if request is None or request.undone_at is not None:
        return None
    try:
        return issuing.prepare_issue(draft_id=draft_id, case_id=case_id, event_id=event_id, at=at)
    except NotAttestable:
        return None


@quiet_action
def issue(
    *, draft_id: DraftId, case_id: CaseId, event_id: int, prepared: Signed | None, by: Actor, at: datetime
) -> None:
    """Store the signed statement, unless the request was taken back while it was signed.

    :raises NotPermitted: for anybody but the system.
    :raises NotYet: if draft or case changed meanwhile: it is made anew.
    """
    require_system(by)
    draft = drafts.lock_draft(draft_id=draft_id)
    request = PublicationRequest.objects.select_for_update(no_key=True).filter(event_id=event_id).first()
    if request is None or request.undone_at is not None:
        return
    if prepared is not None:
        issuing.issue(
            draft_id=draft_id, case_id=case_id, event_id=event_id, prepared=prepared, locked=draft, by=by, at=at
        )
        return
    request.undone_at, request.undone_by = at, f"{kind_of(by)}:{id_of(by)}"
    request.save(update_fields=["undone_at", "undone_by"])
    events.record(PublicationUndone(draft_id=draft_id, case_id=case_id, request_id=request.pk), by=by, at=at)
