"""The page of one case: what its script begins with, its buttons, why it is read-only, and news."""

import json
import re
from typing import Any

import pytest
from django.utils import timezone

from content.drafts import queries as draft_queries
from content.permissions import Role
from content.review.actions import leases, second
from content.review.queries import cases
from content.review.states import CaseState, Purpose
from tests.doors.desk.visitor import Visitor, address, now_claimed, now_edited
from tests.make import Maker
from tests.making_cases import BODY, EDITED, Step


def desk_values(page: Any) -> Any:
    """Return what the page hands to its script."""
    found = re.search(r'<script id="desk-data" type="application/json">(.*?)</script>', page.content.decode())
    assert found is not None
    return json.loads(found[1])


class TestTheDesk:
    def test_hands_the_text_and_all_that_is_known_about_it_to_the_script(self, make: Maker) -> None:
        step = now_claimed(make)

        values = desk_values(Visitor(step.editor).open("case", step.case_id))

        head = make.head(step)
        assert values["text"] == BODY == values["original"]
        assert (values["base"], values["base_sha256"]) == (1, head.text_sha256)
        assert values["fence"] == step.fence
        assert not values["readonly"]
        assert values["journal_seq"] == 0
        assert sum(end - start for start, end, _ in values["runs"]) == len(BODY)
        assert sum(values["measures"]["kind_words"].values()) == values["measures"]["words"]
        assert {"coverage.v1", "all_claims_checked.v1"} <= {each["rule"] for each in values["verdicts"]}
        assert values["paragraphs"][0]["sentence_hashes"]

    def test_goes_on_from_what_was_typed(self, make: Maker) -> None:
        step = now_claimed(make)
        make.type(step, EDITED, title="Bread, kept")

        values = desk_values(Visitor(step.editor).open("case", step.case_id))

        assert values["text"] == EDITED
        assert values["fields"]["title"] == "Bread, kept"
        assert values["text_only"]
        assert values["base"] == 1
        assert values["measures"]["asserted_words"] > 0
        assert values["changes"]["hunks"] > 0

    def test_names_nobody_in_what_the_browser_keeps(self, make: Maker) -> None:
        step = now_claimed(make)

        values = desk_values(Visitor(step.editor).open("case", step.case_id))

        assert re.fullmatch(r"[0-9a-f]{16}", values["user"])

    def test_is_read_only_for_somebody_else_and_says_who_holds_it(self, make: Maker) -> None:
        step = now_claimed(make)

        page = Visitor(make.editor()).open("case", step.case_id)

        assert desk_values(page)["readonly"]
        assert "holds this draft" in desk_values(page)["readonly_reason"]
        assert 'disabled aria-describedby="why-take"' in page.content.decode()

    def test_opens_in_changes_for_an_approver_with_claims_to_answer(self, make: Maker) -> None:
        step = make.reviewed(at=timezone.now())
        assert step.approver is not None

        page = Visitor(step.approver).open("case", step.case_id)

        values = desk_values(page)
        assert (values["readonly"], values["claims_open"], values["start_mode"]) == (True, True, "changes")
        assert address("approve", step.case_id) in page.content.decode()
        assert address("send_back", step.case_id) in page.content.decode()

    def test_tells_a_contributor_why_somebody_else_must_approve(self, make: Maker) -> None:
        both = make.person(Role.EDITOR, Role.APPROVER)
        step = make.signed(at=timezone.now(), editor=both)

        page = Visitor(both).open("case", step.case_id).content.decode()

        assert "You worked on this text, so somebody else must approve it." in page
        assert 'name="purpose" value="approve"' not in page

    def test_tells_the_editor_why_it_was_sent_back(self, make: Maker) -> None:
        step = make.reviewed(at=timezone.now())
        assert step.approver is not None
        second.send_back(
            case_id=step.case_id,
            reason_code="facts",
            reason="The freezing time is wrong in step two.",
            by=step.approver,
            at=timezone.now(),
        )

        page = Visitor(step.editor).open("case", step.case_id).content.decode()

        assert "The freezing time is wrong in step two." in page
        assert "It was sent back." in page

    def test_shows_comments_escaped(self, make: Maker) -> None:
        step = now_claimed(make)
        visitor = Visitor(step.editor)
        visitor.send("comment", step.case_id, body="<script>alert(1)</script> really?")

        page = visitor.open("case", step.case_id).content.decode()

        assert "&lt;script&gt;alert(1)&lt;/script&gt; really?" in page

    def test_of_a_closed_case_shows_what_became_of_it(self, make: Maker) -> None:
        step = make.rejected()

        page = Visitor(step.editor).open("case", step.case_id).content.decode()

        assert "This text is not to be published." in page
        assert "What became of it" in page
        assert "desk-data" not in page

    def test_answers_404_for_a_case_that_there_is_not(self, make: Maker) -> None:
        step = now_claimed(make)

        assert Visitor(step.editor).open("case", step.draft_id).status_code == 404


class TestTaking:
    @pytest.mark.parametrize("purpose", ["edit", "approve"])
    def test_gives_the_case_to_whoever_asks(self, make: Maker, purpose: str) -> None:
        if purpose == "edit":
            case_id, by = make.case(at=timezone.now()).pk, make.editor()
        else:
            case_id, by = make.signed(at=timezone.now()).case_id, make.approver()

        answer = Visitor(by).send("claim", case_id, purpose=purpose)

        assert answer["Location"] == address("case", case_id)
        assert f"{Purpose(purpose)}" == purpose
        assert desk_values(Visitor(by).open("case", case_id))["lease"]["expires_at"]

    def test_refuses_what_somebody_else_holds(self, make: Maker) -> None:
        step = now_claimed(make)

        page = Visitor(make.editor()).send("claim", step.case_id, purpose="edit")

        assert page.status_code == 409
        assert "in review" in page.content.decode()
        assert cases.get_case(case_id=step.case_id).state == CaseState.IN_REVIEW

    def test_refuses_an_approver_who_wants_to_edit(self, make: Maker) -> None:
        case = make.case(at=timezone.now())

        page = Visitor(make.approver()).send("claim", case.pk, purpose="edit")

        assert page.status_code == 403
        assert "take drafts to edit" in page.content.decode()


class TestNewsOfACase:
    def news(self, visitor: Visitor, step: Step) -> Any:
        return visitor.open("live_case", step.case_id, fence=step.fence)

    def test_say_that_all_is_as_it_was_with_few_questions(
        self, make: Maker, django_assert_max_num_queries: Any
    ) -> None:
        step = now_claimed(make)
        visitor = Visitor(step.editor)
        first = self.news(visitor, step)
        url = f"{address('live_case', step.case_id)}?fence={step.fence}"

        with django_assert_max_num_queries(2 + 4):  # 2, and session, user, grants
            again = visitor.client.get(url, headers={"If-None-Match": first["ETag"]})

        assert again.status_code == 304
        assert first.json()["lease_lost"] is False
        assert first.json()["case"]["head"] == 1

    def test_say_that_the_lease_is_lost(self, make: Maker) -> None:
        step = now_claimed(make)
        visitor = Visitor(step.editor)
        leases.release(case_id=step.case_id, by=step.editor, at=timezone.now())

        assert self.news(visitor, step).json()["lease_lost"] is True

    def test_are_not_for_those_who_may_not_see_it(self, make: Maker) -> None:
        step = now_claimed(make)

        answer = self.news(Visitor(make.outsider()), step)

        assert answer.status_code == 404
        assert answer.json()["code"] == "case_not_found"


class TestThePageOfAnEditedCase:
    def test_asks_the_database_a_constant_number_of_times(
        self, make: Maker, django_assert_max_num_queries: Any
    ) -> None:
        step = now_edited(make)
        visitor = Visitor(step.editor)

        with django_assert_max_num_queries(40):
            visitor.open("case", step.case_id)

        assert draft_queries.head_of(draft_id=step.draft_id).number == 2
