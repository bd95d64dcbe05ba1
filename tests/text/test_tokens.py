# ruff: noqa: RUF001 the subject is odd characters
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.text.patterns import INVISIBLE
from content.text.tokens import tokens, words

HIDDEN = "\u200b\u200c\u2060\u00ad\ufeff\u034f"


def texts_of(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


def keys_of(text: str) -> list[str]:
    return [word.key for word in words(text)]


class TestTokens:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Don't stop.", ["Don't", "stop", "."]),
            ("don’t", ["don’t"]),
            ("'quoted'", ["'", "quoted", "'"]),
            ("1,250.75 and 3.", ["1,250.75", "and", "3", "."]),
            ("a.b", ["a", ".", "b"]),
            ("snake_case", ["snake", "_", "case"]),
            ("e\u0301tude", ["e\u0301tude"]),
            ("漢字かな", ["漢", "字", "か", "な"]),
            ("AI技術", ["AI", "技", "術"]),
            ("한국어 단어", ["한국어", "단어"]),
            ("שלום עולם", ["שלום", "עולם"]),
            ("👨‍👩‍👧‍👦!", ["👨‍👩‍👧‍👦", "!"]),
            ("🇷🇴🇫🇷", ["🇷🇴", "🇫🇷"]),
            ("1️⃣ 2", ["1️⃣", "2"]),
            ("👍🏽ok", ["👍🏽", "ok"]),
            ("", []),
            (" \n\t", []),
        ],
    )
    def test_cuts_as_readers_read(self, text: str, expected: list[str]) -> None:
        assert texts_of(text) == expected

    def test_gives_invisibles_to_the_token_they_sit_in_follow_or_touch(self) -> None:
        assert texts_of("a\u200bb c\u200b \u200bd") == ["a\u200bb", "c\u200b", "\u200bd"]

    def test_makes_no_token_of_an_invisible_that_stands_alone(self) -> None:
        assert texts_of("a \u200b b") == ["a", "b"]

    @given(st.text())
    def test_covers_every_code_point_but_space_once_and_in_order(self, text: str) -> None:
        position = 0
        for token in tokens(text):
            assert position <= token.start < token.end
            assert text[token.start : token.end] == token.text
            assert all(c.isspace() or c in HIDDEN or _is_invisible(c) for c in text[position : token.start])
            position = token.end

        assert all(c.isspace() or _is_invisible(c) for c in text[position:])


class TestKeys:
    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("Harbour", "HARBOUR"),
            ("don't", "don’t"),
            ("naïve", "nai\u0308ve"),
            ("word", "w\u200bo\u00adrd"),
            ("scope", "ѕсоре"),
            ("ﬁne", "fine"),
            ("３", "3"),
        ],
    )
    def test_are_equal_for_spellings_that_look_alike(self, first: str, second: str) -> None:
        assert keys_of(f"{first} harbour") == keys_of(f"{second} harbour")

    def test_keep_words_of_other_scripts_apart_in_their_own_text(self) -> None:
        assert keys_of("сор из избы") == ["сор", "из", "избы"]

    def test_fold_no_word_with_letters_that_look_like_none(self) -> None:
        assert keys_of("a β-carotene of 5 μm") == ["a", "β", "carotene", "of", "5", "μm"]

    def test_count_no_emoji_as_a_word(self) -> None:
        assert keys_of("yes 1️⃣ 👍 no ™") == ["yes", "no"]

    def test_say_which_words_stand_in_scripts_without_spaces(self) -> None:
        assert [word.spaceless for word in words("AI 漢字")] == [False, True, True]

    @given(st.lists(st.sampled_from(["harbour", "don't", "1,250", "x", "the"]), min_size=1), st.data())
    def test_survive_any_invisible_character(self, plain: list[str], data: st.DataObject) -> None:
        text = " ".join(plain)
        at = data.draw(st.integers(0, len(text)))
        hidden = data.draw(st.sampled_from(list(HIDDEN)))

        assert keys_of(text[:at] + hidden + text[at:]) == keys_of(text)


def _is_invisible(character: str) -> bool:
    import re

    return re.match(f"[{INVISIBLE}]", character) is not None
