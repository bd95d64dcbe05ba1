import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.text.blocks import BlockKind, blocks


def kinds(text: str) -> list[str]:
    return [block.kind.value for block in blocks(text)]


class TestBlocks:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("one\ntwo\n\nthree", ["paragraph", "paragraph"]),
            ("# Head\ntext", ["heading", "paragraph"]),
            ("#hashtag", ["paragraph"]),
            ("- a\n- b\n  more", ["list_item", "list_item"]),
            ("1. a\n\n   more of a\n2. b", ["list_item", "paragraph", "list_item"]),
            ("- a\n    - b", ["list_item", "list_item"]),
            ("> a\n> b", ["quote"]),
            ("| a | b |\n|---|---|\n| 1 | 2 |", ["table_row"] * 3),
            ("a | b\n--|--\n1 | 2\n\nc | d", ["paragraph", "table_row", "table_row", "paragraph"]),
            ("```\n# no head\n\nx\n```\nafter", ["code", "paragraph"]),
            ("~~~~\n~~~\nstill code", ["code"]),
            ("text\n\n    indented", ["paragraph", "code"]),
            ("text\n    continued", ["paragraph"]),
            ("---\ntitle: x\n---\ntext", ["front_matter", "paragraph"]),
            ("---\n\ntext\n\n---", ["paragraph", "paragraph", "paragraph"]),
            ("<!-- a\n\nb -->\ntext", ["comment", "paragraph"]),
            ("<!-- a --> seen", ["html"]),
            ("<div>\nseen\n</div>\n\ntext", ["html", "paragraph"]),
            ("<script>\n\nx()\n</script>\ntext", ["code", "paragraph"]),
            ("[ref]: https://x.example 'title'", ["definition"]),
            ("--- not front matter", ["paragraph"]),
            ("---\na: b", ["paragraph"]),
            ("text <b>\n<b>more", ["paragraph"]),
            ("> a\n\n> b\nlazy", ["quote", "quote"]),
            ("    one\n    two", ["code"]),
            ("a\r\n\r\nb\rc", ["paragraph", "paragraph"]),
        ],
    )
    def test_are_what_a_markdown_reader_sees(self, text: str, expected: list[str]) -> None:
        assert kinds(text) == expected

    def test_are_no_front_matter_when_prose_hides_behind_dashes(self) -> None:
        assert kinds("---\nA whole story told here\n---\n") == ["paragraph"]

    @given(st.text(alphabet="ab #>-*|`~<!\n\r 1.[]:\t"))
    def test_leave_only_blank_lines_between_them(self, text: str) -> None:
        position = 0
        for block in blocks(text):
            assert position <= block.start <= block.end
            assert not text[position : block.start].strip()
            position = block.end

        assert not text[position:].strip()

    def test_know_which_kinds_hold_no_prose(self) -> None:
        assert blocks("```\nx\n```")[0] == (BlockKind.CODE, 0, 9)
