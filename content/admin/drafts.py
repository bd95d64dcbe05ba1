"""Sources, their tokens, grants, drafts and revisions."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import action as button
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content.admin.reading import DeskLinkAdmin, ReadingAdmin
from content.drafts.actions import people, sources
from content.drafts.models import Draft, Grant, IdempotencyKey, Rendering, Revision, Source, SourceToken, WorkingCopy
from content.errors import ReviewDeskError
from content.review.queries import cases as review_cases
from content.web.person import person


@admin.register(Source)
class SourceAdmin(ReadingAdmin):
    """Who posts."""

    list_display = ("slug", "name", "default_kind", "default_language", "created_at", "disabled_at")
    search_fields = ("slug", "name")


@admin.register(SourceToken)
class SourceTokenAdmin(ReadingAdmin):
    """Credentials. Neither the token nor its digest is shown; it can be revoked."""

    list_display = ("lookup", "name", "source", "mode", "expires_at", "last_used_at", "revoked_at")
    list_select_related = ("source",)
    list_filter = ("mode", "source")
    exclude = ("sha256",)
    actions = ("revoke",)

    @button(description=_("Revoke these tokens"), permissions=("view",))
    def revoke(self, request: HttpRequest, rows: QuerySet[SourceToken]) -> None:
        """Revoke tokens in the name of whoever is logged in."""
        _each(self, request, rows, lambda row, by: sources.revoke_token(token_id=row.pk, by=by, at=timezone.now()))


@admin.register(Grant)
class GrantAdmin(ReadingAdmin):
    """Who may do what. A grant can be taken back."""

    list_display = ("user", "role", "source", "kind", "language", "granted_at", "granted_by")
    list_select_related = ("user", "source")
    list_filter = ("role",)
    actions = ("revoke",)

    @button(description=_("Take these roles back"), permissions=("view",))
    def revoke(self, request: HttpRequest, rows: QuerySet[Grant]) -> None:
        """Revoke grants in the name of whoever is logged in."""
        _each(self, request, rows, lambda row, by: people.revoke_role(grant_id=row.pk, by=by, at=timezone.now()))


@admin.register(Draft)
class DraftAdmin(DeskLinkAdmin):
    """Pieces of writing on their way."""

    list_display = ("id", "source", "external_id", "kind", "mode", "version", "received_at", "at_the_desk")
    list_select_related = ("source",)
    list_filter = ("kind", "mode", "source")
    search_fields = ("external_id", "id")
    raw_id_fields = ("head",)

    def case_of(self, row: Any) -> object:
        """Return the id of a draft's newest case."""
        case = review_cases.case_of(draft_id=row.pk)
        return None if case is None else case.pk


@admin.register(Revision)
class RevisionAdmin(ReadingAdmin):
    """Immutable states of texts."""

    list_display = ("draft_id", "number", "origin", "placement", "author", "words", "created_at")
    list_filter = ("origin", "placement")
    search_fields = ("digest", "text_sha256")


@admin.register(WorkingCopy)
class WorkingCopyAdmin(ReadingAdmin):
    """That somebody types; what they type is theirs until they save it."""

    list_display = ("draft_id", "person", "seq", "saved_at")
    list_select_related = ("person",)
    fields = ("draft", "person", "base", "seq", "trusted", "saved_at")


@admin.register(Rendering)
class RenderingAdmin(ReadingAdmin):
    """HTML made from texts."""

    list_display = ("text_sha256", "renderer", "outcome", "created_at")
    list_filter = ("outcome",)


@admin.register(IdempotencyKey)
class IdempotencyKeyAdmin(ReadingAdmin):
    """Requests that were answered once."""

    list_display = ("key", "token", "status", "created_at")
    list_select_related = ("token",)


def _each(model_admin: ReadingAdmin, request: HttpRequest, rows: QuerySet[Any], act: Any) -> None:
    """Do an act to each row and say how it went; what we refuse on purpose becomes a message."""
    done = 0
    for row in rows:
        try:
            act(row, person(request))
        except ReviewDeskError as refusal:
            model_admin.message_user(request, f"{row.pk}: {refusal}", messages.ERROR)
        else:
            done += 1
    if done:
        model_admin.message_user(request, ngettext("%d row changed.", "%d rows changed.", done) % done)
