"""`python -m content.authorship`: JSON lines in, attributions out; needs no Django and no settings.

One case a line: `{"id": str, "revisions": [{"text", "author", "machine", "journal"?}, ...]}`. One line out for each, in
order: `{"id", "tokens": [[start, end, revision, author, kind], ...], "measures", "signals"}` of the last revision, or
`{"id", "error"}` for a bad line; then the exit status is 1. Same input, same bytes.
"""

import json
import sys
from collections.abc import Iterable, Iterator

from content.authorship.attribute import Attribution, Attributor, RevisionText
from content.drafts.journal import Journal, JournalInvalid, parse_journal


class BadLine(ValueError):
    """A line that is no case."""

    def __init__(self, reason: str, name: str | None = None) -> None:
        super().__init__(reason)
        self.name = name


def answers(lines: Iterable[bytes]) -> Iterator[dict[str, object]]:
    """Yield one answer for each line that is not blank."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _answer(line)
        except BadLine as bad:
            yield {"id": bad.name, "error": f"line {number}: {bad}"}


def main() -> int:
    """Answer stdin on stdout; return the exit status."""
    status = 0
    for answer in answers(sys.stdin.buffer):
        status = 1 if "error" in answer else status
        sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        sys.stdout.buffer.flush()
    return status


def _answer(line: bytes) -> dict[str, object]:
    try:
        case = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadLine("is not UTF-8.") from None
    except (ValueError, RecursionError):
        raise BadLine("is not JSON.") from None
    if not isinstance(case, dict):
        raise BadLine("is not an object.")
    name = case.get("id")
    if not isinstance(name, str) or not _is_text(name):
        raise BadLine("id is missing or no text.")
    revisions = case.get("revisions")
    if not isinstance(revisions, list) or not revisions:
        raise BadLine("revisions is missing, empty or no list.", name)
    attribution = _attribute([_revision(at, row, name) for at, row in enumerate(revisions)])
    tokens = [[token.start, token.end, token.revision, token.author, token.kind.value] for token in attribution.tokens]
    signals = [signal.to_json() for signal in attribution.signals]
    return {"id": name, "tokens": tokens, "measures": dict(attribution.measures), "signals": signals}


def _attribute(revisions: list[RevisionText]) -> Attribution:
    attributor = Attributor()
    for revision in revisions[:-1]:
        attributor.add(revision)
    return attributor.add(revisions[-1])


def _revision(at: int, row: object, name: str) -> RevisionText:
    if not isinstance(row, dict):
        raise BadLine(f"revision {at} is no object.", name)
    text, author, machine = row.get("text"), row.get("author"), row.get("machine")
    if not isinstance(text, str) or not isinstance(author, str) or not isinstance(machine, bool):
        raise BadLine(f"revision {at} needs text, author and machine.", name)
    if not _is_text(text) or not _is_text(author):
        raise BadLine(f"revision {at} holds a lone surrogate.", name)
    return RevisionText(text, author, machine, _journal(row.get("journal")))


def _journal(value: object) -> Journal | None:
    """Return the journal; one that cannot be read is one that fits no text."""
    if value is None:
        return None
    try:
        return parse_journal(value)
    except JournalInvalid:
        return Journal("", ())


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
