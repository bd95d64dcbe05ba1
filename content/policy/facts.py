"""What happens to policies."""

from dataclasses import dataclass
from typing import ClassVar

from content.events.facts import FACTS, Fact


@FACTS.register("policy_drafted.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyDrafted(Fact):
    """A new version of a policy was written; it decides nothing yet."""

    fact: ClassVar[str] = "policy_drafted.v1"
    policy_id: int
    slug: str
    version: int


@FACTS.register("policy_activated.v1")
@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyActivated(Fact):
    """A version of a policy decides from now on."""

    fact: ClassVar[str] = "policy_activated.v1"
    policy_id: int
    slug: str
    version: int
