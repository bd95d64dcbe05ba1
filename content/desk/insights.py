"""The managers' dashboard and the drafts behind each of its numbers."""

import csv
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from content.desk import charts, forms, words
from content.desk.door import page, show
from content.insights import actions as insights
from content.insights.board import DEFAULT_DAYS, LONGEST_DAYS, Board, Filters
from content.insights.queries import behind as behind_queries
from content.insights.queries import dashboard as dashboard_queries
from content.permissions import Permission
from content.web.person import person

PERIODS = (28, 84, 182, 365)
"Lengths that the form offers, in days."


def filters_of(request: HttpRequest, at: datetime) -> Filters:
    """Return what a page is about, from its address; what cannot be read there is left at its default."""
    until = forms.day(request.GET.get("until", ""), at.date())
    since = forms.day(request.GET.get("since", ""), until - timedelta(days=_days(request) - 1))
    since = max(min(since, until), until - timedelta(days=LONGEST_DAYS - 1))
    source = request.GET.get("source", "")
    return Filters(
        since=since,
        until=until,
        source_id=int(source) if source.isascii() and source.isdigit() else None,
        kind=request.GET.get("kind", ""),
        model=request.GET.get("model", ""),
    )


def _days(request: HttpRequest) -> int:
    days = request.GET.get("days", "")
    return int(days) if days in {str(each) for each in PERIODS} else DEFAULT_DAYS


def address_of(filters: Filters, name: str = "behind", **more: object) -> str:
    """Return the address of a list behind a number, for the same filters."""
    values: dict[str, Any] = {"since": filters.since, "until": filters.until}
    values |= {"source": filters.source_id, "kind": filters.kind, "model": filters.model} | more
    kept = {name: value for name, value in values.items() if value not in {None, ""}}
    return f"{reverse(f'reviewdesk:{name}')}?{urlencode(kept)}"


@page("GET", "HEAD", needs=Permission.VIEW_INSIGHTS)
def insights_page(request: HttpRequest) -> HttpResponse:
    """Show the dashboard."""
    at = timezone.now()
    filters = filters_of(request, at)
    board = dashboard_queries.dashboard(filters=filters, at=at)
    context = {
        "place": "insights",
        "board": board,
        "filters": filters,
        "periods": PERIODS,
        "chosen_days": str(filters.days),
        "choices": dashboard_queries.choices(),
        "definitions": dashboard_queries.definitions(),
        "links": _links(board),
        "charts": charts.charts_of(board, address_of),
        "at": at,
    }
    return show(request, "insights/board.html", context)


def _links(board: Board) -> Mapping[str, str]:
    """Return the addresses behind the four numbers at the top, and behind the waiting cases."""
    filters = board.filters
    return {
        "signed": address_of(filters, metric="time_to_sign_off.v1"),
        "published": address_of(filters, metric="acceptance.v1", category="published"),
        "human_share": address_of(filters, metric="human_share.v1"),
        "waiting": address_of(filters, metric="queue_age.v1"),
        "first_pass": address_of(filters, metric="gate_first_pass.v1"),
        "csv": address_of(filters, "board_csv"),
    }


@page("GET", "HEAD", needs=Permission.VIEW_INSIGHTS)
def behind(request: HttpRequest) -> HttpResponse:
    """Show the drafts that a number counts. Who works on a text can be seen there, so that it was read is recorded."""
    at, metric = timezone.now(), request.GET.get("metric", "")
    filters = filters_of(request, at)
    category = request.GET.get("category", "")
    low, high = _range(request.GET.get("tenth", ""))
    rows = behind_queries.drafts_behind(metric=metric, filters=filters, at=at, category=category, low=low, high=high)
    seen = {name: str(value) for name, value in request.GET.items()}
    insights.note_view(page="behind", filters=seen, by=person(request), at=at)
    context = {
        "place": "insights",
        "metric": metric,
        "category": category,
        "category_word": _category(metric, category),
        "unit": str(dashboard_queries.units().get(metric, "")),
        "definition": dashboard_queries.definitions().get(metric, ""),
        "filters": filters,
        "rows": rows,
        "back": address_of(filters, "insights"),
    }
    return show(request, "insights/behind.html", context)


def _range(tenth: str) -> tuple[float | None, float | None]:
    """Return the values of one bar of the histogram, or no limits."""
    if len(tenth) != 1 or not tenth.isascii() or not tenth.isdigit():
        return None, None
    return behind_queries.bar_of(tenth=int(tenth))


def _category(metric: str, category: str) -> object:
    tables: Mapping[str, Mapping[str, Any]] = {
        "acceptance.v1": words.ENDINGS,
        "disclosure_mix.v1": words.DISCLOSURE_NAMES,
        "claim_mix.v1": words.LEVELS,
        "gate_refusals.v1": words.RULES,
        "queue_age.v1": words.AGES,
    }
    return tables.get(metric, {}).get(category, category)


@page("GET", "HEAD", needs=Permission.VIEW_INSIGHTS)
def board_csv(request: HttpRequest) -> HttpResponse:
    """Return the weekly figures of the dashboard as a file (RFC 4180)."""
    at = timezone.now()
    board = dashboard_queries.dashboard(filters=filters_of(request, at), at=at)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="reviewdesk-weeks.csv"'
    writer = csv.writer(response)
    writer.writerow(["week", "metric", "drafts", "p10", "median", "p90"])
    weeks = (("human_share.v1", board.human_share_weeks), ("time_to_sign_off.v1", board.sign_off_weeks))
    for metric, rows in weeks:
        for week in rows:
            spread = week.spread
            writer.writerow([week.monday, metric, spread.n, spread.p10, spread.median, spread.p90])
    return response
