"""Who wrote what: one immutable result a Revision and method, and the state that makes the next one quick."""

from django.db import models
from django.db.models import UniqueConstraint

from content.events.models import AppendOnly


class Attribution(models.Model):
    """Measures, signals and spans of a Revision. `spans` is the packed form of `content.authorship.state`.

    `line` holds the ids of the revisions that the spans count, oldest first; `sentences` one row each without its
    digest, which follows from the text; `matches` the known machine text that was found, for a recomputation.
    """

    revision = models.ForeignKey("reviewdesk.Revision", on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=40)
    text_sha256 = models.CharField(max_length=64)
    measures = models.JSONField()
    signals = models.JSONField()
    matches = models.JSONField(default=list)
    sentences = models.JSONField(default=list)
    line = models.JSONField(default=list)
    spans = models.BinaryField()
    created_at = models.DateTimeField()

    objects = AppendOnly()

    class Meta:
        constraints = (UniqueConstraint(fields=("revision", "method"), name="one_attribution_a_revision_and_method"),)


class AttributorState(models.Model):
    """A cache: what the engine remembers of a draft's revisions up to `revision`; rebuilt when it does not fit.

    `line` holds the ids of these revisions, oldest first.
    """

    draft = models.OneToOneField("reviewdesk.Draft", primary_key=True, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey("reviewdesk.Revision", on_delete=models.CASCADE, related_name="+")
    line = models.JSONField(default=list)
    state = models.BinaryField()
    updated_at = models.DateTimeField()
