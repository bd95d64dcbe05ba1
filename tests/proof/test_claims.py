import pytest

from content.proof.claims import FLOORS, ClaimLevel, Measured, basis_points, floor_of, highest_level, reaches


def measured(effective: int, novel: int, run: int, hunks: int) -> Measured:
    return Measured(
        effective_human_share_bp=effective, novel_share_bp=novel, longest_ai_run=run, substantive_hunks=hunks
    )


class TestFloors:
    def test_are_those_of_claims_v1(self) -> None:
        table = [
            (floor.effective_human_share, floor.novel_share, floor.longest_ai_run, floor.substantive_hunks)
            for floor in FLOORS
        ]

        assert table == [(0.0, 0.0, None, 0), (0.15, 0.05, 200, 1), (0.75, 0.3, 25, 1)]

    def test_every_level_has_one(self) -> None:
        assert [floor_of(level).level for level in ClaimLevel] == list(ClaimLevel)

    @pytest.mark.parametrize(
        ("measures", "level"),
        [
            (measured(0, 0, 10**6, 0), ClaimLevel.REVIEWED),
            (measured(1_500, 500, 200, 1), ClaimLevel.SUBSTANTIALLY_EDITED),
            (measured(1_499, 500, 200, 1), ClaimLevel.REVIEWED),
            (measured(1_500, 499, 200, 1), ClaimLevel.REVIEWED),
            (measured(1_500, 500, 201, 1), ClaimLevel.REVIEWED),
            (measured(1_500, 500, 200, 0), ClaimLevel.REVIEWED),
            (measured(7_500, 3_000, 25, 1), ClaimLevel.HUMAN_REWRITTEN),
            (measured(7_499, 3_000, 25, 1), ClaimLevel.SUBSTANTIALLY_EDITED),
            (measured(7_500, 2_999, 25, 1), ClaimLevel.SUBSTANTIALLY_EDITED),
            (measured(7_500, 3_000, 26, 1), ClaimLevel.SUBSTANTIALLY_EDITED),
        ],
    )
    def test_decide_at_the_exact_boundary(self, measures: Measured, level: ClaimLevel) -> None:
        assert highest_level(measures) == level
        assert reaches(level, measures)


class TestBasisPoints:
    @pytest.mark.parametrize(
        ("share", "points"), [(0.0, 0), (1.0, 10_000), (0.15, 1_500), (0.149999, 1_499), (0.311864, 3_118)]
    )
    def test_are_cut_and_not_rounded_up(self, share: float, points: int) -> None:
        assert basis_points(share) == points
