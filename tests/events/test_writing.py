from collections.abc import Sequence
from datetime import datetime

import pytest
from django.db import connection

from content.actors import SYSTEM, Actor
from content.events import actions as events
from content.events.frames import HouseLawBroken
from content.events.models import Event
from content.events.writing import action, action_is_open, bulk_action, quiet_action
from tests.database import WrittenOutsideAnAction
from tests.events.facts import BellRung, ring
from tests.make import NOON


@action
def ring_twice(*, by: Actor, at: datetime) -> None:
    """Record one Event too many."""
    for _ in range(2):
        events.record(BellRung(), by=by, at=at)


@action
def ring_through_another(*, by: Actor, at: datetime) -> None:
    """Record one Event, and have another action record its own."""
    ring(draft_id=None, by=by, at=at)
    events.record(BellRung(times=2), by=by, at=at)


@action
def forget(*, by: Actor, at: datetime) -> None:
    """Record nothing."""


@quiet_action
def listen(*, by: Actor, at: datetime) -> bool:
    """Tell whether an action is open."""
    return action_is_open()


@bulk_action
def ring_each(*, times: Sequence[int], rung: int, by: Actor, at: datetime) -> Sequence[int]:
    """Record one Event for each of the first `rung` numbers."""
    for each in times[:rung]:
        events.record(BellRung(times=each), by=by, at=at)
    return times


@pytest.mark.django_db
class TestAction:
    def test_keeps_its_event(self) -> None:
        event_id = ring(draft_id=None, by=SYSTEM, at=NOON, times=3)

        event = Event.objects.get(pk=event_id)
        assert (event.fact, event.payload) == ("bell_rung.v1", {"draft_id": None, "times": 3})

    def test_that_records_nothing_is_rolled_back(self) -> None:
        with pytest.raises(HouseLawBroken, match="exactly one Event; it recorded 0"):
            forget(by=SYSTEM, at=NOON)

    def test_that_records_two_events_is_rolled_back(self) -> None:
        with pytest.raises(HouseLawBroken, match="it recorded 2"):
            ring_twice(by=SYSTEM, at=NOON)

        assert not Event.objects.exists()

    def test_counts_only_events_of_its_own(self) -> None:
        ring_through_another(by=SYSTEM, at=NOON)

        assert Event.objects.count() == 2

    def test_is_open_while_it_runs_only(self) -> None:
        assert listen(by=SYSTEM, at=NOON)
        assert not action_is_open()

    def test_is_closed_again_after_an_error(self) -> None:
        with pytest.raises(HouseLawBroken):
            forget(by=SYSTEM, at=NOON)

        assert not action_is_open()

    def test_for_many_records_one_event_a_subject(self) -> None:
        assert ring_each(times=[1, 2], rung=2, by=SYSTEM, at=NOON) == [1, 2]
        with pytest.raises(HouseLawBroken, match="one Event a subject"):
            ring_each(times=[1, 2], rung=1, by=SYSTEM, at=NOON)


class TestSignature:
    def test_takes_no_positional_arguments(self) -> None:
        with pytest.raises(HouseLawBroken, match="keyword arguments only"):

            @action
            def bad(by: Actor, at: datetime) -> None: ...

    def test_takes_actor_and_clock(self) -> None:
        with pytest.raises(HouseLawBroken, match="takes `by` and `at`"):

            @action
            def bad(*, by: Actor) -> None: ...


@pytest.mark.django_db
class TestOutside:
    def test_no_event_is_recorded(self) -> None:
        with pytest.raises(HouseLawBroken, match="inside an action only"):
            events.record(BellRung(), by=SYSTEM, at=NOON)

    def test_nothing_is_written(self) -> None:
        with pytest.raises(WrittenOutsideAnAction), connection.cursor() as cursor:
            cursor.execute("DELETE FROM reviewdesk_job")
