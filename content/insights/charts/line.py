"""A line over time with the band around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.insights.charts.frame import (
    LEFT,
    RIGHT,
    WIDTH,
    Caption,
    Format,
    across,
    figure,
    finite,
    grid,
    linked,
    names_below,
    ticks,
    up,
)
from content.insights.charts.markup import Markup, tag

HEAD = ("Week", "Median", "P10", "P90", "Drafts")


@dataclass(frozen=True, kw_only=True, slots=True)
class LinePoint:
    """One place on the line. Without a value the line has a gap; `low` and `high` bound the band.

    `n` is how many drafts it stands for, few of them are drawn grey; `href` leads to them.
    """

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    is_few: bool = False
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A level to hold the line against."""

    value: float
    name: str


def line(
    points: Sequence[LinePoint],
    caption: Caption,
    *,
    show: Format,
    rule: Rule | None = None,
    highest: float | None = None,
    head: Sequence[str] = HEAD,
) -> Markup:
    """Return a line chart with its table twin.

    :param show: writes a value, as in "42 %".
    :param highest: top of the axis; None: a round number above all values.
    :raises ValueError: if a value is infinite or no number.
    """
    bounds = [each for point in points for each in (point.value, point.low, point.high)]
    values = finite([*bounds, rule.value if rule else None, highest])
    if not finite(point.value for point in points):
        return figure(caption, (), head=head, rows=())
    marks = ticks(highest if highest is not None else max(values))
    rows = [
        (point.name, _shown(point.value, show), _shown(point.low, show), _shown(point.high, show), point.n)
        for point in points
    ]
    return figure(caption, _draw(points, marks, show, rule), head=head, rows=rows)


def _draw(points: Sequence[LinePoint], marks: Sequence[float], show: Format, rule: Rule | None) -> Iterator[Markup]:
    top = marks[-1]
    yield from grid(marks, show)
    yield from names_below([point.name for point in points])
    for stretch in _stretches(points):
        highs = [(across(at, len(points)), up(points[at].high or 0, top)) for at in stretch if _has_band(points[at])]
        lows = [(across(at, len(points)), up(points[at].low or 0, top)) for at in stretch if _has_band(points[at])]
        if len(highs) > 1:
            yield tag("path", class_="chart-band", d=f"{_path([*highs, *reversed(lows)])}Z")
        yield tag("path", class_="chart-line", d=_path([_place(points, at, top) for at in stretch]))
    if rule is not None:
        y = up(rule.value, top)
        yield tag("line", class_="chart-rule", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y)
        yield tag("text", rule.name, class_="chart-label", x=WIDTH - RIGHT + 6, y=y + 4)
    yield from _dots(points, top, show)


def _dots(points: Sequence[LinePoint], top: float, show: Format) -> Iterator[Markup]:
    last = None
    for at, point in enumerate(points):
        if point.value is None:
            continue
        x, y = _place(points, at, top)
        title = tag("title", f"{point.name}: {show(point.value)} ({point.n})")
        css = "chart-dot is-few" if point.is_few else "chart-dot"
        yield linked(point.href, tag("circle", title, class_=css, cx=x, cy=y, r=4))
        last = (x, y, point.value)
    if last is not None:
        yield tag("text", show(last[2]), class_="chart-direct", x=last[0] + 8, y=last[1] - 6)


def _stretches(points: Sequence[LinePoint]) -> Iterator[list[int]]:
    stretch: list[int] = []
    for at, point in enumerate(points):
        if point.value is not None:
            stretch.append(at)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _has_band(point: LinePoint) -> bool:
    return point.low is not None and point.high is not None


def _place(points: Sequence[LinePoint], at: int, top: float) -> tuple[float, float]:
    return across(at, len(points)), up(points[at].value or 0, top)


def _path(places: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)


def _shown(value: float | None, show: Format) -> str:
    return "—" if value is None else show(value)
