import pytest

from content.authorship.columns.vocabulary import CONTENT, NEGATION, Vocabulary
from content.authorship.substance import Substance, classify, hunks


def classified(new: str, lost: str) -> Substance:
    vocabulary = Vocabulary("en")
    come, gone = (vocabulary.numbers(words.split(), in_latin=False) for words in (new, lost))
    weighty = [number for number in come if vocabulary.flags[number] & (CONTENT | NEGATION)]
    return classify(weighty, gone, vocabulary)


class TestHunks:
    def test_are_bridged_over_two_kept_tokens(self) -> None:
        assert hunks([True, False, False, True, False, False, False, True]) == [(0, 4), (7, 8)]

    def test_are_none_without_human_tokens(self) -> None:
        assert hunks([False, False]) == []


class TestClassify:
    @pytest.mark.parametrize(
        ("new", "lost", "expected"),
        [
            ("the of", "a", Substance.COSMETIC),
            ("harbors", "harbor", Substance.COSMETIC),
            ("recieve", "receive", Substance.COSMETIC),
            ("quiet", "silent", Substance.LIGHT),
            ("", "silent", Substance.LIGHT),
            ("welder telescope porthole", "", Substance.SUBSTANTIVE),
            ("1987", "1986", Substance.SUBSTANTIVE),
            ("12501", "12500", Substance.SUBSTANTIVE),
            ("not", "", Substance.SUBSTANTIVE),
            ("won't", "", Substance.SUBSTANTIVE),
            ("B2B", "retail", Substance.LIGHT),
            ("1987", "1987", Substance.COSMETIC),
        ],
    )
    def test_tells_what_a_change_amounts_to(self, new: str, lost: str, expected: Substance) -> None:
        assert classified(new, lost) is expected
