"""What the language checks found."""

from django.db import models
from django.db.models import UniqueConstraint


class LanguageReport(models.Model):
    """Claims and findings of a Revision by one engine; advice of a model is marked as such in each row."""

    revision = models.ForeignKey("reviewdesk.Revision", on_delete=models.PROTECT, related_name="+")
    engine = models.CharField(max_length=120)
    claims = models.JSONField()
    findings = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = (UniqueConstraint(fields=("revision", "engine"), name="one_report_a_revision_and_engine"),)
