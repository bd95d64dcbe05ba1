from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from content.text.spans import Span, intersect, shift, subtract, union

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8)


def points(spans: list[tuple[int, int]] | list[Span]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


class TestSpans:
    def test_join_when_they_touch(self) -> None:
        assert union([(5, 7), (1, 3), (3, 5), (9, 9)]) == [Span(1, 7)]

    @given(SPANS)
    def test_union_covers_the_same_points_with_disjoint_spans(self, spans: list[tuple[int, int]]) -> None:
        joined = union(spans)

        assert points(joined) == points(spans)
        assert all(left.end < right.start for left, right in pairwise(joined))

    @given(SPANS, SPANS)
    def test_subtract_leaves_what_the_holes_do_not_cover(
        self, spans: list[tuple[int, int]], holes: list[tuple[int, int]]
    ) -> None:
        assert points(subtract(spans, holes)) == points(spans) - points(holes)

    @given(SPANS, SPANS)
    def test_intersect_keeps_what_both_cover(self, first: list[tuple[int, int]], second: list[tuple[int, int]]) -> None:
        assert points(intersect(first, second)) == points(first) & points(second)

    def test_shift_moves_both_ends(self) -> None:
        assert shift([(1, 2)], 3) == [Span(4, 5)]
