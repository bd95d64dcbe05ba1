"""Facts and work of these tests' own."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from content.actors import Actor
from content.events import actions as events
from content.events import flow
from content.events.facts import Fact
from content.events.flow import JobKind, Queue
from content.events.writing import action, quiet_action


@dataclass(frozen=True, kw_only=True, slots=True)
class BellRung(Fact):
    """A bell was rung."""

    fact: ClassVar[str] = "bell_rung.v1"
    draft_id: UUID | None = None
    times: int = 1


@action
def ring(*, draft_id: UUID | None, by: Actor, at: datetime, times: int = 1) -> int:
    """Record that a bell was rung; return the Event's id."""
    return events.record(BellRung(draft_id=draft_id, times=times), by=by, at=at)


class Work:
    """Work that follows a bell: counts what it was asked for, and fails as it is told to."""

    def __init__(self) -> None:
        self.done: list[Mapping[str, object]] = []
        self.error: Exception | None = None

    def kind(self, **options: object) -> JobKind:
        """Return a kind of work that calls this."""

        @quiet_action
        def answer(*, times: int, event_id: int, by: Actor, at: datetime) -> None:
            if self.error is not None:
                raise self.error
            self.done.append({"times": times, "event_id": event_id, "at": at})

        return JobKind(name="tests.answer", action=answer, queue=Queue.INTERACTIVE, **options)  # type: ignore[arg-type]


@contextmanager
def flowing(*kinds: JobKind) -> Iterator[list[tuple[int, Queue]]]:
    """Let these kinds follow a bell while the block runs; yield the Jobs that were woken."""
    before = (flow.installed.flow, flow.installed.kinds, flow.installed.wake)
    woken: list[tuple[int, Queue]] = []

    def wake(jobs: Sequence[tuple[int, Queue]]) -> None:
        woken.extend(jobs)

    flow.installed.flow = {BellRung: kinds}
    flow.installed.kinds = {kind.name: kind for kind in kinds}
    flow.installed.wake = wake
    try:
        yield woken
    finally:
        flow.installed.flow, flow.installed.kinds, flow.installed.wake = before
