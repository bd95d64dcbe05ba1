from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from content.insights.story import Story, cases_in, story_of
from tests.make import NOON

CASE = UUID(int=1)
OTHER = UUID(int=2)


@dataclass
class Told:
    """An Event as insights read it."""

    pk: int
    fact: str
    at: datetime
    case_id: UUID | None
    payload: dict[str, object] = field(default_factory=dict)


class Telling:
    """Tells Events in order, one a minute."""

    def __init__(self) -> None:
        self.events: list[Told] = []
        self._ids = count(1)
        self.opened()

    def tell(self, fact: str, *, case_id: UUID | None = CASE, **payload: object) -> datetime:
        number = next(self._ids)
        at = NOON + timedelta(minutes=number)
        self.events.append(Told(pk=number, fact=f"{fact}.v1", at=at, case_id=case_id, payload=payload))
        return at

    def opened(self, *, case_id: UUID = CASE) -> datetime:
        return self.tell("case_opened", case_id=case_id)

    def version(self) -> datetime:
        return self.tell("revision_saved", case_id=None, revision_id=9, placement="head")

    def gate(self, number: int, *, approved: bool) -> datetime:
        return self.tell("gate_changed", gate_result_id=number, approved=approved, stage="sign", revision_id=9)

    def signed(self, number: int, kind: str = "editor") -> datetime:
        return self.tell("sign_off_given", sign_off_id=number, kind=kind)

    def story(self, case_id: UUID = CASE) -> Story:
        story = story_of(case_id, self.events)
        assert story is not None
        return story


class TestWaiting:
    def test_begins_when_the_case_opens(self) -> None:
        assert Telling().story().waiting

    def test_ends_when_somebody_takes_the_case(self) -> None:
        told = Telling()
        told.tell("case_claimed")

        assert not told.story().waiting

    def test_begins_again_when_the_lease_runs_out(self) -> None:
        told = Telling()
        told.tell("case_claimed")
        told.tell("lease_expired")

        assert told.story().waiting

    def test_goes_on_for_an_approver_after_the_editor_signed(self) -> None:
        told = Telling()
        told.signed(1)
        assert told.story().waiting

        told.signed(2, "approver")
        assert not told.story().waiting

    def test_is_over_when_the_case_is(self) -> None:
        told = Telling()
        told.tell("case_rejected")

        assert not told.story().waiting

    def test_pauses_while_the_source_is_asked_for_changes(self) -> None:
        told = Telling()
        told.tell("changes_requested")

        assert not told.story().waiting


class TestSigning:
    def test_counts_from_the_last_sign_off(self) -> None:
        told = Telling()
        told.signed(1)
        last = told.signed(2, "approver")

        assert (told.story().signed_at, told.story().sign_off_id) == (last, 2)

    def test_does_not_count_what_was_voided(self) -> None:
        told = Telling()
        told.signed(1)
        told.tell("sign_off_voided", sign_off_ids=[1])

        assert (told.story().signed_at, told.story().sign_off_id) == (None, None)

    def test_falls_back_to_the_one_that_still_stands(self) -> None:
        told = Telling()
        first = told.signed(1)
        told.signed(2, "approver")
        told.tell("sign_off_voided", sign_off_ids=[2])

        assert (told.story().signed_at, told.story().sign_off_id) == (first, 1)


class TestFirstVersion:
    def test_passes_when_the_gate_comes_to_approve_it(self) -> None:
        told = Telling()
        told.gate(1, approved=False)
        saved = told.version()
        told.gate(2, approved=False)
        told.gate(3, approved=True)

        story = told.story()
        assert (story.judged_at, story.passed_first, story.judged_result_id) == (saved, True, 2)

    def test_does_not_pass_when_a_second_one_was_needed(self) -> None:
        told = Telling()
        told.version()
        told.gate(1, approved=False)
        told.version()
        told.gate(2, approved=True)

        assert told.story().passed_first is False

    def test_is_held_by_what_held_the_draft_when_the_gate_says_nothing_new(self) -> None:
        told = Telling()
        told.gate(1, approved=False)
        told.version()

        assert (told.story().passed_first, told.story().judged_result_id) == (False, 1)

    def test_is_the_draft_itself_when_it_is_signed_as_it_came(self) -> None:
        told = Telling()
        told.gate(1, approved=True)
        signed = told.signed(1)

        assert (told.story().judged_at, told.story().passed_first) == (signed, True)

    def test_is_none_of_a_late_branch(self) -> None:
        told = Telling()
        told.tell("revision_saved", case_id=None, revision_id=9, placement="branch")

        assert told.story().judged_at is None


class TestEnd:
    def test_is_how_the_case_closed(self) -> None:
        for fact, outcome in (
            ("draft_published", "published"),
            ("case_rejected", "rejected"),
            ("draft_withdrawn", "withdrawn"),
        ):
            told = Telling()
            at = told.tell(fact)

            assert (told.story().outcome, told.story().closed_at) == (outcome, at)

    def test_is_not_changed_by_what_comes_after(self) -> None:
        told = Telling()
        told.tell("draft_published")
        last = told.story()
        told.version()
        told.tell("sign_off_voided", sign_off_ids=[1])

        assert told.story() == last


class TestTwoCases:
    def test_of_one_draft_are_told_apart(self) -> None:
        told = Telling()
        told.signed(1)
        told.tell("draft_published")
        told.opened(case_id=OTHER)
        told.tell("case_claimed", case_id=OTHER)

        assert cases_in(told.events) == [CASE, OTHER]
        assert told.story().outcome == "published"
        assert (told.story(OTHER).outcome, told.story(OTHER).waiting, told.story(OTHER).signed_at) == ("", False, None)

    def test_that_was_never_opened_has_no_story(self) -> None:
        assert story_of(OTHER, Telling().events) is None
