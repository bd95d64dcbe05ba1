import json
import unicodedata
from pathlib import Path

from content.text import classes
from content.text.function_words import is_function_word, is_negation
from content.text.patterns import parse_ranges

SHARED = Path(__file__).parent / "vectors" / "word_classes.json"


class TestClasses:
    def test_stay_those_of_one_unicode_version(self) -> None:
        assert classes.UNICODE == "14.0.0"

    def test_are_what_the_generator_writes_where_the_interpreter_has_that_version(self) -> None:
        if unicodedata.unidata_version == classes.UNICODE:
            from tests.text.generate_classes import tables

            found = tables()

            assert {name: parse_ranges(getattr(classes, name)) for name in found} == found

    def test_are_shared_with_the_browser(self) -> None:
        shared = json.loads(SHARED.read_text(encoding="utf-8"))

        assert [tuple(row) for row in shared["space"]] == parse_ranges(classes.SPACE)
        assert [0x41, 0x5A] in shared["word"]


class TestFunctionWords:
    def test_come_from_the_list_of_the_language(self) -> None:
        assert is_function_word("the", language="en")
        assert not is_function_word("sea", language="en")
        assert is_function_word("der", language="de")

    def test_are_short_words_where_there_is_no_list(self) -> None:
        assert is_function_word("ten", language="pl")
        assert not is_function_word("morze", language="pl")

    def test_do_not_hide_negations(self) -> None:
        assert is_negation("not", language="en")
        assert is_negation("wouldn't", language="en")
        assert is_negation("nicht", language="de")
        assert not is_negation("never", language="pl")
