"""Keep the rollups: read new Events, renew the figures of the cases they are about, and the days these count on."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from content.actors import Actor, Person, require, require_system
from content.events import actions as events
from content.events import queries as event_queries
from content.events.writing import action, quiet_action
from content.insights.facts import InsightsViewed
from content.insights.metric import METRICS
from content.insights.models import CaseFigures, MetricPoint, RollupCursor
from content.insights.points import days_of, points
from content.insights.queries.records import numbers_behind, profile_of
from content.insights.story import Story, cases_in, story_of
from content.permissions import Permission

CURSOR = "events"
EVENTS_AT_ONCE = 5000
SETTLED = timedelta(minutes=2)
"""Ids are given out before a transaction commits, so a lower one may appear after a higher. Every transaction is over
within a minute (`idle_in_transaction_session_timeout`), so younger Events are read again; a case is not counted twice,
because its figures are made anew from all its Events."""


@quiet_action
def roll_up(*, by: Actor, at: datetime) -> int:
    """Bring the rollups up to date with the Events that are there.

    :return: how many cases had news.
    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    RollupCursor.objects.get_or_create(name=CURSOR)
    cursor = RollupCursor.objects.select_for_update().get(name=CURSOR)
    new = event_queries.marks_after(event_id=cursor.event_id, limit=EVENTS_AT_ONCE)
    days: set[tuple[str, date]] = set()
    renewed = 0
    for draft_id in dict.fromkeys(mark.draft_id for mark in new if mark.draft_id is not None):
        for touched in _renew_draft(draft_id):
            days |= touched
            renewed += 1
    for moment, day in sorted(days):
        _recount(moment, day)
    settled = [mark.id for mark in new if mark.at <= at - SETTLED]
    if not settled and len(new) == EVENTS_AT_ONCE:
        settled = [new[-1].id]  # a burst: going on matters more than an Event that comes out of order
    if settled:
        cursor.event_id = settled[-1]
        cursor.save(update_fields=["event_id"])
    return renewed


@quiet_action
def forget_rollups(*, by: Actor, at: datetime) -> None:  # noqa: ARG001 (the clock is part of every action)
    """Throw all rollups away; `roll_up` makes them again from the first Event on.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    MetricPoint.objects.all().delete()
    CaseFigures.objects.all().delete()
    RollupCursor.objects.all().delete()


@action
def note_view(*, page: str, filters: dict[str, str], by: Person, at: datetime) -> None:
    """Record that a person looked at figures about people's work.

    :raises NotPermitted: without VIEW_INSIGHTS.
    """
    require(by, Permission.VIEW_INSIGHTS)
    events.record(InsightsViewed(page=page, filters=filters), by=by, at=at)


def _renew_draft(draft_id: UUID) -> Iterable[set[tuple[str, date]]]:
    """Renew the figures of a draft's cases; yield the days that each changed one counts, or counted, on."""
    happened = event_queries.whole_history_of(draft_id=draft_id)
    cases = cases_in(happened)
    before = {row.pk: row for row in CaseFigures.objects.filter(pk__in=cases)}
    for case_id in cases:
        story = story_of(case_id, happened)
        old = before.get(case_id)
        if story is None or (old is not None and old.event_id == story.event_id):
            continue
        new = _figures(story, draft_id, old)
        if new is None:
            return
        yield set(days_of(old)) | set(days_of(new))
        new.save(force_insert=old is None)


def _figures(story: Story, draft_id: UUID, old: CaseFigures | None) -> CaseFigures | None:
    """Return the row of a case; None for drafts in test mode, which count nowhere."""
    if old is None:
        profile = profile_of(draft_id=draft_id)
        if not profile.is_live:
            return None
        place = {"source_id": profile.source_id, "kind": profile.kind, "model": profile.model}
    else:
        place = {"source_id": old.source_id, "kind": old.kind, "model": old.model}
    numbers = numbers_behind(story=story)
    return CaseFigures(
        case_id=story.case_id,
        draft_id=draft_id,
        **place,
        opened_at=story.opened_at,
        waiting=story.waiting,
        judged_at=story.judged_at,
        signed_at=story.signed_at,
        closed_at=story.closed_at,
        outcome=story.outcome,
        passed_first=story.passed_first,
        event_id=story.event_id,
        **numbers,
    )


def _recount(moment: str, day: date) -> None:
    """Write the points of a day anew from the figures that count on it."""
    begin = datetime.combine(day, time.min, tzinfo=UTC)
    cases = CaseFigures.objects.filter(**{f"{moment}__gte": begin, f"{moment}__lt": begin + timedelta(days=1)})
    MetricPoint.objects.filter(
        day=day, metric__in=[name for name in METRICS if METRICS[name].moment == moment]
    ).delete()
    MetricPoint.objects.bulk_create(
        MetricPoint(
            metric=point.metric,
            day=point.day,
            source_id=point.scope.source_id,
            kind=point.scope.kind,
            model=point.scope.model,
            n=point.n,
            total=point.total,
            total_of_squares=point.total_of_squares,
            bins=point.bins,
        )
        for point in points(moment, day, cases.order_by("pk"))
    )
