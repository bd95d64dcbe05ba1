"""Runs benchmarks by name: each is a module of benchmarks/ with `main(arguments) -> exit code`. See script/bench."""

import ast
import contextlib
import importlib
import itertools
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from script import postgres
from script.refusal import CannotGoOn

ROOT = Path(__file__).resolve().parent.parent


def names() -> list[str]:
    """Return the benchmarks there are: the modules and folders of benchmarks/ that have a `main`."""
    folder = ROOT / "benchmarks"
    files = {path.stem: path for path in folder.glob("*.py")}
    files |= {path.parent.name: path for path in folder.glob("*/__main__.py")}
    return sorted(name for name, path in files.items() if name != "__init__" and _has_main(path))


def _has_main(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree.body)


def run(name: str, arguments: list[str]) -> int:
    """Run one benchmark with a database of its own; return its exit code."""
    module = f"benchmarks.{name}"
    if (ROOT / "benchmarks" / name / "__main__.py").exists():
        module += ".__main__"
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="reviewdesk-bench-"))
        os.environ |= {"REVIEWDESK_DATA": folder, "PUBLISH_UNDO_SECONDS": "0"}
        if _wants_postgres(arguments) and not os.environ.get("DATABASE_URL"):
            os.environ["DATABASE_URL"] = stack.enter_context(postgres.cluster())
        return int(importlib.import_module(module).main(arguments) or 0)


def _wants_postgres(arguments: list[str]) -> bool:
    return "--db=postgres" in arguments or ("--db", "postgres") in itertools.pairwise(arguments)


def main(arguments: list[str]) -> int:
    """Run what is named, or everything, each in a process of its own; return the exit code."""
    known = names()
    if arguments and not arguments[0].startswith("-"):
        name, *rest = arguments
        if name not in known:
            sys.stderr.write(f"bench: there is no '{name}'; there are: {', '.join(known)}\n")
            return 2
        try:
            return run(name, rest)
        except CannotGoOn as refusal:
            sys.stderr.write(f"bench: {refusal}\n")
            return refusal.code
    codes = [
        subprocess.run(
            [sys.executable, "-P", "-m", "script.benches", name, *arguments], cwd=ROOT, check=False
        ).returncode
        for name in known
    ]
    return max(codes, default=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
