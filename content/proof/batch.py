"""Many verifications in one run: one JSON line in, one result out, in order, in constant memory.

A line is `{"id", "bundle" | "bundle_path", "text" | "content_path"}`; text and content may both be absent.
A line that cannot be read is `unreadable`, and the run goes on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from content.proof.bundle import Bundle
from content.proof.checking.states import Check, Facts, Outcome, Result, State
from content.proof.checking.trust import Trust
from content.proof.strict import Json, Unreadable, Unsupported, as_text, read_json
from content.proof.verify import verify

# A bundle of 1 MiB and a text of 512 KiB, both with every character escaped, and a little more.
MAX_LINE: Final = 8 * 1024 * 1024
_KEYS: Final = frozenset({"id", "bundle", "bundle_path", "text", "content_path"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The result for one line, under the id the line gave, or "" where it gave none."""

    id: str
    result: Result

    def to_value(self) -> dict[str, Json]:
        """Return the JSON object of the answer."""
        return {"id": self.id, **self.result.to_value()}


def verify_lines(
    lines: Iterable[bytes | None],
    trust: Trust,
    *,
    read_file: Callable[[str], bytes],
    status: list[bytes] | None,
    soft: bool,
    accept_superseded: bool,
) -> Iterator[Answer]:
    """Yield one answer a line, in order.

    :param lines: None stands for a line longer than `MAX_LINE`.
    :param read_file: returns the bytes of a file named in a line; raises Unreadable for what it will not
        open.
    """
    for line in lines:
        name = ""
        try:
            row = _row(line)
            name = as_text(row.get("id", ""))
            result = verify(
                _bundle(row, read_file),
                trust,
                content=_content(row, read_file),
                status=status,
                soft=soft,
                accept_superseded=accept_superseded,
            )
        except (Unreadable, Unsupported) as error:
            result = undecided(State(error.code), error.detail)
        yield Answer(id=name, result=result)


def undecided(state: State, detail: str) -> Result:
    """Return the result for what could not be read at all."""
    failed = Check(name="bundle", result=Outcome.FAIL, detail=detail, state=state)
    return Result(state=state, checks=(failed,), facts=Facts())


def _row(line: bytes | None) -> Mapping[str, Json]:
    if line is None:
        raise Unreadable(f"The line is longer than {MAX_LINE} bytes.")
    value = read_json(line, max_bytes=MAX_LINE)
    if not isinstance(value, Mapping) or value.keys() - _KEYS:
        raise Unreadable("The line is no object, or has a key that is not known.")
    if ("bundle" in value) == ("bundle_path" in value):
        raise Unreadable("The line needs either bundle or bundle_path.")
    if "text" in value and "content_path" in value:
        raise Unreadable("The line has both text and content_path.")
    return value


def _bundle(row: Mapping[str, Json], read_file: Callable[[str], bytes]) -> bytes | Bundle:
    if "bundle" in row:
        return Bundle.from_value(row["bundle"])
    return read_file(as_text(row["bundle_path"]))


def _content(row: Mapping[str, Json], read_file: Callable[[str], bytes]) -> bytes | None:
    if "text" in row:
        return as_text(row["text"]).encode("utf-8")
    return read_file(as_text(row["content_path"])) if "content_path" in row else None
