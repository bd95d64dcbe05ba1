import hashlib
import time

import pytest

from content.text.segments import sentence_hash, sentences, word_count


def surfaces(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences(text)]


class TestSentences:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
            ("He said: “Go.” Then left.", ["He said:", "“Go.”", "Then left."]),
            ("Version 3.5 is out", ["Version 3.5 is out"]),
            ("first line\nsecond line", ["first line", "second line"]),
            ("東京は大きい。夜は静かだ。", ["東京は大きい。", "夜は静かだ。"]),
            ("1. First item. More.", ["1. First item.", "More."]),
            ("— — —", []),
            ("```\nNo prose. Here.\n```", []),
        ],
    )
    def test_end_where_a_reader_stops(self, text: str, expected: list[str]) -> None:
        assert surfaces(text) == expected

    def test_are_found_in_linear_time_in_hostile_text(self) -> None:
        hostile = (
            "`" * 50_001 + " x `" * 20_000,
            "<!--" * 50_000,
            "[a](b(c)" * 20_000,
            "a:b\n" * 30_000,
            "<a " * 50_000,
        )
        started = time.process_time()

        for text in hostile:
            sentences(text)

        assert time.process_time() - started < 20


class TestWordCount:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("two words", 2),
            ("`code` counts not", 2),
            ("a [link text](https://x.example/y 'z') here", 4),
            ("an ![alt text](picture.png)", 3),
            ("see https://x.example/a/b now", 2),
            ("<b>bold</b> <!-- not this --> word", 2),
            ("<div>\nseen words\n</div>", 2),
            ("---\ntitle: none\n---\none", 1),
            ("[ref]: https://x.example", 0),
            ("| a | b |\n|---|---|\n| c | d |", 4),
            ("1. one\n2. two", 2),
            ("漢字 😀", 2),
            ("text with `an unclosed tick", 5),
        ],
    )
    def test_counts_prose_and_nothing_else(self, text: str, expected: int) -> None:
        assert word_count(text) == expected


class TestSentenceHash:
    def test_ignores_how_much_white_space_stands_between_words(self) -> None:
        assert sentence_hash("a  b\n c ") == sentence_hash("a b c")

    def test_ignores_how_an_accent_is_stored(self) -> None:
        assert sentence_hash("é") == sentence_hash("e\u0301")

    def test_changes_with_case_and_punctuation(self) -> None:
        assert len({sentence_hash(text) for text in ("a b.", "A b.", "a b!", "a, b.")}) == 4

    def test_is_the_sha256_of_the_plain_sentence(self) -> None:
        assert sentence_hash("a  b") == hashlib.sha256(b"a b").hexdigest()
