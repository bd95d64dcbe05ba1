"""Many people at once, on real transactions: nobody gets what another has, and no yes is given twice."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from content.actors import Person
from content.errors import ReviewDeskError
from content.review.actions import leases
from content.review.facts import CaseId
from content.review.models import Lease, SignOff
from content.review.queries.facts import facts_of
from content.review.refusals import NothingWaits
from content.review.states import Purpose
from tests.make import NOON, Maker

THREADS = 8
CASES = {"postgresql": 100, "sqlite": 24}
HOLDS = 20
"Cases that each person may hold here, so that the crowd can empty the queue."


@pytest.fixture
def make(transactional_db: None, settings: Any) -> Maker:
    settings.REVIEWDESK = settings.REVIEWDESK | {"WIP_LIMIT": HOLDS}
    return Maker()


def at_once(acts: list[Callable[[], object]]) -> list[str]:
    """Do all acts at the same time, each on a connection of its own; return "ok" or the code of each refusal."""

    def run(act: Callable[[], object]) -> str:
        try:
            act()
        except ReviewDeskError as refused:
            return refused.code
        finally:
            connection.close()
        return "ok"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def take_all(by: Person) -> None:
    """Take the next case until nothing waits."""
    for _ in range(HOLDS):
        try:
            leases.claim_next(by=by, at=NOON)
        except NothingWaits:
            return


class TestACrowd:
    def test_never_gets_a_case_twice(self, make: Maker) -> None:
        cases = CASES[connection.vendor]
        for _ in range(cases):
            make.case()
        editors = [make.editor() for _ in range(THREADS)]

        at_once([lambda by=by: take_all(by) for by in editors])  # type: ignore[misc]

        taken = Counter(Lease.objects.values_list("case", flat=True))
        assert (len(taken), set(taken.values())) == (cases, {1})
        assert Lease.objects.filter(ended_at=None).count() == cases

    def test_that_asks_for_one_case_gets_it_once(self, make: Maker) -> None:
        case_id = CaseId(make.case().pk)
        editors = [make.editor() for _ in range(THREADS)]

        answers = at_once(
            [lambda by=by: leases.claim(case_id=case_id, purpose=Purpose.EDIT, by=by, at=NOON) for by in editors]  # type: ignore[misc]
        )

        assert Counter(answers) == {"ok": 1, "not_in_state": THREADS - 1}

    def test_signs_once(self, make: Maker) -> None:
        step = make.edited()
        declaration = make.declaration()
        facts = facts_of(case_id=step.case_id)

        answers = at_once([lambda: make.sign(step, declaration=declaration, digest=facts.head_digest)] * THREADS)

        assert Counter(answers) == {"ok": 1, "not_in_state": THREADS - 1}
        assert SignOff.objects.count() == 1

    def test_cannot_change_a_text_while_it_is_signed(self, make: Maker) -> None:
        step = make.edited()
        declaration = make.declaration()
        digest = facts_of(case_id=step.case_id).head_digest

        answers = at_once(
            [
                lambda: make.sign(step, declaration=declaration, digest=digest),
                lambda: make.save(step, "# Another text\n\nWritten in the same moment.\n"),
            ]
        )

        facts = facts_of(case_id=step.case_id)
        assert "ok" in answers
        assert all(each.digest == facts.head_digest for each in facts.valid_sign_offs)
