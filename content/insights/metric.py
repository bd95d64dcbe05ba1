"""What a metric is: a named, versioned function from the figures of one case to a value or to categories."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from content.insights.bins import Unit
from content.registry import Registry


class Figures(Protocol):
    """What metrics read of a case; a row of `CaseFigures` has it."""

    opened_at: datetime
    judged_at: datetime | None
    signed_at: datetime | None
    closed_at: datetime | None
    outcome: str
    claim_level: str
    disclosure: str
    human_share: float | None
    edit_rate: float | None
    longest_ai_run: int | None
    passed_first: bool | None
    refused_rules: Sequence[str]


MOMENTS = ("judged_at", "signed_at", "closed_at")
Value = float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Metric:
    """A registered metric.

    `moment` is the field whose day a case counts on. A metric of unit `category` gives the categories that a case is
    in, any other one value, or None when the case has none. `definition` is what managers read.
    """

    name: str
    unit: Unit
    moment: str
    measure: Callable[[Figures], object]
    definition: str

    def value(self, figures: Figures) -> Value:
        """Return the value of a case; None for categories."""
        return None if self.unit is Unit.CATEGORY else cast("Value", self.measure(figures))

    def categories(self, figures: Figures) -> Sequence[str]:
        """Return the categories of a case; none for values."""
        return cast("Sequence[str]", self.measure(figures)) if self.unit is Unit.CATEGORY else ()

    def counts(self, figures: Figures) -> bool:
        """Tell whether a case is counted at all."""
        if getattr(figures, self.moment) is None:
            return False
        return bool(self.categories(figures)) if self.unit is Unit.CATEGORY else self.value(figures) is not None


METRICS: Registry[Metric] = Registry("metric")


def metric(
    name: str, *, unit: Unit, moment: str
) -> Callable[[Callable[[Figures], object]], Callable[[Figures], object]]:
    """Register a function as the metric `name`; its docstring is the definition on the page.

    :param moment: field of `Figures` whose day a case counts on.
    :raises ValueError: if `moment` is no such field.
    """
    if moment not in MOMENTS:
        raise ValueError(f"A metric counts on the day of {', '.join(MOMENTS)}, not of '{moment}'.")

    def keep(measure: Callable[[Figures], object]) -> Callable[[Figures], object]:
        definition = " ".join((measure.__doc__ or "").split())
        METRICS.register(name)(Metric(name=name, unit=unit, moment=moment, measure=measure, definition=definition))
        return measure

    return keep
