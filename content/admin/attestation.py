"""Keys, statements and the log. Private keys are nowhere in the database."""

from django.contrib import admin

from content.admin.reading import DeskLinkAdmin, ReadingAdmin
from content.attestation.models import Attestation, Checkpoint, KeySet, LogEntry, SigningKey, StatusStatement


@admin.register(SigningKey)
class SigningKeyAdmin(ReadingAdmin):
    """Public keys."""

    list_display = ("keyid", "use", "scheme", "mode", "first_index", "last_index", "revoked_from_index", "created_at")


@admin.register(Attestation)
class AttestationAdmin(DeskLinkAdmin):
    """Signed statements."""

    list_display = ("id", "draft_id", "claim", "disclosure", "mode", "keyid", "issued_at", "at_the_desk")
    list_filter = ("claim", "disclosure", "mode")
    search_fields = ("digest", "payload_sha256")


@admin.register(StatusStatement)
class StatusStatementAdmin(ReadingAdmin):
    """What became of attestations."""

    list_display = ("attestation_id", "status", "reason", "at")
    list_filter = ("status", "reason")


@admin.register(LogEntry)
class LogEntryAdmin(ReadingAdmin):
    """Leaves of the log."""

    list_display = ("index", "kind", "leaf_hash", "payload_sha256")
    list_filter = ("kind",)


@admin.register(Checkpoint)
class CheckpointAdmin(ReadingAdmin):
    """Signed heads of the log."""

    list_display = ("size", "root", "signed_at")


@admin.register(KeySet)
class KeySetAdmin(ReadingAdmin):
    """Every version of the published keys."""

    list_display = ("version", "sha256", "created_at")
