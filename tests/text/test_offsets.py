# ruff: noqa: RUF001 the subject is odd characters
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.text.offsets import OffsetOutside, SplitSurrogate, Utf16Offsets, to_text, to_units, units_of

MIXED = "a😀b👨‍👩‍👧e\u0301𝔘漢\n"


class TestUtf16Offsets:
    def test_are_the_same_without_astral_characters(self) -> None:
        offsets = Utf16Offsets("aé漢")

        assert [offsets.to_code_point(at) for at in range(4)] == [0, 1, 2, 3]

    @given(st.text())
    def test_go_there_and_back(self, text: str) -> None:
        offsets = Utf16Offsets(text)

        for at in range(len(text) + 1):
            units = len(text[:at].encode("utf-16-le", "surrogatepass")) // 2
            assert offsets.to_utf16(at) == units
            assert offsets.to_code_point(units) == at

    def test_refuse_the_middle_of_a_surrogate_pair(self) -> None:
        with pytest.raises(SplitSurrogate):
            Utf16Offsets(MIXED).to_code_point(2)

    def test_refuse_what_is_outside(self) -> None:
        offsets = Utf16Offsets(MIXED)

        with pytest.raises(OffsetOutside):
            offsets.to_code_point(offsets.length_utf16 + 1)
        with pytest.raises(OffsetOutside):
            offsets.to_utf16(-1)


class TestUnits:
    @given(st.text())
    def test_spell_the_text_again(self, text: str) -> None:
        units = to_units(text)

        assert len(units) == Utf16Offsets(text).length_utf16
        assert units_of(units) == len(text)
        assert to_text(units) == text
