"""What makes a function an action: one transaction, one Event of its own, an actor and a clock passed in.

`action` records exactly one Event, `quiet_action` at most one, `bulk_action` one for each subject it returns.
"""

import inspect
from collections.abc import Callable, Collection
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from content.events.frames import Frame, HouseLawBroken, open_actions

P = ParamSpec("P")
R = TypeVar("R")
C = TypeVar("C", bound=Collection[object])


def action_is_open() -> bool:
    """Tell whether the caller runs inside an action, so that it may write."""
    return bool(open_actions.get())


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
        frame = Frame(action=name)
        outer = open_actions.get()
        token = open_actions.set((*outer, frame))
        try:
            # An action inside another joins its transaction: a savepoint would only cost two queries, since the
            # outer one cannot go on after a refusal of the inner one.
            with transaction.atomic(savepoint=not outer):
                result = function(*args, **kwargs)
                if not law(frame.events, result):
                    raise HouseLawBroken(f"{name} records {words}; it recorded {frame.events}.")
                if not outer:
                    frame.end()
                return result
        finally:
            open_actions.reset(token)

    return run


def _check_signature(function: Callable[P, R], name: str) -> None:
    parameters = inspect.signature(function).parameters
    if any(each.kind is not inspect.Parameter.KEYWORD_ONLY for each in parameters.values()):
        raise HouseLawBroken(f"{name} takes keyword arguments only.")
    if not {"by", "at"} <= set(parameters):
        raise HouseLawBroken(f"{name} takes `by` and `at`.")
