from dataclasses import replace

import pytest

from content.drafts.facts import RevisionId
from content.drafts.states import Origin, Placement
from content.review.situation import RevisionFacts
from content.review.states import SignOffKind, VoidCause
from content.review.validity import counts, with_validity
from tests.review.test_four_eyes import MACHINE, revision, sign_off

SIGNED = sign_off(SignOffKind.EDITOR, "a")
LINE = [MACHINE, revision(2, "person:1")]


class TestASignOff:
    def test_counts_for_what_was_signed(self) -> None:
        assert counts(SIGNED, LINE)

    @pytest.mark.parametrize(
        "newer",
        [
            revision(3, "person:1"),
            revision(3, "source:1"),
            revision(3, "source:1", "d2"),
            revision(3, "source:1", placement=Placement.ASIDE),
            revision(3, "system:import", origin=Origin.SYSTEM),
        ],
        ids=["a person's change", "a machine text", "the same by a machine", "a machine text aside", "the system's"],
    )
    def test_counts_no_more_after(self, newer: RevisionFacts) -> None:
        assert not counts(SIGNED, [*LINE, newer])

    @pytest.mark.parametrize(
        "newer",
        [revision(3, "person:1", "d2"), revision(3, "person:2", placement=Placement.BRANCH)],
        ids=["the same text", "somebody's branch"],
    )
    def test_still_counts_after(self, newer: RevisionFacts) -> None:
        assert counts(SIGNED, [*LINE, newer])

    def test_counts_although_a_machine_text_lay_aside_when_it_was_given(self) -> None:
        aside = revision(3, "source:1", placement=Placement.ASIDE)
        given_after = replace(SIGNED, newest_number=3)

        assert counts(given_after, [*LINE, aside])
        assert not counts(given_after, [*LINE, aside, revision(4, "source:1", placement=Placement.ASIDE)])

    def test_is_not_revived_by_a_revert(self) -> None:
        line = [*LINE, revision(3, "person:1"), revision(4, "person:1", "d2")]

        assert not counts(SIGNED, line)

    def test_still_counts_where_it_was_carried_to(self) -> None:
        carried = replace(SIGNED, carried_to=frozenset({RevisionId(3)}))

        assert counts(carried, [*LINE, revision(3, "person:1")])
        assert not counts(carried, [*LINE, revision(3, "person:1"), revision(4, "person:1")])

    def test_does_not_count_once_a_row_voids_it(self) -> None:
        assert not counts(replace(SIGNED, void_cause=VoidCause.SENT_BACK), LINE)

    def test_is_computed_for_each(self) -> None:
        older = replace(SIGNED, revision_number=1, newest_number=1, digest="d1")

        assert [each.is_valid for each in with_validity([older, SIGNED], LINE)] == [False, True]
