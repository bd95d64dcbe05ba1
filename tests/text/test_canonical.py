import pytest

from content.text.canonical import ControlCharacter, NotUtf8, canonical


class TestCanonical:
    def test_makes_every_line_end_a_line_feed(self) -> None:
        assert canonical("a\r\nb\rc\nd") == "a\nb\nc\nd"

    def test_drops_one_leading_byte_order_mark(self) -> None:
        assert canonical("\ufeffa") == "a"

    def test_changes_nothing_else(self) -> None:
        text = "e\u0301 \t  trailing  \n\n\n\u00a0\u2028x😀"

        assert canonical(text) == text

    def test_refuses_half_of_a_surrogate_pair_and_says_where(self) -> None:
        with pytest.raises(NotUtf8) as refusal:
            canonical("one\ntw\ud83do")

        assert refusal.value.params == {"line": 2, "column": 3, "offset": 6}

    @pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x0c", "\x1f", "\x7f", "\x85", "\x9f", "\uffff"])
    def test_refuses_control_characters(self, character: str) -> None:
        with pytest.raises(ControlCharacter) as refusal:
            canonical(f"ab{character}")

        assert refusal.value.params["offset"] == 2
        assert refusal.value.params["code_point"] == f"U+{ord(character):04X}"

    def test_refuses_a_byte_order_mark_inside(self) -> None:
        with pytest.raises(ControlCharacter):
            canonical("a\ufeffb")
