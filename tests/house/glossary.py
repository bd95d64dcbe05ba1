"""The words of the house as the code has them. `python -m tests.house.glossary` writes them into docs/glossary.md."""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping

from content.registry import VERSIONED_NAME
from tests.house.tree import ROOT, Source, sources

PATH = ROOT / "docs" / "glossary.md"
BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"
ERROR_FAMILIES = {"ReviewDeskError", "Invalid", "Refused", "NotFound", "Conflict", "Unavailable"}


def terms() -> Mapping[str, list[str]]:
    """Return the names of every kind, sorted: tables, error codes, and what is registered under a version."""
    found: dict[str, set[str]] = defaultdict(set)
    for source in sources("content"):
        for kind, name in (*_tables(source), *_codes(source), *_registered(source)):
            found[kind].add(name)
    return {kind: sorted(found[kind]) for kind in sorted(found)}


def _tables(source: Source) -> Iterator[tuple[str, str]]:
    """Yield the classes of a models room, but for what is no table: bases and sets of rows."""
    if not source.is_in("content.*.models"):
        return
    for node in source.syntax.body:
        if (
            isinstance(node, ast.ClassDef)
            and not _is_abstract(node)
            and not node.name.endswith(("QuerySet", "Manager"))
        ):
            yield "tables", node.name


def _is_abstract(node: ast.ClassDef) -> bool:
    return any("abstract = True" in ast.unparse(inner) for inner in node.body if isinstance(inner, ast.ClassDef))


def _codes(source: Source) -> Iterator[tuple[str, str]]:
    """Yield the stable codes of errors: a class attribute `code` with a word in it."""
    for node in ast.walk(source.syntax):
        if not isinstance(node, ast.ClassDef) or not node.bases:
            continue
        for line in node.body:
            target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
            value = getattr(line, "value", None)
            if isinstance(target, ast.Name) and target.id == "code" and isinstance(value, ast.Constant):
                yield "error codes", str(value.value)


def _registered(source: Source) -> Iterator[tuple[str, str]]:
    """Yield what is registered under a versioned name, by the registry or the decorator that takes it."""
    for node in ast.walk(source.syntax):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        name = str(node.args[0].value)
        if not VERSIONED_NAME.fullmatch(name):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr == "register":
            yield ast.unparse(node.func.value).rsplit(".", 1)[-1].lower().replace("_", " "), name
        elif isinstance(node.func, ast.Name) and node.func.id in {"rule", "check", "metric", "channel"}:
            yield f"{node.func.id}s", name


def generated() -> str:
    """Return the generated part of the glossary, in Markdown, with its marks."""
    lists = [
        f"### {kind.capitalize()}\n\n" + " · ".join(f"`{name}`" for name in names) for kind, names in terms().items()
    ]
    return "\n\n".join([BEGIN, *lists, END])


def main() -> int:
    """Write the generated part anew; return an exit code."""
    before, _, rest = PATH.read_text(encoding="utf-8").partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        sys.stderr.write(f"{PATH} needs the lines {BEGIN} and {END}\n")
        return 1
    PATH.write_text(f"{before}{generated()}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
