"""What `manage.py doctor` finds: one line for each invariant that does not hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from content.registry import Registry


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A breach: the id of the invariant (docs/operating.md lists them) and what is wrong, in words."""

    id: str
    text: str


Question = Callable[[datetime], Iterator[str]]
QUESTIONS: Registry[Question] = Registry("invariant", versioned=False)
"What is asked, by `D01.name`; each yields a sentence for each breach and only reads."


def examine(at: datetime) -> Iterator[Finding]:
    """Ask everything and yield what does not hold, in order of the invariants' ids."""
    for name in QUESTIONS:
        for text in QUESTIONS[name](at):
            yield Finding(id=name.partition(".")[0], text=text)
