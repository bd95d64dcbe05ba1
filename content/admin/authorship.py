"""Who wrote what."""

from django.contrib import admin

from content.admin.reading import ReadingAdmin
from content.authorship.models import Attribution


@admin.register(Attribution)
class AttributionAdmin(ReadingAdmin):
    """Measures of revisions."""

    list_display = ("id", "revision_id", "method", "text_sha256", "created_at")
    list_filter = ("method",)
    exclude = ("spans",)
