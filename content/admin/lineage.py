"""Known texts and where they come from."""

from django.contrib import admin

from content.admin.reading import ReadingAdmin
from content.lineage.models import Ancestry, IndexedText


@admin.register(IndexedText)
class IndexedTextAdmin(ReadingAdmin):
    """Texts that can be found by their passages."""

    list_display = ("id", "kind", "draft_id", "words", "depth_max", "depth_basis", "reuse_share", "indexed_at")
    list_filter = ("kind", "state", "depth_basis")


@admin.register(Ancestry)
class AncestryAdmin(ReadingAdmin):
    """Declared and found parents of machine texts."""

    list_display = ("text_id", "position", "relation", "uri", "basis", "depth", "state")
    list_filter = ("basis", "state")
