"""Whether the rollups are what the Events say; for `manage.py doctor`, which only reads."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from content.events import queries as events
from content.insights.metric import METRICS, MOMENTS
from content.insights.models import CaseFigures, MetricPoint, RollupCursor
from content.insights.points import Point, Scope, points
from content.insights.story import story_of

LAG = timedelta(minutes=10)
"Rollups may be this old; a dead Job shows elsewhere."
CASES_AT_MOST = 500
FIELDS = ("opened_at", "waiting", "judged_at", "signed_at", "closed_at", "outcome", "passed_first")


def differences(*, since: date, at: datetime) -> Iterator[str]:
    """Yield what is wrong with the figures that count from `since` on, in words."""
    yield from _late(at)
    yield from _figures(since)
    day = since
    while day <= at.astimezone(UTC).date():
        for moment in MOMENTS:
            if _stored(moment, day) != _counted(moment, day):
                yield f"the figures of {day} by {moment} are not the sum of their cases; run rebuild_rollups"
        day += timedelta(days=1)


def position() -> int:
    """Return up to which Event the rollups have settled."""
    row = RollupCursor.objects.order_by("name").first()
    return row.event_id if row else 0


def _late(at: datetime) -> Iterator[str]:
    waiting = [mark for mark in events.marks_after(event_id=position()) if mark.draft_id is not None]
    if waiting and waiting[0].at < at - LAG:
        yield f"event {waiting[0].id} of {waiting[0].at:%Y-%m-%d %H:%M} is not counted yet; is a worker running?"


def _figures(since: date) -> Iterator[str]:
    begin = datetime.combine(since, time.min, tzinfo=UTC)
    for row in CaseFigures.objects.filter(opened_at__gte=begin).order_by("-opened_at")[:CASES_AT_MOST]:
        story = story_of(row.pk, events.whole_history_of(draft_id=row.draft_id))
        if story is None:
            yield f"case {row.pk} is counted and no Event opened it"
        elif story.event_id == row.event_id:  # else it has news that are not counted yet
            wrong = [name for name in FIELDS if getattr(story, name) != getattr(row, name)]
            if wrong:
                yield f"case {row.pk}: its figures ({', '.join(wrong)}) are not what its Events say"


def _counted(moment: str, day: date) -> list[Point]:
    begin = datetime.combine(day, time.min, tzinfo=UTC)
    cases = CaseFigures.objects.filter(**{f"{moment}__gte": begin, f"{moment}__lt": begin + timedelta(days=1)})
    return points(moment, day, cases.order_by("pk"))


def _stored(moment: str, day: date) -> list[Point]:
    mine = [name for name in METRICS if METRICS[name].moment == moment]
    rows = MetricPoint.objects.filter(day=day, metric__in=mine).order_by("metric", "source", "kind", "model")
    return [
        Point(
            metric=row.metric,
            day=row.day,
            scope=Scope(row.source_id, row.kind, row.model),
            n=row.n,
            total=row.total,
            total_of_squares=row.total_of_squares,
            bins=row.bins,
        )
        for row in rows
    ]
