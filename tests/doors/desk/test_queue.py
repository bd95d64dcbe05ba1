"""The queue page: views, rows, filters, taking the next, news."""

from datetime import timedelta

import pytest
from django.utils import timezone

from content.permissions import Role
from content.review.facts import CaseId
from content.review.queries import cases
from content.review.states import CaseState
from tests.doors.desk.visitor import Visitor, address, now_claimed
from tests.make import Maker


class TestTheQueue:
    def test_shows_a_draft_with_what_it_needs(self, make: Maker) -> None:
        case = make.case(at=timezone.now(), title="Keeping bread fresh")

        page = Visitor(make.editor()).open("queue", view="unassigned").content.decode()

        assert "Keeping bread fresh" in page
        assert address("case", case.pk) in page
        assert "writer-9" in page

    def test_says_that_nothing_waits_and_offers_what_does(self, make: Maker) -> None:
        make.case(at=timezone.now())

        page = Visitor(make.editor()).open("queue").content.decode()

        assert "Nothing waits for you." in page
        assert "1 draft waits for an editor." in page
        assert "Take one" in page

    def test_opens_at_what_waits_for_an_approver(self, make: Maker) -> None:
        page = Visitor(make.approver()).open("queue").content.decode()

        assert "Nothing waits for a second person." in page
        assert "Approve next" in page

    def test_offers_nothing_to_take_to_those_who_may_take_nothing(self, make: Maker) -> None:
        page = Visitor(make.person(Role.AUDITOR)).open("queue").content.decode()

        assert "Take next" not in page
        assert "Approve next" not in page

    def test_names_a_filter_that_there_is_not_and_keeps_the_rows(self, make: Maker) -> None:
        make.case(at=timezone.now(), title="Keeping bread fresh")

        page = Visitor(make.editor()).open("queue", view="all", q="modle:x")

        assert page.status_code == 400
        assert "No filter is called &#x27;modle&#x27;" in page.content.decode()
        assert "Keeping bread fresh" in page.content.decode()

    def test_shows_a_view_that_there_is_when_another_is_asked_for(self, make: Maker) -> None:
        assert Visitor(make.editor()).open("queue", view="nonsense").status_code == 200

    def test_says_that_no_draft_matches(self, make: Maker) -> None:
        make.case(at=timezone.now())

        page = Visitor(make.editor()).open("queue", view="all", q="kind:news").content.decode()

        assert "No drafts match." in page

    def test_marks_who_holds_a_draft(self, make: Maker) -> None:
        now_claimed(make)

        page = Visitor(make.editor()).open("queue", view="all").content.decode()

        assert "#lock" in page

    def test_turns_pages(self, make: Maker) -> None:
        cms = make.cms()
        for _ in range(51):
            make.case(cms=cms, at=timezone.now())
        visitor = Visitor(make.editor())

        first = visitor.open("queue", view="all")
        after = first.context["next"].split("after=")[1]
        second = visitor.client.get(f"{address('queue')}?view=all&after={after}")

        assert len(first.context["rows"]) == 50
        assert len(second.context["rows"]) == 1

    @pytest.mark.parametrize("drafts", [1, 5])
    def test_asks_the_database_as_often_however_long_it_is(
        self, make: Maker, drafts: int, django_assert_max_num_queries: object
    ) -> None:
        for _ in range(drafts):
            make.case(at=timezone.now())
        visitor = Visitor(make.editor())
        visitor.open("queue", view="all")

        with django_assert_max_num_queries(8 + 4):  # type: ignore[operator]  # 8, and session, user, grants
            visitor.open("queue", view="all")


class TestTakeNext:
    def test_gives_the_most_urgent_draft(self, make: Maker) -> None:
        make.case(at=timezone.now() + timedelta(minutes=5))
        urgent = make.case(at=timezone.now(), priority="urgent")

        answer = Visitor(make.editor()).send("claim_next", purpose="edit")

        assert answer["Location"] == address("case", urgent.pk)
        assert cases.get_case(case_id=CaseId(urgent.pk)).state == CaseState.IN_REVIEW

    def test_says_that_nothing_waits(self, make: Maker) -> None:
        page = Visitor(make.editor()).send("claim_next", purpose="edit")

        assert page.status_code == 404
        assert "Nothing waits that you could take." in page.content.decode()

    def test_refuses_a_purpose_that_there_is_not(self, make: Maker) -> None:
        assert Visitor(make.editor()).send("claim_next", purpose="sign").status_code == 422


class TestNewsOfTheQueue:
    def test_count_what_came_since(self, make: Maker) -> None:
        visitor = Visitor(make.editor())
        make.case(at=timezone.now())

        assert visitor.open("live_queue", view="unassigned", seen=0).json() == {"queue": 1}
        assert visitor.open("live_queue", view="unassigned", seen=1).json() == {"queue": 0}

    def test_are_not_sent_twice(self, make: Maker) -> None:
        visitor = Visitor(make.editor())
        first = visitor.open("live_queue", view="unassigned", seen=0)
        url = f"{address('live_queue')}?view=unassigned&seen=0"

        again = visitor.client.get(url, headers={"If-None-Match": first["ETag"]})

        assert again.status_code == 304

    def test_survive_nonsense(self, make: Maker) -> None:
        visitor = Visitor(make.editor())

        assert visitor.open("live_queue", view="nonsense", seen="x").json() == {"queue": 0}
