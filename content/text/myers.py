"""Greedy forward shortest edit script inside one pair of units, for `word_diff.v1`, step 6.

Source: E. Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1 (1986), figure 2.
"""

from collections.abc import Iterable, Sequence
from typing import Final

LIMIT: Final = 1000  # edits; at this many the search stops, as it is quadratic in them

Run = tuple[int, int, int, int]


def edit_runs(old: Sequence[str], new: Sequence[str]) -> list[Run] | None:
    """Return (from_old, to_old, from_new, to_new) of each run of edits, or None if there are `LIMIT` or more edits."""
    if not old or not new:
        return [(0, len(old), 0, len(new))] if old or new else []
    trace = _search(old, new)
    return None if trace is None else _runs(_steps(trace, len(old), len(new)))


def _search(old: Sequence[str], new: Sequence[str]) -> list[list[int]] | None:
    """Return for each number of edits the furthest place in `old` on diagonals -d-1 to d+1, as they were before it."""
    total_old, total_new = len(old), len(new)
    furthest = [0] * (2 * LIMIT + 3)
    middle = LIMIT + 1
    trace: list[list[int]] = []
    for edits in range(LIMIT):
        trace.append(furthest[middle - edits - 1 : middle + edits + 2])
        for diagonal in range(-edits, edits + 1, 2):
            at = middle + diagonal
            if diagonal == -edits or (diagonal != edits and furthest[at - 1] < furthest[at + 1]):
                x = furthest[at + 1]
            else:
                x = furthest[at - 1] + 1
            y = x - diagonal
            while x < total_old and y < total_new and old[x] == new[y]:
                x += 1
                y += 1
            furthest[at] = x
            if x >= total_old and y >= total_new:
                return trace
    return None


def _steps(trace: list[list[int]], x: int, y: int) -> list[tuple[int, int, bool]]:
    """Return the edits in order as (place in old, place in new, is insertion)."""
    steps = []
    for edits in range(len(trace) - 1, 0, -1):
        furthest, middle = trace[edits], edits + 1
        diagonal = x - y
        at = middle + diagonal
        down = diagonal == -edits or (diagonal != edits and furthest[at - 1] < furthest[at + 1])
        before = diagonal + 1 if down else diagonal - 1
        x = furthest[middle + before]
        y = x - before
        steps.append((x, y, down))
    return steps[::-1]


def _runs(steps: Iterable[tuple[int, int, bool]]) -> list[Run]:
    runs: list[Run] = []
    for x, y, down in steps:
        end = (x, y + 1) if down else (x + 1, y)
        if runs and (runs[-1][1], runs[-1][3]) == (x, y):
            runs[-1] = (runs[-1][0], end[0], runs[-1][2], end[1])
        else:
            runs.append((x, end[0], y, end[1]))
    return runs
