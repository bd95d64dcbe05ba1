"""Daily rollups: managers' numbers, made from Events and rebuildable from them."""

from django.db import models
from django.db.models import Index, Q, UniqueConstraint


class CaseFigures(models.Model):
    """What insights know of one case: the row that each number on the dashboard leads to.

    It follows from the Events of the case up to `event_id` alone, so it can be thrown away and made again.
    """

    case = models.OneToOneField("reviewdesk.Case", primary_key=True, on_delete=models.CASCADE, related_name="+")
    draft = models.ForeignKey("reviewdesk.Draft", on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey("reviewdesk.Source", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    model = models.CharField(max_length=320)
    words = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    waiting = models.BooleanField(default=True)
    judged_at = models.DateTimeField(null=True)
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
    event_id = models.BigIntegerField(default=0)

    class Meta:
        indexes = (
            Index(fields=("judged_at",), name="case_figures_by_judging"),
            Index(fields=("signed_at",), name="case_figures_by_signing"),
            Index(fields=("closed_at",), name="case_figures_by_closing"),
            Index(fields=("opened_at",), name="case_figures_waiting", condition=Q(closed_at=None, waiting=True)),
        )


class MetricPoint(models.Model):
    """One metric on one day for one Source, kind and model: n, sum, sum of squares, and counts that add up over days.

    `bins` maps the number of a bin, or a category, to how many cases are in it.
    """

    metric = models.CharField(max_length=60)
    day = models.DateField()
    source = models.ForeignKey("reviewdesk.Source", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    model = models.CharField(max_length=320)
    n = models.PositiveIntegerField()
    total = models.FloatField()
    total_of_squares = models.FloatField()
    bins = models.JSONField()

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=("metric", "day", "source", "kind", "model"), name="one_metric_point_a_day_and_scope"
            ),
        )
        indexes = (Index(fields=("day",), name="metric_point_by_day"),)


class RollupCursor(models.Model):
    """How far the rollups have read the Events."""

    name = models.CharField(max_length=40, primary_key=True)
    event_id = models.BigIntegerField(default=0)
