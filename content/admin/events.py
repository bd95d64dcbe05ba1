"""The record and the work; dead work is replayed on the managers' operations page."""

from django.contrib import admin

from content.admin.reading import ReadingAdmin
from content.events.models import Event, Job, JobFailure


@admin.register(Event)
class EventAdmin(ReadingAdmin):
    """Facts, for ever."""

    list_display = ("id", "fact", "at", "actor_kind", "actor", "chain", "seq")
    list_filter = ("actor_kind", "fact")
    search_fields = ("chain", "digest")


@admin.register(Job)
class JobAdmin(ReadingAdmin):
    """Work that follows facts."""

    list_display = ("id", "kind", "queue", "state", "attempts", "run_at", "finished_at", "last_error")
    list_filter = ("state", "queue", "kind")


@admin.register(JobFailure)
class JobFailureAdmin(ReadingAdmin):
    """Attempts that did not work."""

    list_display = ("job_id", "attempt", "at", "code", "message")
    list_filter = ("code",)
