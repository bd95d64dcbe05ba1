"""How many questions each act asks of the database; what is more than written here is noticed."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.review.actions import claims, leases, text
from content.review.facts import CaseId
from content.review.states import ClaimState, Purpose
from tests.make import NOON, Maker
from tests.making_cases import EDITED, later


def asked(act: Callable[[], Any]) -> int:
    """Return how many statements an act takes, the two of the test's own savepoint left out."""
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum(1 for each in queries if "SAVEPOINT" not in each["sql"])


class TestActs:
    def test_claim(self, make: Maker) -> None:
        case_id, by = CaseId(make.case().pk), make.editor()

        assert asked(lambda: leases.claim(case_id=case_id, purpose=Purpose.EDIT, by=by, at=NOON)) == 9

    def test_autosave(self, make: Maker) -> None:
        step = make.claimed()

        assert asked(lambda: make.type(step, EDITED)) == 11

    def test_save(self, make: Maker) -> None:
        step = make.claimed()
        make.type(step, EDITED)

        count = asked(
            lambda: text.save_version(case_id=step.case_id, fence=step.fence, base=1, by=step.editor, at=later(1))
        )

        assert count == 21

    def test_check_a_claim(self, make: Maker) -> None:
        step = make.claimed()
        name = make.some_claim(step)

        count = asked(
            lambda: claims.check_claims(
                case_id=step.case_id, sentence_hashes=[name], state=ClaimState.UNCHECKED, by=step.editor, at=NOON
            )
        )

        assert count == 13

    def test_sign_and_approve(self, make: Maker) -> None:
        step, approver, declaration = make.edited(), make.approver(), make.declaration()

        signing = asked(lambda: make.sign(step, declaration=declaration))
        held = make.claim_to_approve(step, approver)
        approving = asked(lambda: make.approve(held, declaration=declaration))

        assert (signing, approving) == (23, 27)
