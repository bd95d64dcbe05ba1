"""Questions about people, sources, drafts and their texts."""

from collections.abc import Collection, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet

from content.actors import Granted, Machine, Person, PersonId, SourceId
from content.drafts.callers import Caller, DraftFilter, RevisionLine
from content.drafts.intake.payload import SourceFacts
from content.drafts.models import Draft, Grant, ReceivedBody, Rendering, Revision, Source, SourceToken, WorkingCopy
from content.drafts.refusals import (
    DraftNotFound,
    PersonNotFound,
    RevisionNotFound,
    SourceDisabled,
    SourceNotFound,
    TokenExpired,
    TokenRevoked,
    TokenUnknown,
)
from content.drafts.rendering import renderer_of
from content.drafts.states import Format, Origin, Placement
from content.drafts.tokens import is_same, parse
from content.permissions import Role, Scope

EXTERNAL = "ext:"


def identity_keys(*, user_ids: Collection[int]) -> Mapping[int, str]:
    """Return what tells human beings apart: two accounts with one e-mail address are one of them."""
    rows = get_user_model().objects.filter(pk__in=user_ids).values_list("pk", "email")
    return {pk: _identity_key(pk, email) for pk, email in rows}


def _identity_key(user_id: int, email: str) -> str:
    return email.strip().lower() or f"user:{user_id}"


def person_of(*, user_id: int) -> Person:
    """Return somebody who is logged in, with all grants; none for an account that is switched off.

    :raises PersonNotFound: if there is no such account.
    """
    row = get_user_model().objects.filter(pk=user_id).values_list("email", "is_active").first()
    if row is None:
        raise PersonNotFound(user_id=user_id)
    email, is_active = row
    return Person(
        id=PersonId(user_id),
        identity_key=_identity_key(user_id, email),
        grants=grants_of(user_id=user_id) if is_active else (),
    )


def grants_of(*, user_id: int) -> tuple[Granted, ...]:
    """Return the roles that a person was given, and what each reaches."""
    return tuple(
        Granted(
            role=Role(grant.role),
            source_id=SourceId(grant.source_id) if grant.source_id else None,
            kind=grant.kind or None,
            language=grant.language or None,
        )
        for grant in Grant.objects.filter(user_id=user_id).order_by("pk")
    )


def grants(*, limit: int = 500) -> QuerySet[Grant]:
    """Return who may do what, by person."""
    return Grant.objects.select_related("user", "source").order_by("user_id", "role", "pk")[:limit]


def sources(*, limit: int = 500) -> QuerySet[Source]:
    """Return all sources by name."""
    return Source.objects.order_by("name", "pk")[:limit]


def tokens_of(*, source_id: int, limit: int = 200) -> QuerySet[SourceToken]:
    """Return a source's tokens, newest first."""
    return SourceToken.objects.filter(source_id=source_id).order_by("-pk")[:limit]


def get_source(*, slug: str) -> Source:
    """Return a source by its short name.

    :raises SourceNotFound: if there is none.
    """
    source = Source.objects.filter(slug=slug).first()
    if source is None:
        raise SourceNotFound(slug=slug)
    return source


def token_id_of(*, plaintext: str) -> int | None:
    """Return the id of a token that is spelled right and not revoked yet, or None."""
    rows = SourceToken.objects.filter(sha256=sha256(plaintext.encode()).hexdigest(), revoked_at=None)
    return rows.values_list("pk", flat=True).first()


def authenticate(*, plaintext: str, at: datetime) -> Caller:
    """Return who shows this token.

    :raises TokenMalformed: if its form or checksum is wrong.
    :raises TokenUnknown: if nobody was given it.
    :raises TokenRevoked: if it was revoked.
    :raises TokenExpired: if its time is over.
    :raises SourceDisabled: if its source is switched off.
    """
    parsed = parse(plaintext)
    token = SourceToken.objects.select_related("source").filter(lookup=parsed.lookup).first()
    if token is None or not is_same(token.sha256, parsed.sha256):
        raise TokenUnknown
    if token.revoked_at is not None:
        raise TokenRevoked
    if token.is_expired(at):
        raise TokenExpired
    if token.source.disabled_at is not None:
        raise SourceDisabled
    scopes = frozenset(Scope(scope) for scope in token.scopes)
    return Caller(
        machine=Machine(source_id=SourceId(token.source_id), token_id=token.pk, scopes=scopes, mode=token.mode),
        source=facts_of(source=token.source),
        token_name=token.name,
        lookup=token.lookup,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
    )


def facts_of(*, source: Source) -> SourceFacts:
    """Return what of a source matters to what it posts."""
    return SourceFacts(**{name: getattr(source, name) for name in SourceFacts.__slots__})


def get_draft(*, draft_id: UUID) -> Draft:
    """Return a draft with its source and head revision.

    :raises DraftNotFound: if there is none.
    """
    draft = Draft.objects.select_related("source", "head").filter(pk=draft_id).first()
    if draft is None:
        raise DraftNotFound(draft_id=draft_id)
    return draft


def draft_of_source(*, source_id: int, mode: str, ref: str) -> Draft:
    """Return a source's own draft by its id or `ext:<external_id>`, with source and head revision.

    :raises DraftNotFound: if there is none, or it is another source's, or of the other mode.
    """
    own = Draft.objects.select_related("source", "head").filter(source_id=source_id, mode=mode)
    if ref.startswith(EXTERNAL):
        draft = own.filter(external_id=ref.removeprefix(EXTERNAL)).first()
    else:
        try:
            draft = own.filter(pk=UUID(ref)).first()
        except ValueError:
            draft = None
    if draft is None:
        raise DraftNotFound
    return draft


def drafts_of_source(
    *,
    source_id: int,
    mode: str,
    narrowed: DraftFilter,
    among: QuerySet[Any, UUID] | None = None,
    outside: QuerySet[Any, UUID] | None = None,
) -> list[Draft]:
    """Return a page of a source's drafts, newest first.

    :param among: ids that the page is restricted to, such as those of drafts in one state of review; `outside`: ids
        that it leaves out.
    """
    rows = Draft.objects.select_related("source", "head").filter(source_id=source_id, mode=mode)
    exact = {"kind": narrowed.kind, "external_id": narrowed.external_id, "head__language": narrowed.language}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if narrowed.tag:
        rows = rows.filter(tag_line__contains=f",{narrowed.tag.casefold()},")
    if narrowed.updated_since is not None:
        rows = rows.filter(changed_at__gte=narrowed.updated_since)
    if narrowed.before is not None:
        rows = rows.filter(pk__lt=narrowed.before)
    if among is not None:
        rows = rows.filter(pk__in=among)
    if outside is not None:
        rows = rows.exclude(pk__in=outside)
    return list(rows.order_by("-pk")[: narrowed.limit])


def lock_draft(*, draft_id: UUID) -> Draft:
    """Lock a draft for the open transaction, before its Case and its Publication, and return it with its head.

    :raises DraftNotFound: if there is none.
    """
    rows = Draft.objects.select_for_update(no_key=True, of=("self",)).select_related("head")
    draft = rows.filter(pk=draft_id).first()
    if draft is None:
        raise DraftNotFound(draft_id=draft_id)
    return draft


def get_revision(*, revision_id: int) -> Revision:
    """Return a revision with its draft.

    :raises RevisionNotFound: if there is none.
    """
    revision: Revision | None = Revision.objects.select_related("draft").filter(pk=revision_id).first()
    if revision is None:
        raise RevisionNotFound(revision_id=revision_id)
    return revision


def revision(*, draft_id: UUID, number: int) -> Revision:
    """Return a draft's revision by its number.

    :raises RevisionNotFound: if the draft has none of that number.
    """
    found: Revision | None = Revision.objects.filter(draft_id=draft_id, number=number).first()
    if found is None:
        raise RevisionNotFound(draft_id=draft_id, number=number)
    return found


def head_of(*, draft_id: UUID) -> Revision:
    """Return the revision that is reviewed.

    :raises DraftNotFound: if there is no such draft.
    """
    head = get_draft(draft_id=draft_id).head
    if head is None:
        raise DraftNotFound(draft_id=draft_id)
    return head


def original_of(*, draft_id: UUID) -> Revision:
    """Return the machine's first text, with which every comparison starts.

    :raises RevisionNotFound: if there is no such draft.
    """
    return revision(draft_id=draft_id, number=1)


def machine_revisions_of(*, draft_ids: Collection[UUID]) -> dict[UUID, Revision]:
    """Return the text that the source sent last for each draft, be it the head or not."""
    rows = Revision.objects.filter(draft_id__in=draft_ids, origin=Origin.MACHINE.value).order_by("number")
    return {row.draft_id: row for row in rows}  # by number: the newest comes last and stays


def revisions_of(*, draft_id: UUID) -> QuerySet[Revision]:
    """Return all revisions of a draft, oldest first."""
    return Revision.objects.filter(draft_id=draft_id).order_by("number")


def revision_lines(*, draft_id: UUID) -> tuple[RevisionLine, ...]:
    """Return all revisions of a draft without their texts, by number."""
    names = ("id", "number", "parent_id", "origin", "placement", "author", "digest", "created_at", "requested_by")
    rows = Revision.objects.filter(draft_id=draft_id).order_by("number").values(*names)
    return tuple(RevisionLine(**row | {"requested_by": row["requested_by"].get("subject", "")}) for row in rows)


def generations_of(*, draft_ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
    """Return how the newest machine text on the head line of each draft was made."""
    rows = _machine_heads().filter(draft_id__in=draft_ids).values_list("draft_id", "generation")
    return dict(rows)  # by number: the newest comes last and stays


def drafts_made_by(*, model: str) -> QuerySet[Revision, UUID]:
    """Return the ids of drafts whose newest machine text on the head line names this model."""
    newer = _machine_heads().filter(draft_id=OuterRef("draft_id"), number__gt=OuterRef("number"))
    rows = _machine_heads().filter(~Exists(newer), generation__model=model)
    return rows.order_by().values_list("draft_id", flat=True)


def _machine_heads() -> QuerySet[Revision]:
    rows = Revision.objects.filter(origin=Origin.MACHINE.value, placement=Placement.HEAD.value)
    return rows.order_by("number")


def received_body(*, revision_id: int) -> str | None:
    """Return the body as it came, where it differs from what is stored."""
    return ReceivedBody.objects.filter(pk=revision_id).values_list("body", flat=True).first()


def working_copy(*, draft_id: UUID, person_id: int) -> WorkingCopy | None:
    """Return what a person typed on a draft and did not save as a revision yet."""
    return WorkingCopy.objects.select_related("base").filter(draft_id=draft_id, person_id=person_id).first()


def rendering_of(*, text_sha256: str, format_: str) -> Rendering | None:
    """Return the HTML and plain text of a stored text, or None while nobody made them."""
    return Rendering.objects.filter(text_sha256=text_sha256, renderer=renderer_of(Format(format_))).first()
