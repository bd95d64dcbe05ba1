"""Closed sets of words that drafts and revisions use."""

from enum import StrEnum


class Origin(StrEnum):
    """Who made a Revision (PROV: the kind of Agent)."""

    MACHINE = "machine"
    HUMAN = "human"
    SYSTEM = "system"


class Placement(StrEnum):
    """Where a Revision stands: on the line that is reviewed, beside it as an offer, or as somebody's late branch."""

    HEAD = "head"
    ASIDE = "aside"
    BRANCH = "branch"


class Format(StrEnum):
    """Format of a body as the CMS sent it; what is stored is Markdown or plain text."""

    MARKDOWN = "markdown"
    HTML = "html"
    TEXT = "text"


class Priority(StrEnum):
    """How soon a draft should be taken."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """Number to sort by, higher first."""
        return list(Priority).index(self)


class Mode(StrEnum):
    """`live`, or `test`: never in corpus, metrics or public feeds, and signed with a key that nobody trusts."""

    LIVE = "live"
    TEST = "test"
