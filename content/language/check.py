"""What a language check is: a pure function over a text, named for ever, that yields the spans it complains about."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from content.registry import Registry
from content.text.blocks import WITHOUT_PROSE, blocks
from content.text.prose import markup_spans
from content.text.segments import REMEMBERED
from content.text.spans import Span, shift, union


class Severity(StrEnum):
    """How loud a finding is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A text as checks see it. `unread` are the spans that are no prose: code, markup, link targets, comments."""

    text: str
    language: str
    unread: Sequence[Span] = field(default_factory=tuple)

    def is_prose(self, start: int, end: int) -> bool:
        """Tell whether a span lies outside everything that is no prose."""
        return not any(first < end and start < last for first, last in self.unread)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One complaint: half-open code points, the text there, one sentence for the editor.

    `enforced` findings hold a sign-off until they are fixed or dismissed with a reason; `code` is the check's name
    without its version.
    """

    check: str
    code: str
    start: int
    end: int
    quote: str
    severity: Severity
    enforced: bool
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """A registered check."""

    name: str
    find: Callable[[Checked], Iterator[tuple[int, int]]]
    reason: str
    severity: Severity
    enforced: bool


CHECKS: Registry[Check] = Registry("check")
QUOTE_AT_MOST = 120
FINDINGS_AT_MOST = 100
"A check that complains more often than this about one text says nothing more."

Find = Callable[[Checked], Iterator[tuple[int, int]]]


def check(name: str, *, reason: str, severity: Severity, enforced: bool = False) -> Callable[[Find], Find]:
    """Register a function that yields half-open code points as the check `name`.

    :param reason: one sentence for the editor; `{quote}` stands for the text that was found.
    """

    def keep(find: Find) -> Find:
        CHECKS.register(name)(Check(name=name, find=find, reason=reason, severity=severity, enforced=enforced))
        return find

    return keep


def findings(text: str, *, language: str) -> tuple[Finding, ...]:
    """Return what all registered checks find in a text, in order of place."""
    return _found(text, language, tuple(CHECKS))


@lru_cache(maxsize=REMEMBERED)
def _found(text: str, language: str, names: tuple[str, ...]) -> tuple[Finding, ...]:
    checked = Checked(text=text, language=language, unread=_unread(text))
    found = [finding for name in names for finding in _findings_of(CHECKS[name], checked)]
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.check)))


def _findings_of(each: Check, checked: Checked) -> Iterator[Finding]:
    for count, (start, end) in enumerate(each.find(checked)):
        if count == FINDINGS_AT_MOST:
            return
        quote = checked.text[start:end][:QUOTE_AT_MOST]
        yield Finding(
            check=each.name,
            code=each.name.rpartition(".")[0],
            start=start,
            end=end,
            quote=quote,
            severity=each.severity,
            enforced=each.enforced,
            reason=each.reason.replace("{quote}", quote),
        )


def _unread(text: str) -> list[Span]:
    found: list[Span] = []
    for kind, start, end in blocks(text):
        found.extend([Span(start, end)] if kind in WITHOUT_PROSE else shift(markup_spans(text[start:end]), start))
    return union(found)
