from uuid import UUID

from content.lineage.extend import Run
from content.lineage.found import UNKNOWN_LINEAGE, SimilarText, TextOrigin, pieces, word_runs, words_by_origin

RUNS = [(0, 10, "human", 0), (10, 30, "machine", 2)]


def similar(*, kind: str, source_id: int, share: float = 0.5) -> SimilarText:
    return SimilarText(
        draft_id=UUID(int=source_id),
        source_id=source_id,
        kind=kind,
        title="A text",
        digest="sha256:00",
        share=share,
        human_words=0,
        ai_words=10,
        depth=1,
        attestation_id=None,
    )


class TestPieces:
    def test_cut_a_run_where_its_origin_changes(self) -> None:
        cut = list(pieces(Run(start=100, end=120, other_start=5), RUNS))

        assert cut == [(100, 105, TextOrigin.HUMAN, 0), (105, 120, TextOrigin.MACHINE, 2)]

    def test_leave_out_words_of_no_run(self) -> None:
        assert list(pieces(Run(start=0, end=8, other_start=40), RUNS)) == []

    def test_add_up_by_origin(self) -> None:
        counted = words_by_origin([Run(100, 120, 5), Run(200, 208, 20)], RUNS)

        assert counted == {TextOrigin.HUMAN: 5, TextOrigin.MACHINE: 23, TextOrigin.UNKNOWN: 0}


class TestWordRuns:
    def test_join_neighbors_of_one_origin(self) -> None:
        words = [(0, 3), (4, 7), (8, 11), (12, 15)]
        spans = [(0, 8, TextOrigin.HUMAN), (8, 15, TextOrigin.MACHINE)]

        assert word_runs(words, spans, depth=2) == [(0, 2, "human", 0), (2, 4, "machine", 2)]

    def test_call_words_outside_every_span_unknown(self) -> None:
        assert word_runs([(0, 3), (4, 7)], [(0, 3, TextOrigin.MACHINE)], depth=1) == [
            (0, 1, "machine", 1),
            (1, 2, "unknown", 0),
        ]


class TestLineageFacts:
    def test_tell_a_source_of_its_own_drafts_and_of_what_is_public(self) -> None:
        mine, public, foreign = (
            similar(kind="draft", source_id=1),
            similar(kind="published", source_id=2),
            similar(kind="draft", source_id=3),
        )
        facts = type(UNKNOWN_LINEAGE)(
            **{name: getattr(UNKNOWN_LINEAGE, name) for name in UNKNOWN_LINEAGE.__slots__}
            | {"similar": (mine, public, foreign)}
        )

        assert facts.seen_by(1) == ((mine, public), 1)

    def test_warn_from_a_quarter_on(self) -> None:
        assert similar(kind="draft", source_id=1, share=0.25).is_reuse
        assert not similar(kind="draft", source_id=1, share=0.24).is_reuse
        assert not UNKNOWN_LINEAGE.warns
