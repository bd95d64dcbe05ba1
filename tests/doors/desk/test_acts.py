"""Every button of a case: its page without a script, what it does, and that a refusal keeps what was written."""

from datetime import UTC, timedelta
from typing import Any

import pytest
from django.utils import timezone

from content.review.facts import CaseId
from content.review.queries import cases, desk
from content.review.states import CaseState
from tests.doors.desk.visitor import Visitor, address, now_claimed
from tests.make import Maker
from tests.making_cases import Step

LONG = "This takes more words than twenty letters."


def state_of(step: Step) -> str:
    return cases.get_case(case_id=step.case_id).state


class TestEveryAct:
    @pytest.mark.parametrize("name", ["release", "hand_over", "send_back", "request_changes", "reject", "withdraw"])
    def test_has_a_page_that_works_without_a_script(self, make: Maker, name: str) -> None:
        step = now_claimed(make)

        page = Visitor(make.manager()).open(name, step.case_id)

        assert page.status_code == 200
        assert '<form method="post"' in page.content.decode()

    @pytest.mark.parametrize("name", ["send_back", "reject", "hand_over"])
    def test_shows_what_was_written_again_when_it_was_refused(self, make: Maker, name: str) -> None:
        step = make.reviewed(at=timezone.now()) if name != "hand_over" else now_claimed(make)
        by = step.editor if name == "hand_over" else step.approver
        assert by is not None
        fields = {"reason_code": "other", "reason": "Too short.", "to": make.editor().id, "note": "Short."}

        page = Visitor(by).send(name, step.case_id, **fields)

        assert page.status_code == 422
        assert "Too short." in page.content.decode() or "Short." in page.content.decode()
        assert "characters or more" in page.content.decode()


class TestReleasing:
    def test_gives_the_draft_back_with_what_was_typed(self, make: Maker) -> None:
        step = now_claimed(make)
        make.type(step, "# Bread\n\nKept as it was typed.\n")

        answer = Visitor(step.editor).send("release", step.case_id)

        assert answer["Location"] == address("queue")
        assert state_of(step) == CaseState.QUEUED
        assert make.head(step).text == "# Bread\n\nKept as it was typed.\n"

    def test_of_another_s_draft_needs_a_reason(self, make: Maker) -> None:
        step = now_claimed(make)
        manager = Visitor(make.manager())

        refused = manager.send("release", step.case_id, reason="Short.")
        done = manager.send("release", step.case_id, reason=LONG)

        assert (refused.status_code, done.status_code) == (422, 302)
        assert state_of(step) == CaseState.QUEUED


class TestHandingOver:
    def test_gives_the_draft_to_a_colleague(self, make: Maker) -> None:
        step, colleague = now_claimed(make), make.editor()

        Visitor(step.editor).send("hand_over", step.case_id, to=colleague.id, note="Please check the oven part.")

        shown = desk.desk(case_id=step.case_id, by=colleague, at=timezone.now())
        assert shown.facts.lease is not None
        assert shown.facts.lease.holder_id == colleague.id

    def test_to_nobody_is_refused(self, make: Maker) -> None:
        step = now_claimed(make)

        assert Visitor(step.editor).send("hand_over", step.case_id, to="", note=LONG).status_code == 422


class TestSendingBack:
    def test_returns_a_draft_with_a_reason(self, make: Maker) -> None:
        step = make.reviewed(at=timezone.now())
        assert step.approver is not None

        answer = Visitor(step.approver).send("send_back", step.case_id, reason_code="facts", reason=LONG)

        assert answer.status_code == 302
        assert state_of(step) == CaseState.QUEUED

    def test_is_undone_when_its_author_lifts_it(self, make: Maker) -> None:
        step = make.reviewed(at=timezone.now())
        assert step.approver is not None
        visitor = Visitor(step.approver)
        visitor.send("send_back", step.case_id, reason_code="facts", reason=LONG)
        objection = desk.desk(case_id=step.case_id, by=step.approver, at=timezone.now()).facts.objections[0]

        answer = visitor.send("lift", step.case_id, objection=objection.id)

        assert answer.status_code == 302
        assert not desk.desk(case_id=step.case_id, by=step.approver, at=timezone.now()).facts.objections


class TestAskingTheSource:
    def test_needs_a_comment_that_is_meant_for_it(self, make: Maker) -> None:
        step = now_claimed(make)
        visitor = Visitor(step.editor)

        refused = visitor.send("request_changes", step.case_id)
        visitor.send("comment", step.case_id, body="Please name the bakery.", for_source="yes")
        done = visitor.send("request_changes", step.case_id)

        assert refused.status_code == 409
        assert "write a comment meant for" in refused.content.decode().lower()
        assert done.status_code == 302
        assert state_of(step) == CaseState.CHANGES_REQUESTED


class TestEnding:
    def test_rejects(self, make: Maker) -> None:
        step = now_claimed(make)

        page = Visitor(make.manager()).follow("reject", step.case_id, reason_code="not_needed", reason=LONG)

        assert state_of(step) == CaseState.REJECTED
        assert LONG in page.content.decode()

    def test_withdraws(self, make: Maker) -> None:
        step = now_claimed(make)

        Visitor(make.manager()).send("withdraw", step.case_id, reason=LONG)

        assert state_of(step) == CaseState.WITHDRAWN

    def test_is_refused_to_an_editor(self, make: Maker) -> None:
        step = now_claimed(make)

        page = Visitor(step.editor).send("reject", step.case_id, reason_code="not_needed", reason=LONG)

        assert page.status_code == 403


class TestComments:
    def threads(self, step: Step) -> Any:
        return desk.threads_of(case_id=step.case_id)

    def test_are_written_answered_closed_and_opened_again(self, make: Maker) -> None:
        step = now_claimed(make)
        visitor = Visitor(step.editor)

        visitor.send("comment", step.case_id, body="Which bread?")
        thread = self.threads(step)[0].opening.pk
        visitor.send("comment", step.case_id, body="Rye.", thread=thread)
        visitor.send("resolve", step.case_id, thread=thread)
        closed = self.threads(step)[0].opening.resolved_at
        visitor.send("resolve", step.case_id, thread=thread, reopen="yes")

        assert [each.body for each in self.threads(step)[0].answers] == ["Rye."]
        assert closed is not None
        assert self.threads(step)[0].opening.resolved_at is None

    def test_that_are_empty_are_refused_on_a_page_of_their_own(self, make: Maker) -> None:
        step = now_claimed(make)
        visitor = Visitor(step.editor)

        page = visitor.send("comment", step.case_id, body="")

        assert page.status_code == 422
        assert visitor.open("comment", step.case_id, thread=3).status_code == 200


class TestPlanning:
    def test_says_for_whom_how_urgent_and_by_when(self, make: Maker) -> None:
        case, colleague = make.case(at=timezone.now()), make.editor()
        visitor = Visitor(make.manager())
        due = (timezone.now() + timedelta(days=3)).replace(second=0, microsecond=0)

        visitor.send("assign", case.pk, assignee=colleague.id)
        visitor.send("prioritize", case.pk, priority="urgent")
        visitor.send("schedule", case.pk, due_at=due.strftime("%Y-%m-%dT%H:%M"))

        found = cases.get_case(case_id=CaseId(case.pk))
        assert (found.assignee_id, found.priority) == (colleague.id, 3)
        assert found.due_at == due.astimezone(UTC)
        assert visitor.open("plan", case.pk).status_code == 200

    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("assign", {"assignee": "nobody"}),
            ("prioritize", {"priority": "very"}),
            ("schedule", {"due_at": "soon"}),
        ],
    )
    def test_refuses_what_it_cannot_read(self, make: Maker, name: str, fields: dict[str, str]) -> None:
        case = make.case(at=timezone.now())

        page = Visitor(make.manager()).send(name, case.pk, **fields)

        assert page.status_code == 422
        assert 'role="alert"' in page.content.decode()

    def test_takes_the_assignee_away(self, make: Maker) -> None:
        case = make.case(at=timezone.now())
        visitor = Visitor(make.manager())
        visitor.send("assign", case.pk, assignee=make.editor().id)

        visitor.send("assign", case.pk, assignee="")

        assert cases.get_case(case_id=CaseId(case.pk)).assignee_id is None

    def test_is_a_manager_s_page(self, make: Maker) -> None:
        case = make.case(at=timezone.now())

        page = Visitor(make.editor()).open("plan", case.pk)

        assert page.status_code == 403
