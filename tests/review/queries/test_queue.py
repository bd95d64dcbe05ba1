from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.drafts.states import Priority
from content.permissions import Role
from content.review.actions import cases
from content.review.facts import CaseId
from content.review.queries.queue import queue, queue_counts
from content.review.refusals import CursorInvalid, FilterUnknown
from tests.make import NOON, Maker

QUERIES_A_PAGE = 6


def titles(make: Maker, view: str, **asked: object) -> list[str]:
    return [row.title for row in queue(view=view, at=NOON, **asked).rows]  # type: ignore[arg-type]


class TestQueue:
    def test_shows_what_an_editor_wants_to_know(self, make: Maker) -> None:
        editor = make.editor()
        step = make.claimed(editor=editor)

        (row,) = queue(view="all", by=editor, at=NOON).rows

        assert (row.case_id, row.state, row.title, row.kind, row.model) == (
            step.case_id,
            "in_review",
            "Keeping bread",
            "documentation",
            "writer-9",
        )
        assert (row.words, row.claims_open, row.rules_open) == (61, 2, 2)
        assert (row.human_share, row.human_share_needed) == (0.0, 0.15)
        assert row.holder
        assert (row.holder.id, row.holder.seen_at) == (editor.id, NOON)
        assert row.assignee is None

    def test_is_in_order_of_urgency(self, make: Maker) -> None:
        make.case(title="low", priority="low")
        make.case(title="late", due_at="2026-11-29T12:00:00Z")
        make.case(title="soon", due_at="2026-11-26T12:00:00Z")
        make.case(title="risky", due_at="2026-11-29T12:00:00Z", body="Hidden\u200b here, on the page.")
        make.case(title="urgent", priority="urgent")

        assert titles(make, "all", by=make.editor()) == ["urgent", "soon", "risky", "late", "low"]

    def test_comes_in_pages_without_gap_or_repeat(self, make: Maker) -> None:
        editor = make.editor()
        for number in range(7):
            make.case(title=f"text {number}", priority=list(Priority)[number % 4].value)
        whole = titles(make, "all", by=editor)

        found, after = [], ""
        while True:
            page = queue(view="all", by=editor, at=NOON, after=after, limit=2)
            found += [row.title for row in page.rows]
            after = page.after
            if not after:
                break

        assert found == whole
        assert len(whole) == 7

    def test_refuses_the_cursor_of_another_list(self, make: Maker) -> None:
        editor = make.editor()
        make.case()
        make.case()
        after = queue(view="all", by=editor, at=NOON, limit=1).after

        with pytest.raises(CursorInvalid):
            queue(view="all", by=editor, at=NOON, after=after, filters="kind:news")

    def test_shows_what_grants_reach(self, make: Maker) -> None:
        make.case(kind="news", title="news")
        make.case(kind="documentation", title="documentation")

        assert titles(make, "all", by=make.person(Role.EDITOR, kind="news")) == ["news"]
        assert titles(make, "all", by=make.outsider()) == []
        assert len(titles(make, "all", by=make.person(Role.AUDITOR))) == 2

    @pytest.mark.parametrize(
        ("filters", "found"),
        [
            ("kind:news", ["Heat pumps"]),
            ("state:queued", ["Heat pumps", "Bread"]),
            ("state:ready", []),
            ("language:de", ["Bread"]),
            ("model:writer-10", ["Bread"]),
            ("pumps", ["Heat pumps"]),
            ("kind:news pumps", ["Heat pumps"]),
            ("assignee:me", []),
        ],
    )
    def test_is_filtered_by_words(self, make: Maker, filters: str, found: list[str]) -> None:
        make.case(title="Heat pumps", kind="news", priority="urgent")
        made = {"provider": "unknown", "model": "writer-10"}
        make.case(title="Bread", kind="documentation", language="de", generation=made)

        assert titles(make, "all", by=make.editor(), filters=filters) == found

    def test_names_a_filter_that_there_is_not(self, make: Maker) -> None:
        with pytest.raises(FilterUnknown, match="modle"):
            queue(view="all", by=make.editor(), at=NOON, filters="modle:x")
        with pytest.raises(FilterUnknown):
            queue(view="everything", by=make.editor(), at=NOON)

    def test_asks_few_questions_however_long_it_is(self, make: Maker) -> None:
        editor = make.editor()
        for _ in range(3):
            make.claimed()

        with CaptureQueriesContext(connection) as asked:
            queue(view="all", by=editor, at=NOON)

        assert len(asked) <= QUERIES_A_PAGE


class TestViews:
    def test_sort_cases_by_what_they_wait_for(self, make: Maker) -> None:
        editor, approver = make.editor(), make.approver()
        waiting, mine = make.case(title="waiting"), make.claimed(editor=editor, title="mine")
        make.signed(editor=editor, title="signed")
        make.ready(title="ready")
        sent = make.reviewed(approver=approver, title="sent back")
        make.end_by("send_back", sent)
        cases.set_due(case_id=CaseId(waiting.pk), due_at=NOON + timedelta(hours=1), by=make.manager(), at=NOON)

        assert titles(make, "mine", by=editor) == ["mine"]
        assert titles(make, "unassigned", by=editor) == ["waiting"]
        assert titles(make, "due", by=editor) == ["waiting"]
        assert titles(make, "sent_back", by=editor) == ["sent back"]
        assert titles(make, "to_publish", by=editor) == ["ready"]
        assert titles(make, "to_approve", by=approver) == ["signed"]
        assert titles(make, "to_approve", by=editor) == []
        assert queue_counts(by=approver, at=NOON) == {
            "all": 5,
            "mine": 0,
            "unassigned": 1,
            "due": 1,
            "sent_back": 1,
            "to_approve": 1,
            "to_publish": 1,
        }
        assert mine.lease

    def test_are_counted_in_one_question(self, make: Maker) -> None:
        editor = make.editor()
        make.case()

        with CaptureQueriesContext(connection) as asked:
            queue_counts(by=editor, at=NOON)

        assert len(asked) == 1
