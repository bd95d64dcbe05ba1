"""Policies, as they were written."""

from django.contrib import admin

from content.admin.reading import ReadingAdmin
from content.policy.models import Policy


@admin.register(Policy)
class PolicyAdmin(ReadingAdmin):
    """Immutable versions of policies."""

    list_display = ("slug", "version", "kind", "state", "created_at", "activated_at", "activated_by")
    list_filter = ("state", "kind")
