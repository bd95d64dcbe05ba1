import itertools
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from content.lineage.extend import MINIMUM_WORDS, common_runs

EIGHT = ["one", "two", "three", "four", "five", "six", "seven", "eight"]


class TestCommonRuns:
    def test_find_a_run_of_eight_words(self) -> None:
        runs = common_runs(["a", *EIGHT, "b"], ["x", "y", *EIGHT])

        assert runs == [(1, 9, 2)]

    def test_leave_out_a_run_of_seven(self) -> None:
        assert common_runs(EIGHT[:7], EIGHT[:7]) == []

    def test_take_the_longest_place(self) -> None:
        known = [*EIGHT, "other", *EIGHT, "nine", "ten"]

        assert common_runs([*EIGHT, "nine", "ten"], known) == [(0, 10, 9)]

    def test_find_several_runs_in_order(self) -> None:
        twelve = [f"w{n}" for n in range(12)]

        assert common_runs([*twelve, "gap", *EIGHT], [*EIGHT, *twelve]) == [(0, 12, 8), (13, 21, 0)]

    def test_find_nothing_in_nothing(self) -> None:
        assert common_runs([], EIGHT) == []
        assert common_runs(EIGHT, []) == []

    def test_stay_quick_when_a_text_repeats_itself(self) -> None:
        begun = process_time()
        runs = common_runs(["same"] * 20_000, ["same"] * 20_000)

        assert runs == [(0, 20_000, 0)]
        assert process_time() - begun < 2

    @given(st.lists(st.sampled_from("ab"), max_size=40), st.lists(st.sampled_from("ab"), max_size=40))
    def test_are_equal_words_long_enough_and_apart(self, asked: list[str], known: list[str]) -> None:
        runs = common_runs(asked, known)

        assert all(asked[run.start : run.end] == known[run.other_start :][: run.words] for run in runs)
        assert all(run.words >= MINIMUM_WORDS for run in runs)
        assert all(before.end <= after.start for before, after in itertools.pairwise(runs))
