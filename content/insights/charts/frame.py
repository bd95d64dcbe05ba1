"""What all charts share: the figure around them, the table that says the same, scales, and words."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from content.insights.charts.markup import Markup, inside, tag

WIDTH, HEIGHT = 640.0, 220.0
LEFT, RIGHT, TOP, BOTTOM = 48.0, 72.0, 12.0, 28.0
"Room for axis labels, direct labels at the line's end, and dates below."

Format = Callable[[float], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What a chart says itself; doors pass translations."""

    empty: str = "No figures for this period"
    show_table: str = "Show as table"
    csv: str = "CSV"


@dataclass(frozen=True, kw_only=True, slots=True)
class Caption:
    """Who a chart is: an id that is unique on the page, its title, one sentence that says what it shows.

    `csv_url` leads to the same numbers as a file; "" leaves the link out.
    """

    id: str
    title: str
    description: str
    csv_url: str = ""
    words: Words = Words()


def figure(
    caption: Caption, drawing: Iterable[Markup], *, head: Sequence[str], rows: Sequence[Sequence[object]]
) -> Markup:
    """Return a chart with its table twin. Without rows: a sentence that there is nothing to show.

    :param head: names of the table's columns; the first cell of each row is its header.
    """
    title = tag("figcaption", caption.title, class_="chart-title")
    if not rows:
        return tag("figure", title, tag("p", caption.words.empty, class_="chart-empty"), class_="chart")
    names = f"{caption.id}-t {caption.id}-d"
    marks = list(drawing)
    # A picture hides what is inside it from those who listen; links are to be reached.
    role = "group" if any("<a " in mark for mark in marks) else "img"
    svg = tag(
        "svg",
        tag("title", caption.title, id=f"{caption.id}-t"),
        tag("desc", caption.description, id=f"{caption.id}-d"),
        *marks,
        role=role,
        aria_labelledby=names,
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
    )
    return tag("figure", title, svg, _table(caption, head, rows), _csv(caption), class_="chart")


def _table(caption: Caption, head: Sequence[str], rows: Sequence[Sequence[object]]) -> Markup:
    top = tag("tr", *(tag("th", name, scope="col") for name in head))
    body = (
        tag("tr", tag("th", first, scope="row"), *(tag("td", cell, class_="num") for cell in rest))
        for first, *rest in rows
    )
    table = tag(
        "table",
        tag("caption", caption.title, class_="visually-hidden"),
        tag("thead", top),
        tag("tbody", *body),
        class_="table",
    )
    return tag(
        "details",
        tag("summary", caption.words.show_table),
        tag("div", table, class_="table-box", tabindex="0", role="region", aria_label=caption.title),
        class_="chart-table",
    )


def _csv(caption: Caption) -> Markup:
    if not caption.csv_url:
        return Markup("")
    return tag("p", tag("a", caption.words.csv, href=caption.csv_url), class_="chart-links")


def linked(href: str, *marks: Markup) -> Markup:
    """Return marks inside a link, or as they are."""
    return tag("a", *marks, href=href) if href else inside(*marks)


def finite(values: Iterable[float | None]) -> list[float]:
    """Return the values that are there.

    :raises ValueError: if one is infinite or no number.
    """
    found = [value for value in values if value is not None]
    if not all(map(math.isfinite, found)):
        raise ValueError("A chart shows finite numbers only.")
    return found


def ticks(highest: float) -> list[float]:
    """Return round values from 0 to at least `highest`, in three to six steps; steps are 1, 2 or 5 times ten to n."""
    if highest <= 0:
        return [0.0, 1.0]
    rough = highest / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    count = math.ceil(round(highest / step, 9))
    return [number * step for number in range(count + 1)]


def across(index: int, count: int) -> float:
    """Return where the mark number `index` of `count` stands, left to right."""
    return LEFT + (WIDTH - LEFT - RIGHT) * (index / (count - 1) if count > 1 else 0.5)


def up(value: float, highest: float) -> float:
    """Return the height of a value, the axis being at the bottom."""
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(value / highest, 1.0)


def grid(marks: Sequence[float], show: Format) -> list[Markup]:
    """Return the lines across and the labels beside them."""
    drawn = []
    for mark in marks:
        y = up(mark, marks[-1])
        css = "chart-grid" if mark else "chart-axis"
        drawn.append(tag("line", class_=css, x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y))
        drawn.append(tag("text", show(mark), class_="chart-label", x=LEFT - 6, y=y + 4, text_anchor="end"))
    return drawn


def names_below(names: Sequence[str], *, at_most: int = 6) -> list[Markup]:
    """Return labels below the axis, some of them left out when they are many."""
    step = math.ceil(len(names) / at_most)
    return [
        tag("text", name, class_="chart-label", x=across(index, len(names)), y=HEIGHT - 8, text_anchor="middle")
        for index, name in enumerate(names)
        if index % step == 0
    ]
