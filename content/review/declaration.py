"""What a person declares when they sign (review.md, section 8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

COMPETENCE = ("expert", "practitioner", "informed")
USED_FOR = ("search", "spelling", "translation", "facts", "wrote_text", "other")
NOTE_LENGTH = 10
"Fewer characters are no sentence."
TEXT_LIMIT = 2000


@dataclass(frozen=True, kw_only=True, slots=True)
class ToolUse:
    """A tool used while reviewing. `passages`: half-open code points of what it wrote, for `wrote_text`."""

    name: str
    ai: bool
    used_for: str
    passages: tuple[tuple[int, int], ...] = ()

    @property
    def wrote_text(self) -> bool:
        """Whether an AI tool wrote part of the text."""
        return self.ai and self.used_for == "wrote_text"


@dataclass(frozen=True, kw_only=True, slots=True)
class Declaration:
    """The answers of the sign-off dialog. `tools` None: not answered; empty: none were used."""

    facts_checked: bool = False
    sources_checked: bool = False
    competence: str = ""
    competence_note: str = ""
    tools: tuple[ToolUse, ...] | None = None
    public_interest: bool | None = None
    responsible_id: int | None = None
    reading_note: str = ""

    def missing(self, *, asks_public_interest: bool) -> tuple[str, ...]:
        """Return the names of the answers that are not given.

        :param asks_public_interest: False where the policy itself says that the text is of public interest.
        """
        tools = self.tools or ()
        answered = {
            "facts_checked": self.facts_checked,
            "sources_checked": self.sources_checked,
            "competence": self.competence in COMPETENCE,
            "competence_note": len(self.competence_note.strip()) >= NOTE_LENGTH,
            "tools": self.tools is not None and all(each.name and each.used_for in USED_FOR for each in tools),
            "tool_passages": all(each.passages for each in tools if each.wrote_text),
            "public_interest": self.public_interest is not None or not asks_public_interest,
            "responsible": self.responsible_id is not None,
        }
        return tuple(name for name, given in answered.items() if not given)

    @property
    def has_reading_note(self) -> bool:
        """Whether the signer says how they read the text."""
        return len(self.reading_note.strip()) >= NOTE_LENGTH

    @property
    def ai_passages(self) -> int:
        """How many passages an AI tool wrote."""
        return sum(len(each.passages) for each in self.tools or () if each.wrote_text)

    def to_value(self) -> dict[str, object]:
        """Return the answers as JSON values, as they are stored."""
        tools = None if self.tools is None else [_tool_value(each) for each in self.tools]
        return {
            "facts_checked": self.facts_checked,
            "sources_checked": self.sources_checked,
            "competence": self.competence,
            "competence_note": self.competence_note,
            "tools": tools,
            "public_interest": self.public_interest,
            "responsible_id": self.responsible_id,
            "reading_note": self.reading_note,
        }

    @classmethod
    def from_value(cls, value: Mapping[str, object]) -> Self:
        """Read stored or posted answers; what has another type than asked for counts as not given."""
        tools = value.get("tools")
        return cls(
            facts_checked=value.get("facts_checked") is True,
            sources_checked=value.get("sources_checked") is True,
            competence=_text(value.get("competence")),
            competence_note=_text(value.get("competence_note")),
            tools=tuple(_tool(each) for each in tools) if isinstance(tools, list | tuple) else None,
            public_interest=_flag(value.get("public_interest")),
            responsible_id=_whole(value.get("responsible_id")),
            reading_note=_text(value.get("reading_note")),
        )


def _tool_value(tool: ToolUse) -> dict[str, object]:
    return {
        "name": tool.name,
        "ai": tool.ai,
        "used_for": tool.used_for,
        "passages": [list(each) for each in tool.passages],
    }


def _tool(value: object) -> ToolUse:
    given = value if isinstance(value, Mapping) else {}
    return ToolUse(
        name=_text(given.get("name")),
        ai=given.get("ai") is True,
        used_for=_text(given.get("used_for")),
        passages=_passages(given.get("passages")),
    )


def _passages(value: object) -> tuple[tuple[int, int], ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return ()
    pairs = [each for each in value if isinstance(each, Sequence) and len(each) == 2]  # noqa: PLR2004 (start and end)
    return tuple(
        (start, end) for start, end in pairs if isinstance(start, int) and isinstance(end, int) and 0 <= start < end
    )


def _text(value: object) -> str:
    return value.strip()[:TEXT_LIMIT] if isinstance(value, str) else ""


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
