"""What a rule answers, and what the gate makes of it. Codes and words are for people: never an accusation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Stage(StrEnum):
    """When a rule is judged. `CLAIM` rules never hold anything up: they decide which level may be claimed."""

    SIGN = "sign"
    APPROVE = "approve"
    PUBLISH = "publish"
    CLAIM = "claim"

    def comes_after(self, other: "Stage") -> bool:
        """Tell whether a rule of this stage is not judged yet at the stage `other`."""
        order = list(Stage)
        return self is not Stage.CLAIM and order.index(self) > order.index(other)


class Outcome(StrEnum):
    """How a rule stands."""

    APPROVED = "approved"
    PENDING = "pending"
    SKIPPED = "skipped"
    ERROR = "error"


class WayOut(StrEnum):
    """Who can clear a refusal."""

    EDITOR = "editor"
    APPROVER = "approver"
    MANAGER = "manager"
    SOURCE = "source"
    WAIT = "wait"


Param = str | int | float


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """A rule's no.

    :param reason: one sentence that names what is missing and how much.
    :param asked: whether the sign-off dialog itself asks for what is missing, so that it never hides the button.
    """

    code: str
    reason: str
    params: Mapping[str, Param] = field(default_factory=dict)
    way_out: WayOut = WayOut.EDITOR
    asked: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """A rule's answer in full. `needed` and `measured` are decimal strings, empty where the rule has no number."""

    rule: str
    stage: Stage
    outcome: Outcome
    code: str = ""
    reason: str = ""
    params: Mapping[str, Param] = field(default_factory=dict)
    way_out: WayOut | None = None
    asked: bool = False
    needed: str = ""
    measured: str = ""

    def to_value(self) -> dict[str, object]:
        """Return the verdict as JSON values, as it is stored and as the API shows it."""
        return {
            "rule": self.rule,
            "stage": self.stage.value,
            "outcome": self.outcome.value,
            "code": self.code,
            "reason": self.reason,
            "params": dict(self.params),
            "way_out": self.way_out.value if self.way_out else None,
            "asked": self.asked,
            "needed": self.needed,
            "measured": self.measured,
        }


def decimal_string(value: float | None) -> str:
    """Return a number as statements cite it: no exponent, at most six decimals, no trailing zeros ("0.15", "200")."""
    if value is None:
        return ""
    text = f"{value:.6f}"
    return text.rstrip("0").rstrip(".")
