"""The drafts behind a number: the list from which the number can be counted again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

import content.insights.metrics  # noqa: F401  # the metrics register themselves
from content.errors import NotFound
from content.insights.bins import Unit, edges
from content.insights.board import QUEUE_AGE, Filters
from content.insights.metric import METRICS
from content.insights.models import CaseFigures
from content.insights.queries.dashboard import age_of, scope_of, waiting_cases


class MetricNotFound(NotFound):
    """There is no such metric, category or range."""

    code = "metric_not_found"


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """One case that a number counts. `value` is in the metric's unit; `categories` are those it is counted under."""

    case_id: UUID
    draft_id: UUID
    title: str
    source: str
    kind: str
    model: str
    at: datetime
    value: float | None
    categories: Sequence[str]


def drafts_behind(
    *,
    metric: str,
    filters: Filters,
    at: datetime,
    category: str = "",
    low: float | None = None,
    high: float | None = None,
    limit: int = 500,
) -> list[Counted]:
    """Return the cases that a number counts, newest first.

    :param category: for metrics of categories, the one meant; for `queue_age.v1` a bucket of waiting time.
    :param low, high: for a bar of a histogram, the values between which it counts: `low <= value < high`.
    :raises MetricNotFound: if there is no such metric or bucket.
    """
    if metric == QUEUE_AGE:
        return _waiting(filters, at, category, limit)
    if metric not in METRICS:
        raise MetricNotFound(metric=metric)
    chosen = METRICS[metric]
    first = datetime.combine(filters.since, time.min, tzinfo=UTC)
    last = datetime.combine(filters.until + timedelta(days=1), time.min, tzinfo=UTC)
    rows = CaseFigures.objects.filter(
        scope_of(filters=filters), **{f"{chosen.moment}__gte": first, f"{chosen.moment}__lt": last}
    )
    found = []
    for row in _with_names(rows).order_by(f"-{chosen.moment}", "-pk").iterator(chunk_size=500):
        if chosen.counts(row) and _fits(chosen.value(row), chosen.categories(row), category, low, high):
            found.append(_counted(row, getattr(row, chosen.moment), chosen.value(row), chosen.categories(row)))
            if len(found) == limit:
                break
    return found


def bar_of(*, tenth: int) -> tuple[float, float]:
    """Return the values between which a bar of the histogram of shares counts; the last one holds 1 too."""
    low, _ = edges(10 * tenth, Unit.SHARE)
    return low, (tenth + 1) / 10 if tenth < 9 else 2.0  # noqa: PLR2004 (ten bars)


def _fits(value: float | None, categories: Sequence[str], category: str, low: float | None, high: float | None) -> bool:
    if category and category not in categories:
        return False
    if value is None:
        return low is None and high is None
    return (low is None or value >= low) and (high is None or value < high)


def _waiting(filters: Filters, at: datetime, bucket: str, limit: int) -> list[Counted]:
    rows = waiting_cases(filters=filters)
    if bucket:
        try:
            rows = rows.filter(age_of(bucket=bucket, at=at))
        except KeyError:
            raise MetricNotFound(metric=QUEUE_AGE, category=bucket) from None
    return [
        _counted(row, row.opened_at, (at - row.opened_at).total_seconds(), ())
        for row in _with_names(rows).order_by("opened_at", "pk")[:limit]
    ]


def _with_names(rows: QuerySet[CaseFigures]) -> QuerySet[CaseFigures]:
    return rows.select_related("source", "draft__head").only(
        *("draft__head__title", "source__name", "kind", "model", "opened_at", "judged_at", "signed_at", "closed_at"),
        *("outcome", "claim_level", "disclosure", "human_share", "edit_rate", "longest_ai_run", "passed_first"),
        "refused_rules",
    )


def _counted(row: CaseFigures, at: datetime, value: float | None, categories: Sequence[str]) -> Counted:
    head = row.draft.head
    return Counted(
        case_id=row.pk,
        draft_id=row.draft_id,
        title=head.title if head else "",
        source=row.source.name,
        kind=row.kind,
        model=row.model,
        at=at,
        value=value,
        categories=tuple(categories),
    )
