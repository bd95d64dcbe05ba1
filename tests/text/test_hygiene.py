# ruff: noqa: RUF001 the subject is odd characters
from content.text.hygiene import is_mixed_script, key_of, reads_as_latin


class TestMixedScript:
    def test_is_a_latin_word_with_look_alikes(self) -> None:
        assert is_mixed_script("sсope")
        assert is_mixed_script("pаypаl")

    def test_is_no_word_of_one_script(self) -> None:
        assert not is_mixed_script("scope")
        assert not is_mixed_script("сор")

    def test_is_no_word_whose_other_letters_look_like_none(self) -> None:
        assert not is_mixed_script("μm")
        assert not is_mixed_script("ДНКx")


class TestReadsAsLatin:
    def test_counts_letters_that_only_look_latin_for_nobody(self) -> None:
        assert reads_as_latin("The hаrbоur lау quiеt")
        assert not reads_as_latin("Гавань лежала тихо")
        assert not reads_as_latin("сор")


class TestKeyOf:
    def test_folds_a_word_of_look_alikes_only_where_latin_is_read(self) -> None:
        assert key_of("сор", in_latin=True) == "cop"
        assert key_of("сор", in_latin=False) == "сор"

    def test_makes_quotes_and_dashes_plain(self) -> None:
        assert key_of("—") == key_of("-")
        assert key_of("“") == key_of('"')
