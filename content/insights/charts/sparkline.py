"""A line as tall as a word, for tables."""

from collections.abc import Sequence

from content.insights.charts.frame import finite
from content.insights.charts.markup import Markup, tag

WIDTH, HEIGHT, MARGIN = 96.0, 24.0, 2.0


def sparkline(values: Sequence[float | None], *, name: str, highest: float | None = None) -> Markup:
    """Return a small line; the table around it gives the numbers. Fewer than two values: nothing.

    :param name: what a screen reader says.
    :param highest: top of the scale; None: the highest value.
    :raises ValueError: if a value is infinite or no number.
    """
    known = finite([*values, highest])
    places = [(at, value) for at, value in enumerate(values) if value is not None]
    if len(places) < 2:  # noqa: PLR2004 (a line has two ends)
        return Markup("")
    top = (highest if highest is not None else max(known)) or 1.0
    room = HEIGHT - 2 * MARGIN
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    path = "M" + "L".join(
        f"{MARGIN + at * step:.1f} {HEIGHT - MARGIN - room * min(value / top, 1.0):.1f}" for at, value in places
    )
    return tag(
        "svg", tag("path", class_="chart-spark", d=path), class_="spark", role="img", aria_label=name,
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
    )  # fmt: skip
