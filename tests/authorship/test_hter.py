import pytest

from content.authorship.hter import document_hter, hter


class TestHter:
    def test_is_nothing_for_equal_texts(self) -> None:
        assert hter("the boat leaves early", "the boat leaves early") == 0

    def test_counts_edits_by_words_of_the_edited_text(self) -> None:
        assert hter("the boat leaves early", "the boat leaves late") == pytest.approx(0.25)

    def test_is_at_most_one(self) -> None:
        assert hter("a b c d e f g h", "z") == 1


class TestDocumentHter:
    def test_sums_edits_over_words(self) -> None:
        found = document_hter([("a b", "a c"), ("d e", "d e")])

        assert (found.hter, found.measured, found.skipped) == (0.25, 2, 0)

    def test_skips_pairs_that_would_take_too_long(self) -> None:
        found = document_hter([("w " * 301, "w")])

        assert (found.hter, found.skipped) == (None, 1)
