from hypothesis import given
from hypothesis import strategies as st

from content.lineage.winnow import DENSE, SPARSE, K, fingerprint, gram_hash, gram_hashes, spaced_words, winnow

KEYS = st.lists(st.sampled_from("abcdefg"), max_size=60)


def keys_of(text: str) -> list[str]:
    return [word.key for word in spaced_words(text)]


class TestGramHash:
    def test_equals_the_published_vectors(self) -> None:
        assert gram_hash(["the", "quick", "brown", "fox", "jumps"]) == -7413287084136464255
        assert gram_hash(["café", "in", "the", "old", "town"]) == -5088939535703132868

    def test_sees_through_case_and_look_alikes(self) -> None:
        plain = gram_hashes(keys_of("The quick brown fox jumps"))
        disguised = gram_hashes(keys_of("the QUICK br\u043ewn f\u200box jumps"))

        assert disguised == plain


class TestSpacedWords:
    def test_leave_out_scripts_without_spaces(self) -> None:
        assert keys_of("日本語 and words") == ["and", "words"]

    def test_keep_code(self) -> None:
        assert keys_of("Run `pip install` now") == ["run", "pip", "install", "now"]


class TestWinnow:
    def test_keeps_nothing_of_fewer_than_five_words(self) -> None:
        assert fingerprint(["a", "b", "c", "d"], DENSE) == []

    def test_keeps_the_minimum_of_fewer_hashes_than_the_window(self) -> None:
        assert winnow([5, 3, 9], SPARSE) == [(3, 1)]

    def test_takes_the_rightmost_of_equal_minima(self) -> None:
        assert winnow([1, 1, 1, 7], DENSE) == [(1, 2)]

    def test_keeps_one_row_for_each_distinct_hash(self) -> None:
        grams = fingerprint(["again"] * 5000, DENSE)

        assert len(grams) == 1

    @given(KEYS)
    def test_of_a_dense_window_holds_that_of_a_sparse_one(self, keys: list[str]) -> None:
        dense = {gram.hash for gram in fingerprint(keys, DENSE)}
        sparse = {gram.hash for gram in fingerprint(keys, SPARSE)}

        assert sparse <= dense

    @given(KEYS, st.sampled_from([DENSE, SPARSE]))
    def test_leaves_no_window_without_a_kept_hash(self, keys: list[str], window: int) -> None:
        hashes = gram_hashes(keys)
        kept = {gram.hash for gram in winnow(hashes, window)}

        assert all(kept & set(hashes[at : at + window]) for at in range(max(0, len(hashes) - window + 1)))

    @given(KEYS, st.sampled_from([DENSE, SPARSE]))
    def test_equals_looking_at_every_window(self, keys: list[str], window: int) -> None:
        hashes = gram_hashes(keys)
        expected: dict[int, int] = {}
        for end in range(min(window, len(hashes)), len(hashes) + 1):
            if not hashes:
                break
            first = max(0, end - window)
            place = min(range(first, end), key=lambda at: (hashes[at], -at))
            expected.setdefault(hashes[place], place)

        assert dict(winnow(hashes, window)) == expected

    def test_shares_a_hash_over_every_run_of_eight_words(self) -> None:
        run = ["one", "two", "three", "four", "five", "six", "seven", "eight"]
        left = fingerprint(["x1", "x2", "x3", *run, "x4", "x5"], DENSE)
        right = set(gram_hashes(["y1", *run, "y2", "y3", "y4"]))

        assert {gram.hash for gram in left} & right
        assert len(run) == K + DENSE - 1
