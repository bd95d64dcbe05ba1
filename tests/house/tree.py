"""The source tree as the house tests read it: files, modules and their syntax, read once."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# In the order a draft meets them; nobody knows a later one.
PARTS = (
    *("events", "drafts", "lineage", "authorship", "language", "policy", "review"),
    *("attestation", "publishing", "corpus", "insights"),
)
LEFT_OUT = {"node_modules", "migrations", "__pycache__"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One Python file."""

    path: Path
    module: str  # dotted
    text: str
    syntax: ast.Module

    @property
    def room(self) -> str:
        """Second and third word of the module, such as `review.actions`; what is below a room belongs to it."""
        return ".".join(self.module.split(".")[1:3])

    @property
    def part(self) -> str:
        """Second word of the module, such as `review`."""
        return self.module.split(".")[1] if "." in self.module else ""

    def is_in(self, *names: str) -> bool:
        """Tell whether the module is one of these or lies below one; `*` stands for one word."""
        return any(re.match(rf"{name.replace('.', '[.]').replace('*', '[^.]+')}([.]|$)", self.module) for name in names)

    def at(self, node: ast.AST, what: str) -> str:
        """Return a line for a report: where, and what is wrong."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)} {what}"


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Return the files of these folders of the repository, migrations left out."""
    return tuple(source for folder in folders for source in _read(ROOT / folder))


def _read(folder: Path) -> Iterator[Source]:
    for path in sorted(folder.rglob("*.py")):
        if LEFT_OUT & set(path.parts):
            continue
        text = path.read_text(encoding="utf-8")
        words = path.relative_to(ROOT).with_suffix("").parts
        module = ".".join(words[:-1] if words[-1] == "__init__" else words)
        yield Source(path=path, module=module, text=text, syntax=ast.parse(text))


def functions(source: Source) -> Iterator[Function]:
    """Yield every function and method of a file."""
    yield from (node for node in ast.walk(source.syntax) if isinstance(node, Function))


def public_functions(source: Source) -> Iterator[Function]:
    """Yield the functions at the top of a file whose names begin with a letter."""
    yield from (node for node in source.syntax.body if isinstance(node, Function) and node.name[0] != "_")


def decorators(function: Function) -> list[str]:
    """Return the last words of the names of a function's decorators."""
    bare = [each.func if isinstance(each, ast.Call) else each for each in function.decorator_list]
    return [each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in bare]


def imports(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Yield each imported name in full, with its node; what is imported for type checking only is left out."""
    typing_only = {
        id(inner)
        for node in ast.walk(source.syntax)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(source.syntax):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)
