"""Managers' figures, row by row."""

from django.contrib import admin

from content.admin.reading import DeskLinkAdmin, ReadingAdmin
from content.insights.models import CaseFigures, MetricPoint


@admin.register(CaseFigures)
class CaseFiguresAdmin(DeskLinkAdmin):
    """What insights know of cases."""

    list_display = ("case_id", "kind", "model", "opened_at", "signed_at", "outcome", "human_share", "at_the_desk")
    list_filter = ("outcome", "kind")


@admin.register(MetricPoint)
class MetricPointAdmin(ReadingAdmin):
    """Daily rollups."""

    list_display = ("metric", "day", "source", "kind", "model", "n", "total")
    list_select_related = ("source",)
    list_filter = ("metric", "kind")
