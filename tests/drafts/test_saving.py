import json
from datetime import timedelta
from typing import Any

import pytest

from content.actors import SYSTEM, Person
from content.drafts import queries as drafts
from content.drafts.actions import counters, saving
from content.drafts.attested import sha256_of
from content.drafts.intake.shapes import ValidationFailed
from content.drafts.journal import JournalEntry, JournalMismatch, parse_journal, replay_text
from content.drafts.models import Draft, WorkingCopy
from content.drafts.refusals import LeaseLost, SequenceGap, StaleRevision, TextTooLarge, UnsavedText
from content.events.queries import history_of
from tests.make import NOON, Maker

BODY = "One two.\n"
LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def editor(make: Maker) -> Person:
    return make.editor()


@pytest.fixture
def draft(make: Maker) -> Draft:
    return make.draft(body=BODY)


def typed(at_end_of: str, text: str) -> JournalEntry:
    return JournalEntry(10, "input.type", (len(at_end_of), (0, *text.split("\n"))))


def save(
    draft: Draft, by: Person, leads_to: str, *entries: JournalEntry, start: int = 0, **more: object
) -> WorkingCopy:
    asked: dict[str, Any] = {
        "base": 1,
        "fence": 0,
        "base_sha256": sha256_of(BODY),
        "sha256": sha256_of(leads_to),
    } | more
    return saving.save_working_copy(draft_id=draft.pk, start=start, entries=entries, by=by, at=NOON, **asked)


class TestSaveWorkingCopy:
    def test_replays_what_was_typed(self, draft: Draft, editor: Person) -> None:
        copy = save(draft, editor, BODY + "x", typed(BODY, "x"))
        copy = save(draft, editor, BODY + "xy", typed(BODY + "x", "y"), start=1)

        assert (copy.text, copy.seq, copy.trusted) == (BODY + "xy", 2, True)

    def test_takes_a_slice_twice_whose_answer_got_lost(self, draft: Draft, editor: Person) -> None:
        save(draft, editor, BODY + "x", typed(BODY, "x"))

        copy = save(draft, editor, BODY + "xy", typed(BODY, "x"), typed(BODY + "x", "y"))

        assert (copy.text, copy.seq) == (BODY + "xy", 2)

    def test_says_where_the_gap_begins(self, draft: Draft, editor: Person) -> None:
        save(draft, editor, BODY + "x", typed(BODY, "x"))

        with pytest.raises(SequenceGap) as refusal:
            save(draft, editor, BODY + "xyz", typed(BODY + "xy", "z"), start=2)

        assert refusal.value.params["expected"] == 1

    def test_refuses_a_journal_that_leads_elsewhere(self, draft: Draft, editor: Person) -> None:
        with pytest.raises(JournalMismatch):
            save(draft, editor, BODY + "other", typed(BODY, "x"))

    def test_keeps_the_text_without_a_record_when_it_comes_along(self, draft: Draft, editor: Person) -> None:
        copy = save(draft, editor, BODY + "other", typed(BODY, "x"), text=BODY + "other")

        assert (copy.text, copy.trusted, copy.entries) == (BODY + "other", False, [])

    def test_goes_on_after_a_text_without_a_record(self, draft: Draft, editor: Person) -> None:
        save(draft, editor, BODY + "other", typed(BODY, "x"), text=BODY + "other")

        copy = save(draft, editor, BODY + "other!", typed(BODY + "other", "!"), start=1)

        assert (copy.text, copy.seq, copy.trusted) == (BODY + "other!", 2, False)

    def test_refuses_who_lost_the_lease(self, draft: Draft, editor: Person) -> None:
        counters.raise_fence(draft=draft, by=SYSTEM, at=NOON)

        with pytest.raises(LeaseLost):
            save(draft, editor, BODY + "x", typed(BODY, "x"))

    def test_refuses_an_older_base(self, make: Maker, draft: Draft, editor: Person) -> None:
        make.written(draft, "Two.", by=make.editor())

        with pytest.raises(StaleRevision) as refusal:
            save(draft, editor, BODY + "x", typed(BODY, "x"))

        assert refusal.value.params["head"] == 2

    def test_refuses_a_text_that_is_too_large(self, draft: Draft, editor: Person) -> None:
        text = "ü" * (256 * 1024 + 1)

        with pytest.raises(TextTooLarge):
            save(draft, editor, text, text=text)

    def test_refuses_a_title_of_two_lines(self, draft: Draft, editor: Person) -> None:
        with pytest.raises(ValidationFailed):
            save(draft, editor, BODY, title="One\nTwo")

    def test_raises_no_version_and_records_nothing(self, draft: Draft, editor: Person) -> None:
        save(draft, editor, BODY + "x", typed(BODY, "x"))

        assert drafts.get_draft(draft_id=draft.pk).version == 1
        assert len(history_of(draft_id=draft.pk)) == 1

    def test_keeps_what_was_typed_on_an_older_head(self, make: Maker, draft: Draft, editor: Person) -> None:
        save(draft, editor, BODY + "x", typed(BODY, "x"))
        make.written(draft, "Two.\n", by=make.editor())

        save(draft, editor, "Two.\n", base=2, base_sha256=sha256_of("Two.\n"))

        lines = drafts.revision_lines(draft_id=draft.pk)
        assert [(line.number, line.placement) for line in lines] == [(1, "head"), (2, "head"), (3, "branch")]
        assert drafts.revision(draft_id=draft.pk, number=3).text == BODY + "x"


class TestSaveRevision:
    def test_keeps_the_text_with_its_journal(self, draft: Draft, editor: Person) -> None:
        save(draft, editor, BODY + "x", typed(BODY, "x"), title="Mine")

        revision = saving.save_revision(draft_id=draft.pk, base=1, fence=0, by=editor, at=LATER)

        assert (revision.number, revision.text, revision.title) == (2, BODY + "x", "Mine")
        assert (revision.author, revision.parent_id) == (f"person:{editor.id}", draft.head_id)
        assert replay_text(parse_journal(json.loads(json.dumps(revision.journal))), BODY) == BODY + "x"
        assert drafts.working_copy(draft_id=draft.pk, person_id=editor.id) is None
        assert drafts.get_draft(draft_id=draft.pk).version == 2

    def test_keeps_no_journal_for_a_text_without_a_record(self, draft: Draft, editor: Person) -> None:
        save(draft, editor, "New.\n", text="New.\n")

        assert saving.save_revision(draft_id=draft.pk, base=1, fence=0, by=editor, at=LATER).journal is None

    def test_makes_nothing_of_no_change(self, draft: Draft, editor: Person) -> None:
        save(draft, editor, BODY)

        revision = saving.save_revision(draft_id=draft.pk, base=1, fence=0, by=editor, at=LATER)

        assert revision.number == 1
        assert drafts.get_draft(draft_id=draft.pk).version == 1


class TestKeepWorkingCopy:
    def test_makes_a_revision_of_what_was_typed(self, draft: Draft, editor: Person) -> None:
        save(draft, editor, BODY + "x", typed(BODY, "x"))

        kept = saving.keep_working_copy(draft_id=draft.pk, person_id=editor.id, by=SYSTEM, at=LATER)

        assert kept is not None
        assert (kept.text, kept.author, kept.placement) == (BODY + "x", f"person:{editor.id}", "head")

    def test_makes_nothing_of_nothing(self, draft: Draft, editor: Person) -> None:
        assert saving.keep_working_copy(draft_id=draft.pk, person_id=editor.id, by=SYSTEM, at=LATER) is None


class TestKeepBranch:
    def test_keeps_the_text_beside_the_line(self, make: Maker, draft: Draft, editor: Person) -> None:
        head = make.written(draft, "Two.\n", by=make.editor())

        branch = saving.keep_branch(
            draft_id=draft.pk, base=1, text="Late.\n", title="T", summary="", extras={}, by=editor, at=LATER
        )

        assert (branch.placement, branch.parent_id) == ("branch", draft.head_id)
        assert drafts.head_of(draft_id=draft.pk).pk == head.pk


class TestRestoreRevision:
    def test_makes_an_older_text_the_head_again(self, make: Maker, draft: Draft, editor: Person) -> None:
        make.written(draft, "Two.\n", by=editor)

        restored = saving.restore_revision(draft_id=draft.pk, number=1, fence=0, by=editor, at=LATER)

        assert (restored.number, restored.text, restored.origin) == (3, BODY, "human")
        assert restored.digest == drafts.original_of(draft_id=draft.pk).digest

    def test_waits_for_what_is_not_saved(self, draft: Draft, editor: Person) -> None:
        save(draft, editor, BODY + "x", typed(BODY, "x"))

        with pytest.raises(UnsavedText):
            saving.restore_revision(draft_id=draft.pk, number=1, fence=0, by=editor, at=LATER)
