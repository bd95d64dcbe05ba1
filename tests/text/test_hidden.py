# ruff: noqa: RUF001 the subject is odd characters
import pytest

from content.text.hidden import blocking_characters, hidden_characters


class TestHiddenCharacters:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("a\u200bb", "invisible_characters"),
            ("a\ufeffb", "invisible_characters"),
            ("x\ufe0f", "invisible_characters"),
            ("a\u200db", "invisible_characters"),
            ("a\u202eb", "bidi_controls"),
            ("a\u2067b\u2069", "bidi_controls"),
            ("a\U000e0041", "tag_characters"),
            ("😀\U000e0041", "tag_characters"),
            ("a\u00adb", "soft_hyphens"),
        ],
    )
    def test_are_found_with_their_kind(self, text: str, kind: str) -> None:
        found = hidden_characters(text)

        assert {run.kind for run in found} == {kind}
        assert found[0].start == 1

    @pytest.mark.parametrize(
        "text",
        [
            "plain",
            "👨‍👩‍👧 ❤️ 1️⃣ ☺︎",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "می‌خواهم",
            "क्‍ष",
            "漢\U000e0100",
            "שלום\u200f (abc)",
            "\u2067שלום abc\u2069",
            "\u1100\u1160",
        ],
    )
    def test_are_left_alone_where_writing_needs_them(self, text: str) -> None:
        assert hidden_characters(text) == ()

    def test_allow_direction_marks_in_right_to_left_languages(self) -> None:
        assert hidden_characters("a\u200eb", language="he-IL") == ()
        assert hidden_characters("a\u200eb", language="en") != ()

    def test_never_allow_an_override(self) -> None:
        assert hidden_characters("\u202eשלום\u202c", language="he")[0].kind == "bidi_controls"

    def test_allow_no_isolate_that_does_not_close(self) -> None:
        assert [run.start for run in hidden_characters("\u2067שלום\nx")] == [0]
        assert [run.start for run in hidden_characters("שלום\u2069 \u2067a")] == [4, 6]

    def test_join_neighbours_of_one_kind(self) -> None:
        assert [(run.start, run.end) for run in hidden_characters("a\u200b\u200bb\u200b")] == [(1, 3), (4, 5)]

    def test_block_unless_they_are_soft_hyphens(self) -> None:
        assert [run.start for run in blocking_characters("a\u00adb\u200bc")] == [3]
