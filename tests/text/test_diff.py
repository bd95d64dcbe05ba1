import json
import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.text.diff import Change, diff_counts, word_diff

VECTORS = json.loads((Path(__file__).parent / "vectors" / "word_diff.v1.json").read_text(encoding="utf-8"))
PIECES = st.lists(st.sampled_from(["a", "b", "dog", " ", "\n", ". ", "é", "😀", "漢", "_", "'", "  "]), max_size=40)


def applied(a: str, b: str, changes: list[Change]) -> str:
    pieces = []
    position = 0
    for change in changes:
        assert position <= change.from_a <= change.to_a
        pieces += [a[position : change.from_a], b[change.from_b : change.to_b]]
        position = change.to_a
    return "".join([*pieces, a[position:]])


class TestWordDiff:
    def test_has_enough_shared_vectors(self) -> None:
        assert len(VECTORS) >= 300

    def test_answers_as_the_shared_vectors_say(self) -> None:
        for case in VECTORS:
            found = [[*change[:4], change.coarse] for change in word_diff(case["a"], case["b"])]

            assert found == case["changes"], case["a"]

    @given(PIECES, PIECES)
    def test_makes_the_new_text_of_the_old(self, old: list[str], new: list[str]) -> None:
        a, b = "".join(old), "".join(new)

        assert applied(a, b, word_diff(a, b)) == b

    @given(PIECES)
    def test_finds_nothing_between_equal_texts(self, pieces: list[str]) -> None:
        assert word_diff("".join(pieces), "".join(pieces)) == []

    def test_refuses_carriage_returns(self) -> None:
        with pytest.raises(ValueError, match="LF"):
            word_diff("a\r\nb", "a\nb")

    def test_changes_one_word_and_not_its_line(self) -> None:
        assert word_diff("the big dog", "the small dog") == [Change(4, 7, 4, 9, coarse=False)]

    def test_stays_fast_on_a_long_text_with_many_edits(self) -> None:
        chooser = random.Random(7)
        words = [
            chooser.choice(["harbour", "keeper", "lamp", "rain.", "slow", "water,", "ledger"]) for _ in range(20_000)
        ]
        edited = list(words)
        for _ in range(1_500):
            edited[chooser.randrange(len(edited))] = "changed"
        started = time.process_time()

        changes = word_diff(" ".join(words), " ".join(edited))

        assert applied(" ".join(words), " ".join(edited), changes) == " ".join(edited)
        assert time.process_time() - started < 10


class TestDiffCounts:
    def test_counts_words_marks_and_code_points(self) -> None:
        a, b = "one two three", "one 2 three, four"

        counts = diff_counts(a, b, word_diff(a, b))

        assert counts.words_inserted == 2
        assert counts.words_deleted == 1
        assert counts.tokens_inserted == 3
        assert counts.code_points_inserted == 1 + len(", four")

    def test_ignores_white_space(self) -> None:
        a, b = "one two", "one   two"

        assert diff_counts(a, b, word_diff(a, b))[1:5] == (0, 0, 0, 0)

    def test_counts_only_words_without_partner_in_a_coarse_change(self) -> None:
        a, b = "x y z", "z y w"

        counts = diff_counts(a, b, [Change(0, 5, 0, 5, coarse=True)])

        assert (counts.words_inserted, counts.words_deleted) == (1, 1)
