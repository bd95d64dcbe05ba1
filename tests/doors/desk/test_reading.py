"""Reading a case: the text with its changes, its versions, what happened to it."""

import pytest
from django.utils import timezone

from content.desk import diffs
from content.drafts import queries as draft_queries
from tests.doors.desk.visitor import Visitor, address, now_claimed, now_edited
from tests.make import Maker
from tests.making_cases import BODY, EDITED

HOSTILE = "# Bread\n\n<img src=x onerror=alert(1)> keeps well.\n"


class TestTheReadView:
    def test_shows_what_was_added_and_removed_to_those_who_listen(self, make: Maker) -> None:
        step = now_edited(make)

        page = Visitor(make.approver()).open("read", step.case_id).content.decode()

        assert '<ins class="diff-ins"><span class="visually-hidden">added: </span>' in page
        assert '<del class="diff-del"><span class="visually-hidden">removed: </span>' in page
        assert "<h2>Keeping bread</h2>" in page

    def test_shows_the_text_without_marks(self, make: Maker) -> None:
        step = now_edited(make)

        page = Visitor(make.editor()).open("read", step.case_id, **{"as": "text"}).content.decode()

        assert "diff-ins" not in page
        assert "Linen soaks moisture up." in page

    def test_compares_any_two_versions(self, make: Maker) -> None:
        step = now_edited(make)

        page = Visitor(make.editor()).open("read", step.case_id, version=1, against=2).content.decode()

        assert "Version 1, with what differs from version 2" in page

    def test_shows_markup_of_a_draft_as_text(self, make: Maker) -> None:
        step = now_claimed(make, body=HOSTILE)

        page = Visitor(step.editor).open("read", step.case_id).content.decode()

        assert "<img src=x" not in page
        assert "&lt;img src=x" in page

    @pytest.mark.parametrize("version", ["7", "x", "-1", "²"])
    def test_answers_404_for_a_version_that_there_is_not(self, make: Maker, version: str) -> None:
        step = now_claimed(make)

        assert Visitor(step.editor).open("read", step.case_id, version=version).status_code == 404

    def test_is_not_for_those_who_may_not_see_the_draft(self, make: Maker) -> None:
        step = now_claimed(make)

        assert Visitor(make.outsider()).open("read", step.case_id).status_code == 403


class TestVersions:
    def test_name_who_made_each_and_when(self, make: Maker) -> None:
        step = now_edited(make)

        page = Visitor(step.editor).open("versions", step.case_id).content.decode()

        assert page.index("Version 2") < page.index("Version 1")
        assert "the text now" in page
        assert "The source" in page

    def test_make_an_older_one_the_text_again(self, make: Maker) -> None:
        step = now_edited(make)
        visitor = Visitor(step.editor)

        answer = visitor.send("restore", step.case_id, fence=step.fence, number=1)

        assert answer["Location"] == address("case", step.case_id)
        assert make.head(step).text == BODY
        assert draft_queries.revision(draft_id=step.draft_id, number=2).text == EDITED

    def test_refuse_that_while_something_is_typed(self, make: Maker) -> None:
        step = now_edited(make)
        make.type(step, EDITED + "\nMore.\n")

        page = Visitor(step.editor).send("restore", step.case_id, fence=step.fence, number=1)

        assert page.status_code == 409
        assert "You typed something that is no version yet" in page.content.decode()

    def test_offer_nothing_to_those_who_do_not_hold_the_case(self, make: Maker) -> None:
        step = now_edited(make)

        page = Visitor(make.editor()).open("versions", step.case_id).content.decode()

        assert "Make it the text again" not in page


class TestHistory:
    def test_tells_what_happened_in_words(self, make: Maker) -> None:
        step = make.signed(at=timezone.now())

        page = Visitor(make.editor()).open("history", step.case_id).content.decode()

        for sentence in ("The source posted the draft:", "Version 2 was saved.", "Signed off by the editor."):
            assert sentence in page


class TestChangesInParagraphs:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (BODY, EDITED),
            ("", "One.\n\nTwo.\n"),
            ("One.\n\nTwo.\n", ""),
            ("# A\n\nOld first.\n\n## B\n\nText.\n", "# A\n\nNew words here.\n\n## B\n\nText.\n"),
            ("a\n\nb\n\nc\n", "a\n\nc\n"),
            ("x" * 50, "y" * 50),
        ],
    )
    def test_hold_every_word_of_both_texts(self, old: str, new: str) -> None:
        blocks = diffs.blocks_of(old, new)

        def said(*ops: str) -> str:
            words = [f"{'#' * block.level} " if block.level else "" for block in blocks]
            parts = ["".join(part.text for part in block.parts if part.op in ops) for block in blocks]
            return "".join("".join(head + text for head, text in zip(words, parts, strict=True)).split())

        assert said("same", "added").replace("#", "") == "".join(new.split()).replace("#", "")
        assert said("same", "removed").replace("#", "") == "".join(old.split()).replace("#", "")

    def test_keep_a_heading_apart_from_the_changed_paragraph_before_it(self) -> None:
        blocks = diffs.blocks_of("Old words stood here.\n\n## Labels\n", "Entirely fresh sentence now.\n\n## Labels\n")

        assert [block.level for block in blocks] == [0, 2]

    def test_mark_blocks_that_changed(self) -> None:
        blocks = diffs.blocks_of("One.\n\nTwo.\n", "One.\n\nTwo more.\n")

        assert [block.is_changed for block in blocks] == [False, True]


class TestTheListOfChanges:
    def test_gives_each_with_the_words_around_it(self) -> None:
        (place,) = diffs.places_of("Bread keeps in a box.", "Bread keeps in a tin.")

        assert (place.before, place.removed, place.added, place.after) == ("Bread keeps in a ", "box", "tin", ".")
