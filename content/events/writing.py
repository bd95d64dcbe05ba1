"""What makes a function an action: one transaction, one Event of its own, an actor and a clock passed in.

`action` records exactly one Event, `quiet_action` at most one, `bulk_action` one for each subject it returns.
"""

import inspect
from collections.abc import Callable, Collection
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")
C = TypeVar("C", bound=Collection[object])


class HouseLawBroken(RuntimeError):
    """An action breaks the law of the house: a fault of the code, never of a user."""


@dataclass(kw_only=True)
class _Frame:
    action: str
    events: int = 0
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)


_open: ContextVar[tuple[_Frame, ...]] = ContextVar("open_actions", default=())


def action_is_open() -> bool:
    """Tell whether the caller runs inside an action, so that it may write."""
    return bool(_open.get())


def note_event() -> dict[str, tuple[int, str]]:
    """Count an Event for the innermost open action.

    :return: the newest place and digest of each chain that this transaction wrote to, for the caller to keep. They
        stay true until its end, because whoever writes to a chain holds its lock.
    :raises HouseLawBroken: outside any action.
    """
    frames = _open.get()
    if not frames:
        raise HouseLawBroken("An Event is recorded inside an action only.")
    frames[-1].events += 1
    return frames[0].heads


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make `function` an action that records exactly one Event of its own."""
    return _make(function, lambda events, _result: events == 1, "exactly one Event")


def quiet_action(function: Callable[P, R]) -> Callable[P, R]:
    """Make `function` an action that records at most one Event, for what the history does not need."""
    return _make(function, lambda events, _result: events <= 1, "at most one Event")


def bulk_action(function: Callable[P, C]) -> Callable[P, C]:
    """Make `function` an action that records one Event for each subject it returns."""
    return _make(function, lambda events, result: events == len(result), "one Event a subject")


def _make(function: Callable[P, R], law: Callable[[int, R], bool], words: str) -> Callable[P, R]:
    name = f"{function.__module__}.{function.__qualname__}"
    _check_signature(function, name)

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        frame = _Frame(action=name)
        outer = _open.get()
        token = _open.set((*outer, frame))
        try:
            # An action inside another joins its transaction: a savepoint would only cost two queries, since the
            # outer one cannot go on after a refusal of the inner one.
            with transaction.atomic(savepoint=not outer):
                result = function(*args, **kwargs)
                if not law(frame.events, result):
                    raise HouseLawBroken(f"{name} records {words}; it recorded {frame.events}.")
                return result
        finally:
            _open.reset(token)

    return run


def _check_signature(function: Callable[P, R], name: str) -> None:
    parameters = inspect.signature(function).parameters
    if any(each.kind is not inspect.Parameter.KEYWORD_ONLY for each in parameters.values()):
        raise HouseLawBroken(f"{name} takes keyword arguments only.")
    if not {"by", "at"} <= set(parameters):
        raise HouseLawBroken(f"{name} takes `by` and `at`.")
