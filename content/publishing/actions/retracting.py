"""Take back what is public, at once and with a notice: one person with a fresh log-in."""

from datetime import datetime
from uuid import UUID

from content.actors import Person, id_of, kind_of, require
from content.attestation.facts import AttestationId
from content.conf import conf
from content.drafts import queries as drafts
from content.drafts.actions import counters
from content.drafts.facts import DraftId
from content.events import actions as events
from content.events.writing import action
from content.permissions import Permission
from content.publishing.actions.requests import subject_of
from content.publishing.facts import PublicationId, PublicationRetracted
from content.publishing.models import Publication, PublishedVersion
from content.publishing.queries.publications import get_publication
from content.publishing.refusals import NoticeInvalid, NotRetractable, PublicationNotFound, TitleMismatch
from content.publishing.states import PublicationState, RetractionReason
from content.review.login import demand_fresh

SHORTEST, LONGEST = 20, 2000


@action
def retract(
    *,
    publication_id: UUID,
    reason_code: RetractionReason,
    notice: str,
    title: str,
    authenticated_at: datetime | None,
    by: Person,
    at: datetime,
) -> Publication:
    """Take a published text back: its page answers 410 with the notice, its attestation is revoked.

    :param title: typed by the person, equal to the published title.
    :param authenticated_at: when this session last proved who it is.
    :raises PublicationNotFound: if there is none.
    :raises NotRetractable: unless it is published.
    :raises TitleMismatch: if another title was typed.
    :raises NoticeInvalid: if the notice is too short or too long.
    :raises ReauthenticationRequired: if the log-in is not fresh.
    :raises NotPermitted: without RETRACT.
    """
    draft = drafts.lock_draft(draft_id=DraftId(get_publication(publication_id=publication_id).draft_id))
    publication = Publication.objects.select_for_update(no_key=True).get(pk=publication_id)
    live = PublishedVersion.objects.select_related("revision").filter(publication=publication_id)
    newest = live.order_by("-version").first()
    if newest is None:
        raise PublicationNotFound
    require(by, Permission.RETRACT, subject_of(draft=draft, language=newest.revision.language))
    demand_fresh(authenticated_at, at=at, seconds=conf.reauthentication_seconds)
    _demand_retractable(publication, newest.revision.title, title, notice)
    publication.state = PublicationState.RETRACTED.value
    publication.retracted_at, publication.retracted_by = at, f"{kind_of(by)}:{id_of(by)}"
    publication.reason_code, publication.notice = reason_code.value, notice.strip()
    publication.save(update_fields=["state", "retracted_at", "retracted_by", "reason_code", "notice"])
    counters.raise_version(draft=draft, by=by, at=at)
    events.record(
        PublicationRetracted(
            draft_id=DraftId(draft.pk),
            publication_id=PublicationId(publication_id),
            attestation_id=AttestationId(newest.attestation_id),
            reason_code=reason_code.value,
        ),
        by=by,
        at=at,
    )
    return publication


def _demand_retractable(publication: Publication, published_title: str, title: str, notice: str) -> None:
    if publication.state != PublicationState.PUBLISHED.value:
        raise NotRetractable
    if title.strip() != published_title.strip():
        raise TitleMismatch
    if not SHORTEST <= len(notice.strip()) <= LONGEST:
        raise NoticeInvalid
