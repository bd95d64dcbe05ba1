"""The managers' dashboard: numbers that open the drafts behind them."""

import re
from html import unescape

import pytest
from django.utils import timezone

from content.actors import SYSTEM
from content.events import queries as event_queries
from content.insights import actions as insights
from tests.doors.desk.visitor import Visitor
from tests.publishing.maker import PublishingMaker


def counted(make: PublishingMaker) -> None:
    """Publish a text, keep another waiting, and count both."""
    make.out(at=timezone.now())
    make.case(at=timezone.now(), title="Waiting for somebody")
    insights.roll_up(by=SYSTEM, at=timezone.now())


class TestTheDashboard:
    def test_shows_what_was_signed_and_what_waits(self, make: PublishingMaker) -> None:
        counted(make)

        page = Visitor(make.manager()).open("insights").content.decode()

        assert "n = 1, too few" in page
        assert "Human share of signed texts by week" in page
        assert "Show as table" in page
        assert "writer-9" in page

    def test_says_that_there_are_no_figures_yet(self, make: PublishingMaker) -> None:
        page = Visitor(make.manager()).open("insights").content.decode()

        assert "No figures for this period" in page

    def test_links_every_number_to_a_page_that_opens(self, make: PublishingMaker) -> None:
        counted(make)
        visitor = Visitor(make.manager())
        page = visitor.open("insights").content.decode()

        links = {unescape(each) for each in re.findall(r'href="(/insights/[^"]*)"', page)}

        assert len(links) > 8
        assert {link: visitor.client.get(link).status_code for link in links} == dict.fromkeys(links, 200)

    @pytest.mark.parametrize(
        "query",
        [
            {"days": "28"},
            {"days": "7000"},
            {"since": "2026-01-01", "until": "2026-02-01"},
            {"since": "nonsense", "until": "x"},
            {"since": "2030-01-01", "until": "2026-02-01"},
            {"source": "1", "kind": "news", "model": "writer-9"},
            {"source": "x"},
        ],
    )
    def test_reads_its_filters_from_the_address(self, make: PublishingMaker, query: dict[str, str]) -> None:
        counted(make)

        assert Visitor(make.manager()).open("insights", **query).status_code == 200

    def test_gives_its_weeks_as_a_file(self, make: PublishingMaker) -> None:
        counted(make)

        answer = Visitor(make.manager()).open("board_csv")

        assert answer["Content-Type"].startswith("text/csv")
        assert answer.content.decode().splitlines()[0] == "week,metric,drafts,p10,median,p90"


class TestTheDraftsBehindANumber:
    def test_are_listed_and_that_somebody_looked_is_recorded(self, make: PublishingMaker) -> None:
        counted(make)
        manager = make.manager()

        page = Visitor(manager).open("behind", metric="queue_age.v1").content.decode()

        assert "Waiting for somebody" in page
        newest = event_queries.events_after(event_id=0, limit=5000)[-1]
        assert (newest.fact, newest.actor) == ("insights_viewed.v1", str(manager.id))

    def test_are_none_for_a_metric_that_there_is_not(self, make: PublishingMaker) -> None:
        assert Visitor(make.manager()).open("behind", metric="mood.v1").status_code == 404
