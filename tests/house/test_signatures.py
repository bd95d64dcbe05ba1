"""Actions and queries are typed, keyword-only, and say what they refuse (house.md, section 3)."""

import ast
import re
from collections.abc import Iterator

from tests.house.tree import Function, Source, decorators, public_functions, sources

ROOMS = ("content.*.actions", "content.*.queries")
# Reads as a sentence: record(DraftReceived(...), by=by, at=at).
TAKES_A_FACT = {"content.events.actions.record"}
MARKS = {"action", "quiet_action", "bulk_action"}


def room_functions(*rooms: str) -> Iterator[tuple[Source, Function]]:
    for source in sources("content"):
        if source.is_in(*rooms):
            yield from ((source, function) for function in public_functions(source))


def raised(function: Function) -> Iterator[tuple[ast.AST, str]]:
    """Yield the errors that a function raises itself, by the last word of their names."""
    for node in ast.walk(function):
        if isinstance(node, ast.Raise) and node.exc is not None:
            error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            name = ast.unparse(error).rsplit(".", 1)[-1]
            if name[0].isupper():
                yield node, name


class TestSignatures:
    def test_are_keyword_only(self) -> None:
        found = [
            source.at(function, f"{function.name} takes positional arguments")
            for source, function in room_functions(*ROOMS)
            if f"{source.module}.{function.name}" not in TAKES_A_FACT
            if function.args.args or function.args.posonlyargs or function.args.vararg
        ]

        assert found == []

    def test_are_typed(self) -> None:
        found = [
            source.at(function, f"{function.name} leaves types open")
            for source, function in room_functions(*ROOMS)
            if function.returns is None or any(each.annotation is None for each in function.args.kwonlyargs)
        ]

        assert found == []

    def test_are_explained(self) -> None:
        found = [
            source.at(function, f"{function.name} has no docstring")
            for source, function in room_functions(*ROOMS)
            if not ast.get_docstring(function)
        ]

        assert found == []

    def test_of_actions_have_an_actor_and_a_clock(self) -> None:
        found = [
            source.at(function, f"{function.name} lacks by or at")
            for source, function in room_functions("content.*.actions")
            if MARKS & set(decorators(function))
            and not {"by", "at"} <= {argument.arg for argument in function.args.kwonlyargs}
        ]

        assert found == []

    def test_of_actions_name_each_error_they_raise(self) -> None:
        found = [
            source.at(node, f"{function.name} raises {error} without ':raises {error}:'")
            for source, function in room_functions("content.*.actions")
            for node, error in raised(function)
            if not re.search(rf":raises [\w, ]*\b{error}\b", ast.get_docstring(function) or "")
        ]

        assert found == []
