"""Half-open ranges of code points and what can be done with lists of them."""

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


def union(spans: Iterable[tuple[int, int]]) -> list[Span]:
    """Return the smallest ascending list of disjoint spans that covers the same code points; touching ones join."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if joined and start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Span(start, end))
    return joined


def intersect(first: Iterable[tuple[int, int]], second: Iterable[tuple[int, int]]) -> list[Span]:
    """Return what both lists cover, ascending and disjoint."""
    left, right = union(first), union(second)
    shared: list[Span] = []
    at_left = at_right = 0
    while at_left < len(left) and at_right < len(right):
        start = max(left[at_left].start, right[at_right].start)
        end = min(left[at_left].end, right[at_right].end)
        if start < end:
            shared.append(Span(start, end))
        if left[at_left].end < right[at_right].end:
            at_left += 1
        else:
            at_right += 1
    return shared


def subtract(spans: Iterable[tuple[int, int]], holes: Iterable[tuple[int, int]]) -> list[Span]:
    """Return what `spans` cover and `holes` do not, ascending and disjoint."""
    rest: list[Span] = []
    cuts = union(holes)
    first = 0
    for start, end in union(spans):
        position = start
        while first < len(cuts) and cuts[first].end <= start:
            first += 1
        for cut in cuts[first:]:
            if cut.start >= end:
                break
            if cut.start > position:
                rest.append(Span(position, cut.start))
            position = max(position, cut.end)
        if position < end:
            rest.append(Span(position, end))
    return rest


def shift(spans: Iterable[tuple[int, int]], by: int) -> list[Span]:
    """Return the spans moved by so many code points, in the order given."""
    return [Span(start + by, end + by) for start, end in spans]
