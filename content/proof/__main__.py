"""`python -m content.proof verify`: checks an attestation offline.

Exit status 0: proved. 1: checked and not proved. 2: could not be checked. The first line of output is one
plain sentence; there is never a traceback.
"""

import argparse
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final, NoReturn

from content.errors import Invalid
from content.proof.batch import MAX_LINE, undecided, verify_lines
from content.proof.checking.report import escaped, lines_of
from content.proof.checking.states import Result, State
from content.proof.checking.trust import Trust
from content.proof.keyset import KeySetUnreadable, read_keyset
from content.proof.note import NoteMalformed, read_checkpoint
from content.proof.strict import MAX_BYTES, Unreadable
from content.proof.verify import verify

# Larger than anything that can be signed, small enough to hold in memory.
MAX_FILE: Final = 64 * 1024 * 1024
KEYS_VARIABLE: Final = "REVIEWDESK_KEYS"
UNDECIDED: Final = 2


class CannotCheck(Invalid):
    """This could not be checked."""

    code = "cannot_check"

    def __init__(self, detail: str, *, state: State = State.UNREADABLE) -> None:
        super().__init__(f"This could not be checked: {detail.removesuffix('.')}.")
        self.state = state


class _Arguments(argparse.ArgumentParser):
    """A parser whose mistakes are an answer like any other, with the usage beside it."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        raise CannotCheck(message)


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status: 0, 1 or 2."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = _answer(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output went away; nothing can be told to them, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNDECIDED
    return status


def _answer(arguments: Sequence[str]) -> int:
    as_json = "--json" in arguments
    try:
        options = _parser().parse_args(arguments)
        if options.batch is not None:
            return _verify_batch(options)
        result = _verify_one(options)
    except CannotCheck as error:
        _print_refusal(error, as_json=as_json)
        return UNDECIDED
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001  # the promise of this command: a sentence and 2, never a traceback
        _print_refusal(CannotCheck(f"an unexpected {type(error).__name__} occurred"), as_json=as_json)
        return UNDECIDED
    _print_result(result, as_json=as_json)
    return result.exit


def _parser() -> argparse.ArgumentParser:
    parser = _Arguments(prog="python -m content.proof", description="Checks attestations offline.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("verify", help="check one bundle, or a batch of them")
    check.add_argument("bundle", nargs="?", metavar="BUNDLE", help="attestation.json; - is standard input")
    check.add_argument("--content", metavar="FILE", help="the text to compare; - is standard input")
    check.add_argument("--keys", metavar="FILE", help=f"the key set you pinned (or set {KEYS_VARIABLE})")
    check.add_argument(
        "--file", metavar="NAME=FILE", action="append", default=[], help="a further signed file (repeatable)"
    )
    check.add_argument("--status", metavar="FILE", help="status.jsonl of the issuer, for withdrawals")
    check.add_argument("--checkpoint", metavar="FILE", help="a checkpoint of the log that you saw earlier")
    check.add_argument("--soft", action="store_true", help="tell whether a changed text is similar")
    check.add_argument("--accept", choices=["superseded"], help="exit 0 also if a newer version exists")
    check.add_argument("--batch", metavar="FILE.jsonl", help="check every line of a file")
    check.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _verify_one(options: argparse.Namespace) -> Result:
    if options.bundle is None:
        raise CannotCheck("name a bundle, or a batch with --batch")
    named = dict(_named(pair) for pair in options.file)
    if [options.bundle, options.content, *named.values()].count("-") > 1:
        raise CannotCheck("standard input can be read only once")
    trust = _trust(options)
    return verify(
        _read(options.bundle, limit=MAX_BYTES),
        trust,
        content=None if options.content is None else _read(options.content),
        files={name: _read(path) for name, path in named.items()},
        status=_status(options),
        checkpoint=_checkpoint(options),
        soft=options.soft,
        accept_superseded=options.accept is not None,
    )


def _verify_batch(options: argparse.Namespace) -> int:
    """Print one JSON result a line, and how many there were of each state on standard error."""
    if options.bundle is not None or options.content is not None or options.file or options.checkpoint:
        raise CannotCheck("--batch takes bundles and texts from its file only")
    trust = _trust(options)
    if trust is None:
        raise CannotCheck("no key set was given", state=State.NO_KEYS)
    path = Path(options.batch)
    folder = path.resolve().parent
    states: Counter[str] = Counter()
    proved = True
    with _opened(path) as source:
        for answer in verify_lines(
            _lines(source),
            trust,
            read_file=lambda name: _read_inside(folder, name),
            status=_status(options),
            soft=options.soft,
            accept_superseded=options.accept is not None,
        ):
            print(json.dumps(answer.to_value()))
            states[answer.result.state] += 1
            proved = proved and answer.result.exit == 0
    for state, count in sorted(states.items()):
        print(f"{state}: {count}", file=sys.stderr)
    return 0 if proved else 1


def _lines(source: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of a file that are not blank; None for one that is too long, whose rest is passed over."""
    while line := source.readline(MAX_LINE + 1):
        if len(line) <= MAX_LINE or line.endswith(b"\n"):
            if line.strip():
                yield line
            continue
        while line and not line.endswith(b"\n"):
            line = source.readline(MAX_LINE)
        yield None


def _read_inside(folder: Path, name: str) -> bytes:
    """Read a file below a folder; a path that leaves it, or goes through a link, is refused.

    :raises Unreadable: if it is refused or cannot be read.
    """
    path = Path(name)
    if path.is_absolute() or ".." in path.parts or "\x00" in name:
        raise Unreadable("A path of the line leaves the folder of the batch file.")
    if (folder / path).resolve() != folder / path:
        raise Unreadable("A path of the line goes through a link.")
    try:
        return _read(str(folder / path))
    except CannotCheck as error:
        raise Unreadable(error.detail) from error


def _read(name: str, *, limit: int = MAX_FILE) -> bytes:
    """Read a file, or standard input for `-`.

    :raises CannotCheck: if it cannot be read, or is larger than the limit.
    """
    if name == "-":
        source = sys.stdin.buffer.read(limit + 1)
    else:
        with _opened(Path(name)) as file:
            source = file.read(limit + 1)
    if len(source) > limit:
        raise CannotCheck(f"{name} is larger than {limit} bytes")
    return source


def _opened(path: Path) -> BinaryIO:
    """Open a file for reading.

    :raises CannotCheck: if that cannot be done.
    """
    try:
        return path.open("rb")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "that is no file name"
        raise CannotCheck(f"{path} cannot be read ({why})") from error


def _trust(options: argparse.Namespace) -> Trust | None:
    name = options.keys or os.environ.get(KEYS_VARIABLE)
    if not name:
        return None
    try:
        return Trust(read_keyset(_read(name, limit=MAX_BYTES)))
    except KeySetUnreadable as error:
        raise CannotCheck(error.detail, state=State.NO_KEYS) from error


def _status(options: argparse.Namespace) -> list[bytes] | None:
    if options.status is None:
        return None
    return [line for line in _read(options.status).split(b"\n") if line.strip()]


def _checkpoint(options: argparse.Namespace) -> str | None:
    if options.checkpoint is None:
        return None
    try:
        note = _read(options.checkpoint, limit=MAX_BYTES).decode("utf-8")
        read_checkpoint(note)
    except (UnicodeDecodeError, NoteMalformed) as error:
        raise CannotCheck(f"{options.checkpoint} is no checkpoint") from error
    return note


def _named(pair: str) -> tuple[str, str]:
    name, separator, path = pair.partition("=")
    if not separator or not name or not path:
        raise CannotCheck("--file is given as NAME=FILE")
    return name, path


def _print_result(result: Result, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(result.to_value(), indent=1))
    else:
        print("\n".join(lines_of(result)))


def _print_refusal(error: CannotCheck, *, as_json: bool) -> None:
    if as_json:
        value: Mapping[str, object] = {
            **undecided(error.state, error.detail).to_value(),
            "sentence": error.detail,
        }
        print(json.dumps(value, indent=1))
    else:
        print(escaped(error.detail))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
