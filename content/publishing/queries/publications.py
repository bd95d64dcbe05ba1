"""Questions about what is public."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from content.attestation.queries import bundles
from content.attestation.queries.bundles import AttestationFacts
from content.drafts.facts import DraftId
from content.errors import Invalid
from content.proof.strict import Json
from content.publishing.facts import PublicationId
from content.publishing.models import Publication, PublishedVersion
from content.publishing.refusals import PublicationNotFound
from content.publishing.states import PublicationState

Predicate = Mapping[str, Json]


class CursorUnknown(Invalid):
    """This is no place in the list; begin again without it."""

    code = "cursor_invalid"


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicationFacts:
    """A publication as lists show it, in its newest version."""

    id: PublicationId
    draft_id: DraftId
    source_id: int
    state: PublicationState
    version: int
    slug: str
    title: str
    summary: str
    language: str
    digest: str
    attestation_id: UUID
    claim: str
    disclosure: str
    human_share_bp: int
    canonical_url: str
    train_ai: str
    published_at: datetime
    first_published_at: datetime
    retracted_at: datetime | None
    reason_code: str
    notice: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page of a list. `next` is the place of the following one, or empty."""

    rows: tuple[PublicationFacts, ...]
    next: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedPage:
    """Everything that a published page shows. `source_name` is the file with the text as it was written."""

    facts: PublicationFacts
    attestation: AttestationFacts
    predicate: Predicate
    html: str
    source_name: str


def get_publication(*, publication_id: UUID) -> Publication:
    """Return one publication.

    :raises PublicationNotFound: if there is none.
    """
    found = Publication.objects.filter(pk=publication_id).first()
    if found is None:
        raise PublicationNotFound(publication_id=str(publication_id))
    return found


def publication_of(*, draft_id: UUID) -> Publication | None:
    """Return the publication of a draft, if it was ever public."""
    return Publication.objects.filter(draft=draft_id).first()


def publication_with(*, attestation_id: UUID) -> PublicationFacts | None:
    """Return the publication that an attestation went out with, if it did."""
    version = PublishedVersion.objects.filter(attestation=attestation_id).values("publication").first()
    return None if version is None else facts_of(publication_id=version["publication"])


def facts_of(*, publication_id: UUID) -> PublicationFacts:
    """Return one publication as lists show it.

    :raises PublicationNotFound: if there is none.
    """
    found = _facts(_newest_versions().filter(publication=publication_id))
    if not found:
        raise PublicationNotFound(publication_id=str(publication_id))
    return found[0]


def published(*, after: str = "", limit: int = 50, source_id: int | None = None, state: str = "") -> Page:
    """Return publications, newest first.

    :param after: `next` of the page before.
    :param state: `published` or `retracted`; empty: both.
    :raises CursorUnknown: if `after` is none of our places.
    """
    versions = _newest_versions()
    if source_id is not None:
        versions = versions.filter(publication__draft__source=source_id)
    if state:
        versions = versions.filter(publication__state=state)
    if after:
        versions = versions.filter(_beyond(after))
    rows = _facts(versions.order_by("-publication__published_at", "-publication__id")[: limit + 1])
    more = len(rows) > limit
    return Page(rows=tuple(rows[:limit]), next=_place(rows[limit - 1]) if more else "")


def page_of(*, publication_id: UUID) -> PublishedPage:
    """Return what a published page shows: the bytes that were signed.

    :raises PublicationNotFound: if there is none.
    """
    facts = facts_of(publication_id=publication_id)
    html = bundles.file_of(attestation_id=facts.attestation_id, name="content.html")
    statement = bundles.statement_of(attestation_id=facts.attestation_id)
    return PublishedPage(
        facts=facts,
        attestation=bundles.get_attestation(attestation_id=facts.attestation_id),
        predicate=statement.predicate,
        html=html.decode(),
        source_name="content.md" if "content.md" in statement.subject else "content.txt",
    )


def reserved(*, limit: int = 2000) -> list[tuple[UUID, str]]:
    """Return id and slug of the newest publications whose page declines training."""
    rows = _newest_versions().filter(publication__state=PublicationState.PUBLISHED.value, train_ai="n")
    return list(rows.order_by("-publication__published_at").values_list("publication__id", "publication__slug")[:limit])


def _newest_versions() -> QuerySet[PublishedVersion]:
    return PublishedVersion.objects.select_related("publication__draft", "revision").filter(
        version=F("publication__version")
    )


def _facts(versions: Iterable[PublishedVersion]) -> list[PublicationFacts]:
    rows = list(versions)
    known = bundles.attestations(ids=[row.attestation_id for row in rows])
    return [_one(row, known[row.attestation_id]) for row in rows]


def _one(row: PublishedVersion, attestation: AttestationFacts) -> PublicationFacts:
    publication, revision = row.publication, row.revision
    return PublicationFacts(
        id=PublicationId(publication.pk),
        draft_id=DraftId(publication.draft_id),
        source_id=publication.draft.source_id,
        state=PublicationState(publication.state),
        version=publication.version,
        slug=publication.slug,
        title=revision.title,
        summary=revision.summary,
        language=revision.language,
        digest=row.digest,
        attestation_id=row.attestation_id,
        claim=attestation.claim,
        disclosure=attestation.disclosure,
        human_share_bp=attestation.human_share_bp,
        canonical_url=revision.canonical_url,
        train_ai=row.train_ai,
        published_at=publication.published_at,
        first_published_at=publication.first_published_at,
        retracted_at=publication.retracted_at,
        reason_code=publication.reason_code,
        notice=publication.notice,
    )


def _place(row: PublicationFacts) -> str:
    return f"{row.published_at.astimezone(UTC):%Y%m%dT%H%M%S.%f}-{row.id.hex}"


def _beyond(after: str) -> Q:
    """Return the condition for what comes after a place: an older time, or the same and a lower id."""
    moment, _, name = after.partition("-")
    try:
        at = datetime.strptime(moment, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)
        pk = UUID(hex=name)
    except ValueError as error:
        raise CursorUnknown from error
    return Q(publication__published_at__lt=at) | Q(publication__published_at=at, publication__id__lt=pk)
