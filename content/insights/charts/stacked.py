"""Shares of a whole: one bar a row, cut into named parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.insights.charts.bars import GAP, NAME_LENGTH, NAME_WIDTH
from content.insights.charts.frame import HEIGHT, TOP, WIDTH, Caption, Format, figure, finite, linked
from content.insights.charts.markup import Markup, tag

LEGEND = 24.0
SERIES = ("", "s2", "s3", "s4")
"Classes of parts that bring none of their own; further ones begin again."


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A part of every row: its name and the class of its color, such as `k-typed`; "" takes the next of `SERIES`."""

    name: str
    css: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row: its name, one value a part, one link a part (or none at all)."""

    name: str
    values: Sequence[float]
    hrefs: Sequence[str] = ()


def stacked(
    parts: Sequence[Part], rows: Sequence[Row], caption: Caption, *, show: Format, first: str = "Name"
) -> Markup:
    """Return rows of parts, each row as wide as all others, with their table twin; rows of nothing are left out.

    :raises ValueError: if a value is negative, infinite or no number, or a row has not one value a part.
    """
    for row in rows:
        if len(row.values) != len(parts) or any(value < 0 for value in finite(row.values)):
            raise ValueError(f"The row '{row.name}' needs one value, not below nothing, for each part.")
    filled = [row for row in rows if sum(row.values)]
    table = [(row.name, *(show(value) for value in row.values)) for row in filled]
    return figure(caption, _draw(parts, filled), head=(first, *(part.name for part in parts)), rows=table)


def _draw(parts: Sequence[Part], rows: Sequence[Row]) -> Iterator[Markup]:
    yield from _legend(parts)
    step = (HEIGHT - TOP - LEGEND) / max(len(rows), 1)
    for index, row in enumerate(rows):
        y = TOP + LEGEND + index * step
        name = row.name if len(row.name) <= NAME_LENGTH else f"{row.name[: NAME_LENGTH - 1]}…"
        yield tag(
            "text", name, class_="chart-label", x=NAME_WIDTH - 8, y=y + step * (1 - GAP) / 2 + 4, text_anchor="end"
        )
        x = NAME_WIDTH
        for at, (part, value) in enumerate(zip(parts, row.values, strict=True)):
            width = (WIDTH - NAME_WIDTH - 8) * value / sum(row.values)
            title = tag("title", f"{row.name}, {part.name}: {value / sum(row.values):.0%}")
            mark = tag("rect", title, class_=_css(part, at), x=x, y=y, width=width, height=step * (1 - GAP))
            yield linked(row.hrefs[at] if row.hrefs else "", mark)
            x += width


def _legend(parts: Sequence[Part]) -> Iterator[Markup]:
    x = NAME_WIDTH
    for at, part in enumerate(parts):
        yield tag("rect", class_=_css(part, at), x=x, y=TOP - 2, width=12, height=12)
        yield tag("text", part.name, class_="chart-label", x=x + 17, y=TOP + 8)
        x += 34 + 7 * len(part.name)


def _css(part: Part, at: int) -> str:
    return f"chart-bar {part.css or SERIES[at % len(SERIES)]}".strip()
