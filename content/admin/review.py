"""Cases, leases, sign-offs and what the gate said."""

from typing import Any

from django.contrib import admin

from content.admin.reading import DeskLinkAdmin, ReadingAdmin
from content.review.models import (
    Case,
    ClaimCheck,
    Comment,
    GateResult,
    Lease,
    Objection,
    ResponsibleParty,
    SignOff,
    SignOffVoid,
)


@admin.register(Case)
class CaseAdmin(DeskLinkAdmin):
    """Review cycles."""

    list_display = ("id", "state", "draft_id", "policy", "priority", "due_at", "opened_at", "closed_at", "at_the_desk")
    list_select_related = ("policy",)
    list_filter = ("state",)
    raw_id_fields = ("draft",)

    def case_of(self, row: Any) -> object:
        """Return the id of the case itself."""
        return row.pk


@admin.register(Lease)
class LeaseAdmin(DeskLinkAdmin):
    """Who holds, or held, a case."""

    list_display = ("case_id", "holder", "purpose", "fence", "taken_at", "expires_at", "ended_why", "at_the_desk")
    list_select_related = ("holder",)
    list_filter = ("purpose", "ended_why")


@admin.register(SignOff)
class SignOffAdmin(DeskLinkAdmin):
    """People's yes to exact bytes."""

    list_display = ("id", "kind", "person", "case_id", "digest", "at", "auth_method", "at_the_desk")
    list_select_related = ("person",)
    list_filter = ("kind", "auth_method")


@admin.register(SignOffVoid)
class SignOffVoidAdmin(ReadingAdmin):
    """Why sign-offs count no more."""

    list_display = ("sign_off_id", "cause", "revision_id", "at")
    list_filter = ("cause",)


@admin.register(GateResult)
class GateResultAdmin(DeskLinkAdmin):
    """What the gate said, and all that it saw."""

    list_display = ("id", "case_id", "stage", "approved", "claim_level", "disclosure", "at", "at_the_desk")
    list_filter = ("stage", "approved", "claim_level")


@admin.register(ClaimCheck)
class ClaimCheckAdmin(ReadingAdmin):
    """What people decided about sentences."""

    list_display = ("id", "draft_id", "state", "basis", "person", "at")
    list_select_related = ("person",)
    list_filter = ("state", "basis")


@admin.register(Comment)
class CommentAdmin(DeskLinkAdmin):
    """Remarks."""

    list_display = ("id", "case_id", "author", "for_source", "created_at", "resolved_at", "at_the_desk")
    list_select_related = ("author",)


@admin.register(Objection)
class ObjectionAdmin(DeskLinkAdmin):
    """Approvers' no, with their reasons."""

    list_display = ("id", "case_id", "person", "reason_code", "at", "at_the_desk")
    list_select_related = ("person",)


@admin.register(ResponsibleParty)
class ResponsiblePartyAdmin(ReadingAdmin):
    """Who answers for published texts."""

    list_display = ("name", "role", "contact_url", "valid_from", "valid_to")
