"""Bars: standing ones for a histogram, lying ones for names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.insights.charts.frame import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Caption,
    Format,
    figure,
    finite,
    grid,
    linked,
    ticks,
    up,
)
from content.insights.charts.markup import Markup, tag

NAME_WIDTH = 190.0
NAME_LENGTH = 28
GAP = 0.25


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One bar: its name, how long it is, where it leads."""

    name: str
    value: float
    href: str = ""


def bars(bars: Sequence[Bar], caption: Caption, *, show: Format, head: Sequence[str] = ("Name", "Drafts")) -> Markup:
    """Return lying bars, one a name, in the order given, with their table twin.

    :raises ValueError: if a value is negative, infinite or no number.
    """
    return figure(caption, _lying(bars, show), head=head, rows=_rows(bars, show))


def histogram(
    bars: Sequence[Bar], caption: Caption, *, show: Format, head: Sequence[str] = ("Range", "Drafts")
) -> Markup:
    """Return standing bars, side by side, with their table twin; all of them empty: nothing to show.

    :raises ValueError: if a value is negative, infinite or no number.
    """
    rows = _rows(bars, show)
    return figure(caption, _standing(bars, show), head=head, rows=rows if any(bar.value for bar in bars) else ())


def _rows(bars: Sequence[Bar], show: Format) -> list[tuple[str, str]]:
    if any(value < 0 for value in finite(bar.value for bar in bars)):
        raise ValueError("A bar cannot be shorter than nothing.")
    return [(bar.name, show(bar.value)) for bar in bars]


def _lying(bars: Sequence[Bar], show: Format) -> Iterator[Markup]:
    longest = max((bar.value for bar in bars), default=0) or 1.0
    step = (HEIGHT - TOP) / max(len(bars), 1)
    for index, bar in enumerate(bars):
        y = TOP + index * step
        middle = y + step * (1 - GAP) / 2 + 4
        width = (WIDTH - NAME_WIDTH - RIGHT) * bar.value / longest
        title = tag("title", f"{bar.name}: {show(bar.value)}")
        name = bar.name if len(bar.name) <= NAME_LENGTH else f"{bar.name[: NAME_LENGTH - 1]}…"
        yield tag("text", name, class_="chart-label", x=NAME_WIDTH - 8, y=middle, text_anchor="end")
        yield linked(
            bar.href,
            tag("rect", title, class_="chart-bar", x=NAME_WIDTH, y=y, width=width, height=step * (1 - GAP)),
        )
        yield tag("text", show(bar.value), class_="chart-direct", x=NAME_WIDTH + width + 6, y=middle)


def _standing(bars: Sequence[Bar], show: Format) -> Iterator[Markup]:
    marks = ticks(max((bar.value for bar in bars), default=0))
    yield from grid(marks, show)
    step = (WIDTH - LEFT - RIGHT) / max(len(bars), 1)
    for index, bar in enumerate(bars):
        x, y = LEFT + index * step, up(bar.value, marks[-1])
        title = tag("title", f"{bar.name}: {show(bar.value)}")
        mark = tag(
            "rect",
            title,
            class_="chart-bar",
            x=x + step * GAP / 2,
            y=y,
            width=step * (1 - GAP),
            height=HEIGHT - BOTTOM - y,
        )
        yield linked(bar.href, mark)
        yield tag("text", bar.name, class_="chart-label", x=x + step / 2, y=HEIGHT - 8, text_anchor="middle")
