"""The actions that are open at a moment, innermost last, and what is kept until the outermost of them ends."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from content.events.chain import FIRST
from content.events.facts import Fact
from content.events.flow import JobKind


class HouseLawBroken(RuntimeError):
    """An action breaks the law of the house: a fault of the code, never of a user."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Work that follows a fact and is put in line when the transaction ends, unless it was done in it already."""

    kind: JobKind
    fact: Fact
    event_id: int
    draft_id: UUID | None
    at: datetime


@dataclass(kw_only=True)
class Frame:
    """One open action. Only the outermost keeps anything but the count of its own Events.

    `heads`: newest place and digest of each chain that this transaction wrote to; they stay true until its end,
    because whoever writes to a chain holds its lock. `steps`: the work that follows so far. `at_end` is called inside
    the transaction, once the outermost action has returned.
    """

    action: str
    events: int = 0
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    at_end: Callable[[list[Step]], object] | None = None

    def end(self) -> None:
        """Put the work that follows in line."""
        if self.at_end is not None:
            self.at_end(self.steps)


open_actions: ContextVar[tuple[Frame, ...]] = ContextVar("open_actions", default=())


def begin_chain(chain: str) -> None:
    """Note that a chain has no Event yet: what it is about was made in this transaction."""
    for frame in open_actions.get()[:1]:
        frame.heads[chain] = (0, FIRST)


def note_events(count: int) -> Frame:
    """Count Events for the innermost open action, and return the outermost one.

    :raises HouseLawBroken: outside any action.
    """
    frames = open_actions.get()
    if not frames:
        raise HouseLawBroken("An Event is recorded inside an action only.")
    frames[-1].events += count
    return frames[0]


def spare_jobs(*, work: Callable[..., object], **ids: object) -> None:
    """Make no Job for work that follows from this transaction so far and was just done in it.

    :param work: the action that the Job would call.
    :param ids: what it was done for, such as `revision_id`; a Job for anything else stays in line.
    """
    for frame in open_actions.get()[:1]:
        frame.steps[:] = [
            step
            for step in frame.steps
            if step.kind.action is not work or any(getattr(step.fact, name) != value for name, value in ids.items())
        ]
