"""Daily rollups: managers' numbers, made from Events and rebuildable from them."""

from django.db import models
from django.db.models import Index, UniqueConstraint


class CaseFigures(models.Model):
    """What insights know of one case: the row that each number on the dashboard leads to."""

    case = models.OneToOneField("reviewdesk.Case", primary_key=True, on_delete=models.CASCADE, related_name="+")
    draft = models.ForeignKey("reviewdesk.Draft", on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey("reviewdesk.Source", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    model = models.CharField(max_length=320)
    words = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, default="")
    claim_level = models.CharField(max_length=30, default="")
    disclosure = models.CharField(max_length=30, default="")
    human_share = models.FloatField(null=True)
    edit_rate = models.FloatField(null=True)
    longest_ai_run = models.PositiveIntegerField(null=True)
    passed_first = models.BooleanField(null=True)
    refused_rules = models.JSONField(default=list)

    class Meta:
        indexes = (
            Index(fields=("signed_at",), name="case_figures_by_signing"),
            Index(fields=("closed_at",), name="case_figures_by_closing"),
        )


class MetricPoint(models.Model):
    """One metric on one day in one scope: n, sum, sum of squares, and a histogram that adds up over days."""

    metric = models.CharField(max_length=60)
    day = models.DateField()
    scope = models.CharField(max_length=400)
    n = models.PositiveIntegerField()
    total = models.FloatField()
    total_of_squares = models.FloatField()
    bins = models.JSONField()

    class Meta:
        constraints = (UniqueConstraint(fields=("metric", "day", "scope"), name="one_metric_point_a_day_and_scope"),)


class RollupCursor(models.Model):
    """How far the rollups have read the Events."""

    name = models.CharField(max_length=40, primary_key=True)
    event_id = models.BigIntegerField(default=0)
