from datetime import date

import pytest

from content.drafts.facts import RevisionId
from content.drafts.states import Origin, Placement
from content.review.four_eyes import approvals, contributors, may_approve
from content.review.situation import RevisionFacts, SignOffFacts
from content.review.states import SignOffKind
from tests.make import NOON
from tests.making_cases import later

KEYS = {1: "ada@example.org", 2: "ben@example.org", 3: "ada@example.org"}


def revision(number: int, author: str, digest: str = "", **changes: object) -> RevisionFacts:
    facts: dict[str, object] = {
        "id": RevisionId(number),
        "number": number,
        "parent_id": number - 1 or None,
        "origin": Origin.HUMAN if author.startswith("person") else Origin.MACHINE,
        "placement": Placement.HEAD,
        "author": author,
        "digest": digest or f"d{number}",
        "created_at": later(number),
    }
    return RevisionFacts(**(facts | changes))  # type: ignore[arg-type]


def sign_off(kind: SignOffKind, key: str) -> SignOffFacts:
    return SignOffFacts(
        id=1,
        kind=kind,
        person_id=1,
        identity_key=key,
        revision_id=2,
        revision_number=2,
        newest_number=2,
        digest="d2",
        contributor=False,
        policy_version=1,
        at=NOON,
        is_valid=True,
    )


MACHINE = revision(1, "source:1")


class TestContributors:
    def test_are_the_people_who_changed_the_text(self) -> None:
        found = contributors([MACHINE, revision(2, "person:1"), revision(3, "person:2")], since=NOON, keys=KEYS)

        assert found == (frozenset({"ada@example.org", "ben@example.org"}), "ben@example.org")

    def test_are_nobody_while_only_machines_wrote(self) -> None:
        assert contributors([MACHINE], since=NOON, keys=KEYS) == (frozenset(), "")

    def test_leave_out_who_changed_nothing(self) -> None:
        found = contributors([MACHINE, revision(2, "person:1", "d1")], since=NOON, keys=KEYS)

        assert found == (frozenset(), "")

    def test_leave_out_branches(self) -> None:
        branch = revision(2, "person:1", placement=Placement.BRANCH)

        assert contributors([MACHINE, branch], since=NOON, keys=KEYS)[0] == frozenset()

    def test_leave_out_earlier_cases(self) -> None:
        found = contributors([MACHINE, revision(2, "person:1")], since=later(60), keys=KEYS)

        assert found == (frozenset(), "")

    def test_include_who_asked_the_model(self) -> None:
        asked = revision(1, "source:1", requested_by="Cleo@Example.org ")

        assert contributors([asked], since=NOON, keys=KEYS)[0] == {"cleo@example.org"}


class TestMayApprove:
    def test_takes_a_stranger_to_the_text(self) -> None:
        assert may_approve("x", mode="strict", contributed={"a"}, last_author="a", sign_offs=())

    def test_refuses_a_contributor(self) -> None:
        assert not may_approve("a", mode="strict", contributed={"a"}, last_author="b", sign_offs=())

    def test_takes_an_earlier_contributor_under_last_push(self) -> None:
        assert may_approve("a", mode="last_push", contributed={"a"}, last_author="b", sign_offs=())
        assert not may_approve("b", mode="last_push", contributed={"b"}, last_author="b", sign_offs=())

    @pytest.mark.parametrize("mode", ["strict", "last_push", "solo"])
    def test_refuses_who_signed_as_editor(self, mode: str) -> None:
        signed = [sign_off(SignOffKind.EDITOR, "a")]

        assert not may_approve("a", mode=mode, contributed=(), last_author="", sign_offs=signed)


class TestApprovals:
    def test_count_people_not_accounts(self) -> None:
        given = [sign_off(SignOffKind.APPROVER, "b"), sign_off(SignOffKind.APPROVER, "b")]

        assert approvals(given, mode="strict", contributed=(), last_author="") == 1

    def test_count_no_contributor(self) -> None:
        given = [sign_off(SignOffKind.APPROVER, "a")]

        assert approvals(given, mode="strict", contributed={"a"}, last_author="a") == 0

    @pytest.mark.parametrize(("today", "count"), [(date(2026, 12, 31), 1), (date(2027, 1, 1), 0)])
    def test_let_the_editor_be_enough_while_solo_lasts(self, today: date, count: int) -> None:
        given = [sign_off(SignOffKind.EDITOR, "a")]

        found = approvals(
            given, mode="solo", contributed={"a"}, last_author="a", solo_until=date(2026, 12, 31), today=today
        )

        assert found == count
