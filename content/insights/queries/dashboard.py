"""The managers' dashboard: one question for the points, one for the cases that wait."""

from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

import content.insights.metrics  # noqa: F401  # the metrics register themselves
from content.insights.bins import Unit
from content.insights.board import AGES, QUEUE_AGE, QUEUE_AGE_DEFINITION, Board, Filters, StoredPoint, board
from content.insights.metric import METRICS
from content.insights.models import CaseFigures, MetricPoint


def dashboard(*, filters: Filters, at: datetime) -> Board:
    """Return all numbers of the dashboard. Reads rollups only: at most 2 queries."""
    waiting, oldest = _waiting(filters, at)
    return board(
        filters,
        points_between(filters=filters),
        waiting=waiting,
        oldest_seconds=None if oldest is None else (at - oldest).total_seconds(),
    )


def points_between(*, filters: Filters) -> list[StoredPoint]:
    """Return the stored points of the period and of the one before it."""
    rows = MetricPoint.objects.filter(
        scope_of(filters=filters), day__gte=filters.before().since, day__lte=filters.until
    )
    fields = ("metric", "day", "kind", "model", "n", "bins")
    return [StoredPoint(*row) for row in rows.order_by("day", "pk").values_list(*fields)]


def waiting_cases(*, filters: Filters) -> QuerySet[CaseFigures]:
    """Return the cases that wait for a person now; the period does not matter to them."""
    return CaseFigures.objects.filter(scope_of(filters=filters), closed_at=None, waiting=True)


def scope_of(*, filters: Filters) -> Q:
    """Return the condition that picks Source, kind and model."""
    chosen = {"source": filters.source_id, "kind": filters.kind, "model": filters.model}
    return Q(**{name: value for name, value in chosen.items() if value})


def age_of(*, bucket: str, at: datetime) -> Q:
    """Return the condition that picks the cases in a bucket of waiting time.

    :raises KeyError: if there is no such bucket.
    """
    names = [name for name, _ in AGES]
    place = {name: index for index, name in enumerate(names)}[bucket]
    hours = AGES[place][1]
    younger = Q() if hours is None else Q(opened_at__gt=at - timedelta(hours=hours))
    before = AGES[place - 1][1] if place else None
    return younger if before is None else younger & Q(opened_at__lte=at - timedelta(hours=before))


def definitions() -> dict[str, str]:
    """Return what each metric means, by name."""
    return {name: METRICS[name].definition for name in METRICS} | {QUEUE_AGE: QUEUE_AGE_DEFINITION}


def units() -> dict[str, Unit]:
    """Return the unit of each metric, by name."""
    return {name: METRICS[name].unit for name in METRICS} | {QUEUE_AGE: Unit.SECONDS}


def choices(*, limit: int = 200) -> dict[str, list[tuple[str, str]]]:
    """Return what the filters can be set to, as (value, name): Sources, kinds and models that have cases."""
    rows = CaseFigures.objects.order_by()
    sources = rows.values_list("source", "source__name").distinct()[:limit]
    return {
        "source": sorted(((str(pk), name) for pk, name in sources), key=lambda row: row[1]),
        "kind": sorted((kind, kind) for (kind,) in rows.values_list("kind").distinct()[:limit]),
        "model": sorted((model, model) for (model,) in rows.values_list("model").distinct()[:limit]),
    }


def _waiting(filters: Filters, at: datetime) -> tuple[dict[str, int], datetime | None]:
    counts = {name: Count("pk", filter=age_of(bucket=name, at=at)) for name, _ in AGES}
    row = waiting_cases(filters=filters).aggregate(oldest=Min("opened_at"), **counts)
    oldest = row.pop("oldest")
    return row, oldest
