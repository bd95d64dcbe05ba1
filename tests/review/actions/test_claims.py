from typing import Any

import pytest

from content.actors import NotPermitted
from content.events.models import Event
from content.language import queries as language
from content.permissions import Role
from content.review.actions import claims
from content.review.queries import claims as claim_queries
from content.review.refusals import CaseClosed, CheckIncomplete, OneParagraphAtATime, UnknownSentence
from content.review.sentences import hashes_by_paragraph
from content.review.states import Basis, ClaimState
from content.text.segments import sentence_hash
from tests.make import NOON, Maker
from tests.making_cases import Step

BODY = """# Bread

The bakery opened in 1987. It sells 40 kinds of bread.

Loaves stand on wooden boards. They smell good.

Nobody ever leaves hungry.
"""
FIRST = sentence_hash("The bakery opened in 1987.")
GOOD = sentence_hash("They smell good.")


@pytest.fixture
def step(make: Maker) -> Step:
    return make.claimed(body=BODY)


def check(step: Step, *hashes: str, **changes: Any) -> tuple[object, ...]:
    asked: dict[str, Any] = {
        "state": ClaimState.CORRECT,
        "basis": Basis.OWN_KNOWLEDGE,
        "by": step.editor,
        "at": NOON,
    }
    return claims.check_claims(case_id=step.case_id, sentence_hashes=hashes, **(asked | changes))


class TestCheckClaims:
    def test_counts_what_is_left(self, make: Maker, step: Step) -> None:
        assert make.judgement(step).evidence.claims_open == make.judgement(step).evidence.claims_found > 2

        check(step, FIRST)

        evidence = make.judgement(step).evidence
        assert evidence.claims_open == evidence.claims_found - 1

    def test_records_one_fact_for_one_act(self, step: Step) -> None:
        check(step, FIRST, sentence_hash("It sells 40 kinds of bread."))

        fact = Event.objects.get(fact="claim_checked.v1")
        assert (len(fact.payload["sentence_hashes"]), fact.payload["state"]) == (2, "correct")

    def test_takes_the_latest_word(self, make: Maker, step: Step) -> None:
        check(step, FIRST)
        before = make.judgement(step).evidence.claims_open

        check(step, FIRST, state=ClaimState.UNCHECKED, basis=None)

        assert make.judgement(step).evidence.claims_open == before + 1

    def test_does_not_take_a_machines_word(self, make: Maker, step: Step) -> None:
        before = make.judgement(step).evidence.claims_open

        check(step, FIRST, basis=Basis.AI_ANSWER)

        assert make.judgement(step).evidence.claims_open == before

    @pytest.mark.parametrize(
        "changes",
        [
            {"basis": None},
            {"basis": Basis.SOURCE},
            {"basis": Basis.SOURCE, "source_url": "javascript:alert(1)"},
            {"state": ClaimState.NOT_A_CLAIM, "basis": None, "note": "no"},
        ],
    )
    def test_asks_for_what_a_state_needs(self, step: Step, changes: dict[str, Any]) -> None:
        with pytest.raises(CheckIncomplete):
            check(step, FIRST, **changes)

    def test_names_sentences_that_are_not_there(self, step: Step) -> None:
        with pytest.raises(UnknownSentence):
            check(step, FIRST, "0" * 64)
        with pytest.raises(UnknownSentence):
            check(step)

    def test_knows_sentences_that_are_being_typed(self, make: Maker, step: Step) -> None:
        make.type(step, BODY.replace("1987", "1988"))

        assert check(step, sentence_hash("The bakery opened in 1988."))

    def test_goes_stale_with_its_sentence(self, make: Maker, step: Step) -> None:
        check(step, FIRST)

        make.save(step, BODY.replace("1987", "1988"))

        rows = claim_queries.claims_of(draft_id=step.draft_id, text=make.head(step).text, language="en")
        assert [row.sentence_hash for row in rows if row.is_stale] == [FIRST]
        assert next(row for row in rows if "1988" in row.quote).is_open

    def test_survives_a_move_of_its_sentence(self, make: Maker, step: Step) -> None:
        check(step, FIRST)

        make.save(step, BODY.replace("The bakery opened in 1987. ", "") + "\nThe bakery opened in 1987.\n")

        rows = claim_queries.claims_of(draft_id=step.draft_id, text=make.head(step).text, language="en")
        assert not next(row for row in rows if "1987" in row.quote).is_open

    @pytest.mark.parametrize("role", [Role.COMMENTER, Role.MANAGER, Role.AUDITOR, Role.PUBLISHER])
    def test_is_for_editors_and_approvers(self, make: Maker, step: Step, role: Role) -> None:
        with pytest.raises(NotPermitted):
            check(step, FIRST, by=make.person(role))
        assert check(step, FIRST, by=make.approver())

    def test_ends_with_the_case(self, make: Maker, step: Step) -> None:
        make.end_by("reject", step)

        with pytest.raises(CaseClosed):
            check(step, FIRST)


class TestStands:
    def test_is_said_a_paragraph_at_a_time(self, make: Maker, step: Step) -> None:
        paragraph = next(each for each in hashes_by_paragraph(BODY) if GOOD in each)

        check(step, *paragraph, state=ClaimState.STANDS, basis=None)

        assert make.judgement(step).evidence.uncovered_sentences == len(_sentences()) - len(paragraph)

    def test_is_never_said_of_the_whole_text(self, step: Step) -> None:
        plain = [each for each in _sentences() if each not in _claims()]

        with pytest.raises(OneParagraphAtATime):
            check(step, *plain, state=ClaimState.STANDS, basis=None)

    def test_is_not_said_of_a_claim(self, step: Step) -> None:
        with pytest.raises(CheckIncomplete):
            check(step, FIRST, state=ClaimState.STANDS, basis=None)

    def test_closes_a_paragraph(self, make: Maker, step: Step) -> None:
        rows = claim_queries.paragraphs_of(draft_id=step.draft_id, reading=make.judgement(step).reading)
        assert [BODY[row.start : row.end].split(maxsplit=1)[0] for row in rows] == ["#", "Loaves"]

        for row in rows:
            check(step, *row.sentence_hashes, state=ClaimState.STANDS, basis=None)

        assert claim_queries.paragraphs_of(draft_id=step.draft_id, reading=make.judgement(step).reading) == ()


def _sentences() -> list[str]:
    return [each for paragraph in hashes_by_paragraph(BODY) for each in paragraph]


def _claims() -> set[str]:
    return {claim.sentence_hash for claim in language.claims_in(text=BODY, language="en")}


class TestAllowed:
    def test_is_a_managers_word_with_a_reason(self, make: Maker, step: Step) -> None:
        manager = make.person(Role.MANAGER, Role.EDITOR)
        reason = "The archive burned down; the founder says so."
        before = make.judgement(step).evidence.claims_open

        with pytest.raises(NotPermitted):
            check(step, FIRST, state=ClaimState.ALLOWED, basis=None, note=reason)
        with pytest.raises(CheckIncomplete):
            check(step, FIRST, state=ClaimState.ALLOWED, basis=None, note="fine", by=manager)
        check(step, FIRST, state=ClaimState.ALLOWED, basis=None, note=reason, by=manager)

        assert make.judgement(step).evidence.claims_open == before - 1
