"""The admin reads. What may be changed there at all is a button that calls an action."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

PER_PAGE = 50


class ReadingAdmin(admin.ModelAdmin):
    """Lists and shows rows. Nobody adds, changes or deletes here, superusers included."""

    list_per_page = PER_PAGE
    show_full_result_count = False
    view_on_site = False

    def has_add_permission(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> bool:  # noqa: ARG002 (Django's signature)
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 (the same)
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 (the same)
        """Refuse."""
        return False


class DeskLinkAdmin(ReadingAdmin):
    """Rows that belong to a case; `case_of` gives its id, None where there is none."""

    def case_of(self, row: Any) -> object:
        """Return the id of the case that a row belongs to."""
        return row.case_id

    @admin.display(description=_("Desk"))
    def at_the_desk(self, row: Any) -> SafeString | str:
        """Return a link to the case at the desk."""
        case_id = self.case_of(row)
        if case_id is None:
            return "—"
        return format_html('<a href="{}">{}</a>', reverse("reviewdesk:case", kwargs={"case_id": case_id}), _("Open"))
