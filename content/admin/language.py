"""What the language checks found."""

from django.contrib import admin

from content.admin.reading import ReadingAdmin
from content.language.models import LanguageReport


@admin.register(LanguageReport)
class LanguageReportAdmin(ReadingAdmin):
    """Claims and findings of revisions, by engine."""

    list_display = ("id", "revision_id", "engine", "created_at")
    list_filter = ("engine",)
