import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from content.insights.charts.bars import Bar, bars, histogram
from content.insights.charts.frame import Caption, Words, across, ticks, up
from content.insights.charts.line import LinePoint, Rule, line
from content.insights.charts.markup import Markup, inside, tag
from content.insights.charts.sparkline import sparkline
from content.insights.charts.stacked import Part, Row, stacked

CAPTION = Caption(id="c1", title="Median human share", description="By week, 10 % to 40 %.", csv_url="/insights.csv")
HOSTILE = '<script>alert("x")</script>'


def percent(value: float) -> str:
    return f"{value:.0%}"


def count(value: float) -> str:
    return f"{value:g}"


def parse(chart: Markup) -> ET.Element:
    """Read the chart as XML: what a browser takes for granted must at least be well formed."""
    return ET.fromstring(chart)


def a_line(*values: float | None) -> Markup:
    points = [
        LinePoint(name=f"W{at}", value=value, low=value and value / 2, high=value and value * 1.5, n=12)
        for at, value in enumerate(values)
    ]
    return line(points, CAPTION, show=percent)


def classes(chart: Markup, name: str) -> list[ET.Element]:
    return [each for each in parse(chart).iter() if name in each.get("class", "").split()]


def cells(chart: Markup) -> list[list[str]]:
    return [["".join(cell.itertext()) for cell in row] for row in parse(chart).iter("tr")]


MAKERS: dict[str, Callable[[str, float], Markup]] = {
    "line": lambda name, value: line([LinePoint(name=name, value=value)] * 2, CAPTION, show=count),
    "bars": lambda name, value: bars([Bar(name=name, value=value)], CAPTION, show=count),
    "histogram": lambda name, value: histogram([Bar(name=name, value=value)], CAPTION, show=count),
    "stacked": lambda name, value: stacked([Part(name=name)], [Row(name=name, values=[value])], CAPTION, show=count),
    "sparkline": lambda name, value: sparkline([value, 1.0], name=name),
}


@pytest.mark.parametrize("kind", MAKERS)
class TestEveryChart:
    def test_is_well_formed(self, kind: str) -> None:
        assert parse(MAKERS[kind]("Week 1", 0.5)) is not None

    def test_writes_hostile_names_as_text(self, kind: str) -> None:
        chart = MAKERS[kind](HOSTILE, 0.5)

        assert "<script" not in chart
        assert "&lt;script&gt;" in chart

    @pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
    def test_refuses_what_is_no_finite_number(self, kind: str, value: float) -> None:
        with pytest.raises(ValueError, match="finite"):
            MAKERS[kind]("Week 1", value)

    def test_carries_no_style_and_no_script(self, kind: str) -> None:
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script|javascript:", MAKERS[kind]("Week 1", 0.5))

    def test_has_a_name_for_those_who_do_not_see_it(self, kind: str) -> None:
        root = parse(MAKERS[kind]("Week 1", 0.5))
        svg = root if root.tag == "svg" else root.find("svg")

        assert svg is not None
        assert svg.get("role") == "img"
        names = [each for each in root.iter() if each.get("id") in (svg.get("aria-labelledby") or "").split()]
        assert svg.get("aria-label") or [each.tag for each in names] == ["title", "desc"]


@pytest.mark.parametrize("kind", [kind for kind in MAKERS if kind != "sparkline"])
class TestTableTwin:
    def test_says_the_same_in_words(self, kind: str) -> None:
        assert any("Week 1" in row[0] and "0.5" in row[1] for row in cells(MAKERS[kind]("Week 1", 0.5)))

    def test_names_its_columns_and_rows(self, kind: str) -> None:
        scopes = {cell.get("scope") for cell in parse(MAKERS[kind]("Week 1", 0.5)).iter("th")}

        assert scopes == {"col", "row"}

    def test_stands_beside_a_link_to_the_file(self, kind: str) -> None:
        assert 'href="/insights.csv"' in MAKERS[kind]("Week 1", 0.5)


class TestEmptyChart:
    @pytest.mark.parametrize(
        "chart",
        [
            line([], CAPTION, show=percent),
            line([LinePoint(name="W1", value=None)], CAPTION, show=percent),
            bars([], CAPTION, show=count),
            histogram([Bar(name="0", value=0)], CAPTION, show=count),
            stacked([Part(name="a")], [Row(name="r", values=[0])], CAPTION, show=count),
        ],
    )
    def test_says_that_there_is_nothing(self, chart: Markup) -> None:
        assert "No figures for this period" in chart
        assert "<svg" not in chart

    def test_says_it_in_the_reader_s_language(self) -> None:
        caption = Caption(id="c", title="T", description="D", words=Words(empty="Keine Zahlen"))

        assert "Keine Zahlen" in bars([], caption, show=count)


class TestLine:
    def test_breaks_where_a_value_is_missing(self) -> None:
        assert len(classes(a_line(0.1, 0.2, None, 0.3, 0.4), "chart-line")) == 2

    def test_has_a_band_only_where_its_bounds_are_known(self) -> None:
        points = [LinePoint(name="a", value=0.1), LinePoint(name="b", value=0.2)]

        assert classes(line(points, CAPTION, show=percent), "chart-band") == []
        assert len(classes(a_line(0.1, 0.2), "chart-band")) == 1

    def test_draws_a_rule_with_its_name(self) -> None:
        chart = line([LinePoint(name="a", value=0.1)], CAPTION, show=percent, rule=Rule(value=0.35, name="Policy 35 %"))

        assert len(classes(chart, "chart-rule")) == 1
        assert "Policy 35 %" in chart

    def test_draws_few_drafts_grey(self) -> None:
        chart = line([LinePoint(name="a", value=0.1, is_few=True)], CAPTION, show=percent)

        assert len(classes(chart, "is-few")) == 1

    def test_leads_to_the_drafts_behind_a_point(self) -> None:
        chart = line([LinePoint(name="a", value=0.1, href="/drafts?a=1&b=2")], CAPTION, show=percent)

        assert next(each.get("href") for each in parse(chart).iter("a")) == "/drafts?a=1&b=2"

    def test_stays_inside_its_frame(self) -> None:
        points = [LinePoint(name=str(at), value=at / 60, low=0, high=1) for at in range(60)]
        numbers = re.findall(r"[ML]([\d.]+) ([\d.]+)", line(points, CAPTION, show=percent, highest=1.0))

        assert all(0 <= float(x) <= 640 and 0 <= float(y) <= 220 for x, y in numbers)

    def test_says_dash_where_nothing_is_known(self) -> None:
        assert ["W1", "—", "—", "—", "12"] in cells(a_line(0.1, None))


class TestBars:
    def test_refuse_to_be_shorter_than_nothing(self) -> None:
        with pytest.raises(ValueError, match="shorter than nothing"):
            bars([Bar(name="a", value=-1)], CAPTION, show=count)

    def test_are_as_long_as_their_values(self) -> None:
        chart = bars([Bar(name="a", value=10), Bar(name="b", value=5)], CAPTION, show=count)
        widths = [float(bar.get("width", "0")) for bar in classes(chart, "chart-bar")]

        assert widths[0] == pytest.approx(2 * widths[1], rel=0.01)

    def test_shorten_long_names_and_keep_them_in_the_table(self) -> None:
        chart = bars([Bar(name="n" * 60, value=1)], CAPTION, show=count)

        assert "…" in chart
        assert cells(chart)[1][0] == "n" * 60

    def test_draw_a_bar_of_nothing(self) -> None:
        assert len(classes(bars([Bar(name="a", value=0)], CAPTION, show=count), "chart-bar")) == 1


class TestStacked:
    def test_fills_each_row(self) -> None:
        chart = stacked(
            [Part(name="Typed", css="k-typed"), Part(name="Machine", css="k-machine")],
            [Row(name="a", values=[1, 3], hrefs=["/t", "/m"])],
            CAPTION,
            show=count,
        )
        legend, row = classes(chart, "chart-bar")[:2], classes(chart, "chart-bar")[2:]

        assert [each.get("class") for each in legend] == ["chart-bar k-typed", "chart-bar k-machine"]
        assert sum(float(each.get("width", "0")) for each in row) == pytest.approx(640 - 190 - 8)

    def test_wants_one_value_for_each_part(self) -> None:
        with pytest.raises(ValueError, match="one value"):
            stacked([Part(name="a"), Part(name="b")], [Row(name="r", values=[1])], CAPTION, show=count)


class TestSparkline:
    def test_draws_nothing_of_one_value(self) -> None:
        assert sparkline([1.0], name="Share") == ""

    def test_leaves_out_what_is_missing(self) -> None:
        assert sparkline([0.0, None, 1.0], name="Share", highest=1.0).count("L") == 1

    def test_stands_flat_when_all_is_nothing(self) -> None:
        assert "22.0L94.0 22.0" in sparkline([0.0, 0.0], name="Share")


class TestTicks:
    @pytest.mark.parametrize(
        ("highest", "expected"),
        [
            (1.0, [0, 0.5, 1]),
            (0.4, [0, 0.1, 0.2, 0.3, 0.4]),
            (7, [0, 2, 4, 6, 8]),
            (0, [0, 1]),
            (120, [0, 50, 100, 150]),
        ],
    )
    def test_are_round_numbers(self, highest: float, expected: list[float]) -> None:
        assert ticks(highest) == pytest.approx(expected)

    @pytest.mark.parametrize("highest", [0.013, 0.99, 3.3, 17, 420, 86_400, 1e7])
    def test_reach_the_highest_value_in_few_steps(self, highest: float) -> None:
        marks = ticks(highest)

        assert marks[-1] >= highest * 0.999999
        assert 2 <= len(marks) <= 7


class TestPlaces:
    def test_are_in_the_middle_when_there_is_one(self) -> None:
        assert across(0, 1) == (across(0, 2) + across(1, 2)) / 2

    def test_do_not_leave_the_top(self) -> None:
        assert up(5, 1) == up(1, 1) == 12


class TestMarkup:
    def test_escapes_attributes(self) -> None:
        assert tag("a", "x", href='"><script>') == '<a href="&quot;&gt;&lt;script&gt;">x</a>'

    def test_leaves_out_empty_attributes(self) -> None:
        assert tag("i", class_="", title=None, x=0) == '<i x="0"></i>'

    def test_escapes_text_and_keeps_markup(self) -> None:
        assert inside("<b>", Markup("<b>")) == "&lt;b&gt;<b>"

    def test_is_safe_to_django(self) -> None:
        from django.utils.html import conditional_escape

        assert conditional_escape(tag("b", "x")) == "<b>x</b>"
