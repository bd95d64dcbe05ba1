"""The floors behind each claim level: `claims.v1`, one table for the gate, the policy check and the verifier.

A policy may ask for more, never for less, so that a level means one thing everywhere. Shares are integers
in basis points of the share the gate saw, so that gate and verifier agree at a threshold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

METHOD: Final = "claims.v1"
_PER_SHARE = 10_000


class ClaimLevel(StrEnum):
    """What is attested about the human part of a text, weakest first."""

    REVIEWED = "reviewed"
    SUBSTANTIALLY_EDITED = "substantially_edited"
    HUMAN_REWRITTEN = "human_rewritten"


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """The four measures that a claim level is held against.

    `longest_ai_run` is the raw run in words: a verify mark does not break it.
    """

    effective_human_share_bp: int
    novel_share_bp: int
    longest_ai_run: int
    substantive_hunks: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Floor:
    """What a text must reach for one level: shares at least, the longest AI run (words, or any) at most."""

    level: ClaimLevel
    effective_human_share_bp: int
    novel_share_bp: int
    longest_ai_run: int | None
    substantive_hunks: int

    @property
    def effective_human_share(self) -> float:
        """The least effective human share, 0..1."""
        return self.effective_human_share_bp / _PER_SHARE

    @property
    def novel_share(self) -> float:
        """The least novel share, 0..1."""
        return self.novel_share_bp / _PER_SHARE


FLOORS: Final[Sequence[Floor]] = (
    Floor(
        level=ClaimLevel.REVIEWED,
        effective_human_share_bp=0,
        novel_share_bp=0,
        longest_ai_run=None,
        substantive_hunks=0,
    ),
    Floor(
        level=ClaimLevel.SUBSTANTIALLY_EDITED,
        effective_human_share_bp=1_500,
        novel_share_bp=500,
        longest_ai_run=200,
        substantive_hunks=1,
    ),
    Floor(
        level=ClaimLevel.HUMAN_REWRITTEN,
        effective_human_share_bp=7_500,
        novel_share_bp=3_000,
        longest_ai_run=25,
        substantive_hunks=1,
    ),
)


def basis_points(share: float) -> int:
    """Return a share (0..1) in basis points, cut and not rounded up: `round(share * 10**6) // 100`."""
    return round(share * 10**6) // 100


def floor_of(level: ClaimLevel) -> Floor:
    """Return the floor of one level."""
    return next(floor for floor in FLOORS if floor.level == level)


def reaches(level: ClaimLevel, measured: Measured) -> bool:
    """Tell whether the measures reach the floor of a level."""
    floor = floor_of(level)
    run_is_short = floor.longest_ai_run is None or measured.longest_ai_run <= floor.longest_ai_run
    return (
        run_is_short
        and measured.effective_human_share_bp >= floor.effective_human_share_bp
        and measured.novel_share_bp >= floor.novel_share_bp
        and measured.substantive_hunks >= floor.substantive_hunks
    )


def highest_level(measured: Measured) -> ClaimLevel:
    """Return the highest level whose floor, and every floor below it, the measures reach."""
    best = ClaimLevel.REVIEWED
    for floor in FLOORS:
        if not reaches(floor.level, measured):
            break
        best = floor.level
    return best
