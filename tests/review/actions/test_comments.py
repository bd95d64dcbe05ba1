from typing import Any

import pytest

from content.actors import NotPermitted, PeopleOnly, ScopeMissing
from content.permissions import Role, Scope
from content.review.actions import comments
from content.review.queries import desk
from content.review.queries.facts import facts_of
from content.review.refusals import CommentInvalid, CommentNotFound, NotInState
from tests.make import NOON, Maker

ANCHOR = {"start": 9, "end": 14, "revision": 1, "quote": "Bread", "prefix": "# Keeping bread\n\n", "suffix": " keeps"}


class TestComment:
    def test_opens_a_thread_that_waits_for_an_answer(self, make: Maker) -> None:
        step = make.claimed()

        made = comments.comment(case_id=step.case_id, body="Which box?", anchor=ANCHOR, by=step.editor, at=NOON)

        assert (made.anchor, facts_of(case_id=step.case_id).open_threads) == (ANCHOR, 1)
        assert "threads_open" in {each.code for each in make.judgement(step).decision.blocking}

    def test_answers_in_a_thread(self, make: Maker) -> None:
        step = make.claimed()
        opening = comments.comment(case_id=step.case_id, body="Which box?", by=step.editor, at=NOON)

        comments.comment(case_id=step.case_id, body="A wooden one.", thread_id=opening.pk, by=step.editor, at=NOON)

        (thread,) = desk.threads_of(case_id=step.case_id)
        assert [each.body for each in thread.answers] == ["A wooden one."]
        assert facts_of(case_id=step.case_id).open_threads == 1

    def test_can_come_from_the_source(self, make: Maker) -> None:
        cms = make.cms()
        step = make.claimed(cms=cms)

        made = comments.comment(case_id=step.case_id, body="It is urgent.", for_source=True, by=cms, at=NOON)

        assert (made.source_id, made.author_id, made.for_source) == (cms.source_id, None, False)

    def test_needs_the_scope(self, make: Maker) -> None:
        source = make.source()
        step = make.claimed(cms=make.cms(source=source))

        with pytest.raises(ScopeMissing):
            comments.comment(case_id=step.case_id, body="Hello.", by=make.program(source, Scope.DRAFTS_WRITE), at=NOON)

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.PUBLISHER, Role.DATA_STEWARD])
    def test_needs_the_permission(self, make: Maker, role: Role) -> None:
        step = make.claimed()

        with pytest.raises(NotPermitted):
            comments.comment(case_id=step.case_id, body="Hello.", by=make.person(role), at=NOON)

    @pytest.mark.parametrize("body", ["", "  \n", "x" * 5001])
    def test_has_a_length(self, make: Maker, body: str) -> None:
        step = make.claimed()

        with pytest.raises(CommentInvalid):
            comments.comment(case_id=step.case_id, body=body, by=step.editor, at=NOON)

    @pytest.mark.parametrize(
        "anchor", [{"start": "1"}, {"color": "red"}, {"start": True}, {"quote": "x" * 2001}, {"end": 1.5}]
    )
    def test_hangs_on_an_anchor_of_one_shape(self, make: Maker, anchor: dict[str, Any]) -> None:
        step = make.claimed()

        with pytest.raises(CommentInvalid):
            comments.comment(case_id=step.case_id, body="Here.", anchor=anchor, by=step.editor, at=NOON)

    def test_answers_no_thread_of_another_case(self, make: Maker) -> None:
        foreign, step = make.claimed(), make.claimed()
        thread = comments.comment(case_id=foreign.case_id, body="Which box?", by=foreign.editor, at=NOON)

        with pytest.raises(CommentNotFound):
            comments.comment(case_id=step.case_id, body="This one.", thread_id=thread.pk, by=step.editor, at=NOON)


class TestThreads:
    def test_are_resolved_by_who_opened_them(self, make: Maker) -> None:
        step, commenter = make.claimed(), make.person(Role.COMMENTER)
        thread = comments.comment(case_id=step.case_id, body="Which box?", by=commenter, at=NOON)

        comments.resolve_thread(comment_id=thread.pk, by=commenter, at=NOON)

        assert facts_of(case_id=step.case_id).open_threads == 0

    def test_are_resolved_by_who_holds_the_case(self, make: Maker) -> None:
        step = make.claimed()
        thread = comments.comment(case_id=step.case_id, body="Which box?", by=make.approver(), at=NOON)

        comments.resolve_thread(comment_id=thread.pk, by=step.editor, at=NOON)

        assert facts_of(case_id=step.case_id).open_threads == 0

    def test_are_resolved_by_nobody_else(self, make: Maker) -> None:
        step = make.claimed()
        thread = comments.comment(case_id=step.case_id, body="Which box?", by=step.editor, at=NOON)

        with pytest.raises(NotPermitted):
            comments.resolve_thread(comment_id=thread.pk, by=make.approver(), at=NOON)

    def test_are_never_resolved_by_a_program(self, make: Maker) -> None:
        cms = make.cms()
        step = make.claimed(cms=cms)
        thread = comments.comment(case_id=step.case_id, body="Which box?", by=cms, at=NOON)

        with pytest.raises(PeopleOnly):
            comments.resolve_thread(comment_id=thread.pk, by=cms, at=NOON)  # type: ignore[arg-type]

    def test_are_reopened_by_anybody_on_the_case(self, make: Maker) -> None:
        step = make.claimed()
        thread = comments.comment(case_id=step.case_id, body="Which box?", by=step.editor, at=NOON)
        comments.resolve_thread(comment_id=thread.pk, by=step.editor, at=NOON)

        with pytest.raises(NotInState):
            comments.resolve_thread(comment_id=thread.pk, by=step.editor, at=NOON)
        comments.reopen_thread(comment_id=thread.pk, by=make.person(Role.COMMENTER), at=NOON)
        with pytest.raises(NotInState):
            comments.reopen_thread(comment_id=thread.pk, by=step.editor, at=NOON)

        assert facts_of(case_id=step.case_id).open_threads == 1

    def test_that_reopen_hold_a_ready_case_up(self, make: Maker) -> None:
        step = make.edited()
        thread = comments.comment(case_id=step.case_id, body="Which box?", by=step.editor, at=NOON)
        comments.resolve_thread(comment_id=thread.pk, by=step.editor, at=NOON)
        make.sign(step)
        make.approve(make.claim_to_approve(step, make.approver()))
        assert make.state(step) == "ready"

        comments.reopen_thread(comment_id=thread.pk, by=step.editor, at=NOON)
        assert make.state(step) == "awaiting_second"
        assert len(facts_of(case_id=step.case_id).valid_sign_offs) == 2

        comments.resolve_thread(comment_id=thread.pk, by=step.editor, at=NOON)
        assert make.state(step) == "ready"

    def test_are_not_found_when_there_are_none(self, make: Maker) -> None:
        with pytest.raises(CommentNotFound):
            comments.resolve_thread(comment_id=4711, by=make.editor(), at=NOON)
