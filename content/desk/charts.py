"""The charts of the dashboard: which numbers each shows, its words, and where its marks lead."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.desk import words
from content.insights.board import Board, Line, Week
from content.insights.charts.bars import Bar, bars, histogram
from content.insights.charts.frame import Caption, Words
from content.insights.charts.line import LinePoint, line
from content.insights.charts.markup import Markup
from content.insights.charts.stacked import Part, Row, stacked

Address = Callable[..., str]
LAST_TENTH = 9
AN_HOUR, A_DAY = 3600, 86_400


def charts_of(board: Board, address: Address) -> Mapping[str, Markup]:
    """Return every chart of the dashboard by its name."""
    return {
        "human_share": _human_share(board, address),
        "histogram": _histogram(board, address),
        "sign_off": _sign_off(board, address),
        "ages": _ages(board, address),
        "kinds": _lines(_("Median human share by kind of text"), "kinds", board.kinds, "kind", board, address),
        "models": _lines(_("Median human share by model"), "models", board.models, "model", board, address),
        "outcomes": _mix(
            _("How cases ended"), "outcomes", board.outcomes, words.ENDINGS, "acceptance.v1", board, address
        ),
        "disclosures": _mix(
            _("Disclosure"),
            "disclosures",
            board.disclosures,
            words.DISCLOSURE_NAMES,
            "disclosure_mix.v1",
            board,
            address,
        ),
        "claims": _mix(_("Level attested"), "claims", board.claims, words.LEVELS, "claim_mix.v1", board, address),
        "rules": _rules(board, address),
    }


def _caption(name: str, title: str, description: str) -> Caption:
    said = Words(empty=_("No figures for this period"), show_table=_("Show as table"), csv=_("CSV"))
    return Caption(id=f"chart-{name}", title=title, description=description, words=said)


def percent(value: float) -> str:
    """Return a share as people read it."""
    return f"{round(100 * value)} %"


def _days(value: float) -> str:
    return _("%(n)s d") % {"n": f"{value / A_DAY:.1f}".removesuffix(".0")}


def _hours(value: float) -> str:
    return _("%(n)s h") % {"n": f"{value / AN_HOUR:.1f}".removesuffix(".0")}


def _drafts(value: float) -> str:
    return f"{value:,.0f}"


def _points(weeks: tuple[Week, ...], board: Board, address: Address, metric: str) -> list[LinePoint]:
    return [
        LinePoint(
            name=f"{week.monday:%d %b}",
            value=week.spread.median,
            low=week.spread.p10,
            high=week.spread.p90,
            n=week.spread.n,
            is_few=week.spread.is_few,
            href=address(board.filters, metric=metric, since=week.monday, until=week.monday + timedelta(days=6)),
        )
        for week in weeks
        if week.spread.n
    ]


def _human_share(board: Board, address: Address) -> Markup:
    points = _points(board.human_share_weeks, board, address, "human_share.v1")
    sentence = _("The band holds the middle 80 % of signed texts; grey dots stand for few of them.")
    caption = _caption("human-share", _("Human share of signed texts by week"), sentence)
    return line(points, caption, show=percent, highest=1.0)


def _sign_off(board: Board, address: Address) -> Markup:
    points = _points(board.sign_off_weeks, board, address, "time_to_sign_off.v1")
    sentence = _("From the opening of a case to the last sign-off that stands; the band holds the middle 80 %.")
    caption = _caption("sign-off", _("Time to sign-off by week"), sentence)
    longest = max((point.high or point.value or 0.0 for point in points), default=0.0)
    return line(points, caption, show=_days if longest > 2 * A_DAY else _hours)


def _histogram(board: Board, address: Address) -> Markup:
    found = [
        Bar(
            name=f"{10 * tenth}-{10 * (tenth + 1)} %" if tenth == LAST_TENTH else f"{10 * tenth}-{10 * (tenth + 1)}",
            value=count,
            href=address(board.filters, metric="human_share.v1", tenth=tenth) if count else "",
        )
        for tenth, count in enumerate(board.human_share_tenths)
    ]
    sentence = _("How many signed texts have which share of words by people.")
    return histogram(found, _caption("histogram", _("Signed texts by human share"), sentence), show=_drafts)


def _ages(board: Board, address: Address) -> Markup:
    found = [
        Bar(
            name=str(words.AGES[age.bucket]),
            value=age.cases,
            href=address(board.filters, metric="queue_age.v1", category=age.bucket) if age.cases else "",
        )
        for age in board.ages
    ]
    sentence = _("Open cases that nobody holds, by the time since they were opened.")
    caption = _caption("ages", _("Waiting now, by age"), sentence)
    return bars(found if board.waiting else [], caption, show=_drafts)


def _lines(title: str, name: str, lines: tuple[Line, ...], field: str, board: Board, address: Address) -> Markup:
    found = [
        Bar(
            name=_line_name(each, field),
            value=each.human_share.median,
            href=address(board.filters, metric="human_share.v1", **{field: each.name}),
        )
        for each in lines
        if each.human_share.median is not None
    ]
    sentence = _("The middle text of each group: half of them have more words by people, half have fewer.")
    return bars(found, _caption(name, title, sentence), show=percent, head=(_("Name"), _("Median human share")))


def _line_name(each: Line, field: str) -> str:
    name = (
        str(words.TEXT_KINDS.get(each.name, each.name))
        if field == "kind"
        else each.name.rpartition("/")[2] or _("not named")
    )
    drafts = ngettext("%(n)s draft", "%(n)s drafts", each.signed) % {"n": each.signed}
    return f"{name} ({drafts})"


def _mix(
    title: str,
    name: str,
    counts: Mapping[str, int],
    table: Mapping[str, object],
    metric: str,
    board: Board,
    address: Address,
) -> Markup:
    names = [each for each in table if counts.get(each)]
    row = Row(
        name=_("All"),
        values=[counts[each] for each in names],
        hrefs=[address(board.filters, metric=metric, category=each) for each in names],
    )
    sentence = _("Shares of the closed cases of this period.")
    parts = [Part(name=str(table[each])) for each in names]
    return stacked(parts, [row] if names else [], _caption(name, title, sentence), show=_drafts)


def _rules(board: Board, address: Address) -> Markup:
    found = [
        Bar(
            name=str(words.RULES.get(each.rule, each.rule)),
            value=each.refused,
            href=address(board.filters, metric="gate_refusals.v1", category=each.rule),
        )
        for each in board.rules[:10]
    ]
    sentence = _("How many first versions did not meet a rule yet; most are met by the next one.")
    caption = _caption("rules", _("What first versions lack"), sentence)
    return bars(found, caption, show=_drafts, head=(_("Rule"), _("Cases")))
