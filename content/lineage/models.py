"""Known texts, their fingerprints, and what was found to come from where."""

from django.db import models
from django.db.models import Index, UniqueConstraint


class IndexedText(models.Model):
    """A text whose passages can be found: a machine draft or a publication. `kind` is `draft` or `published`.

    `runs` are `[first word, last word + 1, origin, depth]` over its words; empty: all of it is machine text.
    `similar` is what stood in the index when this text came; `state` is `too_short` if that says nothing.
    """

    kind = models.CharField(max_length=10)
    draft = models.ForeignKey("reviewdesk.Draft", on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey("reviewdesk.Revision", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    scheme = models.CharField(max_length=20)
    state = models.CharField(max_length=10, default="done")
    words = models.PositiveIntegerField()
    runs = models.JSONField(default=list)
    attestation_id = models.UUIDField(null=True)
    depth_max = models.PositiveSmallIntegerField(default=1)
    depth_basis = models.CharField(max_length=10, default="unknown")
    reuse_share = models.FloatField(default=0.0)
    similar = models.JSONField(default=list)
    received_at = models.DateTimeField()
    indexed_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (UniqueConstraint(fields=("revision", "kind"), name="one_index_entry_a_revision_and_kind"),)
        indexes = (Index(fields=("draft", "kind"), name="indexed_text_by_draft"),)


class Fingerprint(models.Model):
    """One winnowed hash of a known text and the token where it first stands."""

    hash = models.BigIntegerField()
    text = models.ForeignKey("reviewdesk.IndexedText", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        indexes = (Index(fields=("hash", "text"), name="fingerprint_by_hash"),)


class Boilerplate(models.Model):
    """A hash of boilerplate: it stands in so many texts that it says nothing, so it is neither stored nor asked for."""

    hash = models.BigIntegerField(primary_key=True)
    since = models.DateTimeField()


class Ancestry(models.Model):
    """One declared or matched parent of a machine text."""

    text = models.ForeignKey("reviewdesk.IndexedText", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    relation = models.CharField(max_length=20)
    uri = models.CharField(max_length=2048, default="", blank=True)
    digest = models.CharField(max_length=71, default="", blank=True)
    basis = models.CharField(max_length=10)
    depth = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, default="none")
