"""Kinds of work and the flow between them. `apps.ready` installs both, so that `events` knows no part and no Celery."""

import inspect
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from content.errors import NotFound, Unavailable
from content.events.facts import Fact, Plain


class NotYet(Unavailable):
    """What this step builds on is not there yet; it comes again in a few seconds."""

    code = "not_yet"


class JobNotFound(NotFound):
    """There is no such Job, or it is not in the state that this needs."""

    code = "job_not_found"


class JobLeaseLost(NotFound):
    """The Job's lease ran out and somebody else may have it now; what this attempt did is rolled back."""

    code = "job_lease_lost"


class Queue(StrEnum):
    """The five lines of work; which workers serve which is a matter of operation."""

    CRITICAL = "critical"
    INTERACTIVE = "interactive"
    DELIVERY = "delivery"
    NLP = "nlp"
    BULK = "bulk"


@dataclass(frozen=True, kw_only=True)
class JobKind:
    """One kind of work that follows a fact.

    `action` is an idempotent action; its keyword arguments but `by`, `at` and `prepared` are taken from the fact.
    `prepare`, where there is one, runs outside any transaction (it may use the network or a key store) with the
    same keywords; what it returns reaches the action as `prepared`. `delays` are the seconds before each further
    attempt; the last is used for all that follow. `due` gives seconds to wait before the first. `wanted` is asked
    at the end of the transaction, once for each draft, `listened`
    once for all; a step that nobody waits for makes no Job.
    """

    name: str
    action: Callable[..., object]
    queue: Queue
    priority: int = 5
    lease_seconds: int = 150
    max_attempts: int = 5
    delays: tuple[int, ...] = (5, 30, 120, 600)
    prepare: Callable[..., object] | None = None
    due: Callable[[], int] = lambda: 0
    wanted: Callable[[Fact], bool] = lambda _fact: True
    listened: Callable[[], bool] = lambda: True

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Names of the ids that the action asks for."""
        asked = inspect.signature(self.action).parameters
        return tuple(name for name in asked if name not in {"by", "at", "prepared"})

    def pause_after(self, attempts: int) -> timedelta:
        """Return how long to wait before the next attempt; spread by a fifth, so that not all come at once."""
        seconds = self.delays[min(attempts, len(self.delays)) - 1]
        return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 (spreads load; nothing secret)

    def payload(self, fact: Fact, event_id: int) -> dict[str, Plain]:
        """Return the ids of `fact` that this kind works on."""
        known = fact.payload() | {"event_id": event_id}
        return {name: known[name] for name in self.subjects}


def arguments(payload: Mapping[str, Plain]) -> dict[str, object]:
    """Return a stored payload as keyword arguments: strings that are ids become UUIDs again."""
    return {name: UUID(value) if isinstance(value, str) else value for name, value in payload.items()}


Flow = Mapping[type[Fact], tuple[JobKind, ...]]
Wake = Callable[[Sequence[tuple[int, Queue]]], None]
Announce = Callable[[Fact, datetime], None]


@dataclass(kw_only=True)
class _Installed:
    flow: Flow
    kinds: Mapping[str, JobKind]
    wake: Wake
    announce: Announce

    @property
    def names_by_lease(self) -> Mapping[int, Sequence[str]]:
        """The names of kinds by the seconds of their lease: most have the same."""
        found: dict[int, list[str]] = {}
        for name, kind in self.kinds.items():
            found.setdefault(kind.lease_seconds, []).append(name)
        return found


def _nobody_wakes(_jobs: Sequence[tuple[int, Queue]]) -> None:
    """Leave the Jobs to whoever works them off."""


def _nobody_listens(_fact: Fact, _at: datetime) -> None:
    """Announce to nobody."""


installed = _Installed(flow={}, kinds={}, wake=_nobody_wakes, announce=_nobody_listens)


def install(*, flow: Flow, kinds: Sequence[JobKind], wake: Wake, announce: Announce) -> None:
    """Make `flow` the one that `events.record` follows; called once, when Django is ready."""
    installed.flow = flow
    installed.kinds = {kind.name: kind for kind in kinds}
    installed.wake = wake
    installed.announce = announce
