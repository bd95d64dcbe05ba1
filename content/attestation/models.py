"""Public keys, signed statements, and the append-only log over them."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from content.events.models import AppendOnly


class SigningKey(models.Model):
    """A public key of the key set and the range of log indexes it is valid for. Private keys are never here."""

    keyid = models.CharField(max_length=64, primary_key=True)
    use = models.CharField(max_length=20)
    scheme = models.CharField(max_length=30)
    public = models.TextField()
    mode = models.CharField(max_length=4)
    first_index = models.BigIntegerField()
    last_index = models.BigIntegerField(null=True, blank=True)
    revoked_from_index = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            CheckConstraint(condition=Q(use__in=("attestation", "log")), name="signing_key_use_known"),
            CheckConstraint(condition=Q(mode__in=("live", "test")), name="signing_key_mode_known"),
        )


class Attestation(models.Model):
    """A signed statement about one revision's bytes. Issued, superseded and revoked are derived, never written here."""

    id = models.UUIDField(primary_key=True, editable=False)
    draft = models.ForeignKey("reviewdesk.Draft", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("reviewdesk.Case", on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey("reviewdesk.Revision", on_delete=models.PROTECT, related_name="+")
    request_event = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=71)
    payload_sha256 = models.CharField(max_length=64, unique=True)
    envelope = models.JSONField()
    keyid = models.CharField(max_length=64)
    mode = models.CharField(max_length=4)
    claim = models.CharField(max_length=30)
    disclosure = models.CharField(max_length=30)
    human_share_bp = models.PositiveIntegerField()
    supersedes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    objects = AppendOnly()


class AttestedFile(models.Model):
    """The bytes of one subject of an attestation, as UTF-8 text."""

    attestation = models.ForeignKey("reviewdesk.Attestation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    body = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)

    objects = AppendOnly()

    class Meta:
        constraints = (UniqueConstraint(fields=("attestation", "name"), name="one_attested_file_a_name"),)


class PersonSalt(models.Model):
    """The random value behind a person's pseudonyms: 32 bytes, hex. Deleting it cuts pseudonym from person."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    salt = models.CharField(max_length=64)
    created_at = models.DateTimeField()


class EvidenceLeaf(models.Model):
    """One thing the attestation stands on, with the 16 random bytes (hex) that hide it in the published root.

    Deleting a row erases the thing; the root stays what it was.
    """

    attestation = models.ForeignKey("reviewdesk.Attestation", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    salt = models.CharField(max_length=32)
    content = models.JSONField()

    class Meta:
        constraints = (UniqueConstraint(fields=("attestation", "position"), name="one_evidence_leaf_a_place"),)


class StatusStatement(models.Model):
    """A signed statement that an attestation is superseded or revoked."""

    attestation = models.ForeignKey("reviewdesk.Attestation", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12)
    reason = models.CharField(max_length=30)
    payload_sha256 = models.CharField(max_length=64, unique=True)
    envelope = models.JSONField()
    at = models.DateTimeField()

    objects = AppendOnly()

    class Meta:
        constraints = (
            UniqueConstraint(fields=("attestation", "status"), name="one_status_statement_a_status"),
            CheckConstraint(condition=Q(status__in=("superseded", "revoked")), name="status_statement_known"),
        )


class PendingEntry(models.Model):
    """What waits for its place in the log; the sequencer takes the oldest and deletes them."""

    kind = models.CharField(max_length=10)
    payload_sha256 = models.CharField(max_length=64)
    keyid = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        constraints = (UniqueConstraint(fields=("kind", "payload_sha256"), name="one_pending_entry_a_payload"),)


class LogEntry(models.Model):
    """One leaf of the log. `index` counts from 0 and is never used twice."""

    index = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10)
    entry = models.TextField()
    leaf_hash = models.CharField(max_length=64)
    payload_sha256 = models.CharField(max_length=64)

    objects = AppendOnly()

    class Meta:
        constraints = (
            UniqueConstraint(fields=("kind", "payload_sha256"), name="one_log_entry_a_payload"),
            CheckConstraint(
                condition=Q(kind__in=("attest", "supersede", "revoke", "keys")), name="log_entry_kind_known"
            ),
        )


class LogTile(models.Model):
    """A full tile: 256 hashes of one level, hex without separators, and the root over them, a hash one level up."""

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.TextField()
    root = models.CharField(max_length=64)

    objects = AppendOnly()

    class Meta:
        constraints = (UniqueConstraint(fields=("level", "number"), name="one_log_tile_a_place"),)


class Checkpoint(models.Model):
    """A signed head of the log."""

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    note = models.TextField()
    signed_at = models.DateTimeField()

    objects = AppendOnly()


class Log(models.Model):
    """One row: how many entries there are. Its lock makes one sequencer out of many workers.

    `refused` is the code of why nothing is signed at present; empty while all is well.
    """

    size = models.BigIntegerField(default=0)
    refused = models.CharField(max_length=40, default="", blank=True)


class KeySet(models.Model):
    """Every version of the published key set, byte for byte."""

    version = models.PositiveIntegerField(unique=True)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    objects = AppendOnly()

    class Meta:
        indexes = (Index(fields=("sha256",), name="key_set_by_digest"),)
