from datetime import timedelta

import pytest

from content.actors import SYSTEM, NotPermitted
from content.drafts import queries as drafts
from content.review.actions import leases, text
from content.review.models import Lease
from content.review.queries.facts import facts_of
from content.review.refusals import (
    CaseClosed,
    NotInState,
)
from content.review.states import LeaseEnd
from tests.make import NOON, Maker
from tests.making_cases import EDITED, later

EXPIRY = timedelta(seconds=1801)


class TestExpiry:
    def test_ends_what_ran_out_and_nothing_else(self, make: Maker) -> None:
        gone, kept = make.claimed(), make.claimed()
        make.type(gone, EDITED)
        leases.renew(case_id=kept.case_id, fence=kept.fence, by=kept.editor, at=later(900))

        ended = leases.expire_leases(by=SYSTEM, at=NOON + EXPIRY)

        assert ended == [gone.case_id]
        assert (make.state(gone), make.state(kept)) == ("queued", "in_review")
        assert drafts.head_of(draft_id=gone.draft_id).text == EDITED

    def test_does_nothing_twice(self, make: Maker) -> None:
        make.claimed()
        leases.expire_leases(by=SYSTEM, at=NOON + EXPIRY)

        assert leases.expire_leases(by=SYSTEM, at=NOON + EXPIRY) == []

    def test_is_no_business_of_a_person(self, make: Maker) -> None:
        with pytest.raises(NotPermitted):
            leases.expire_leases(by=make.manager(), at=NOON)  # type: ignore[arg-type]

    def test_refuses_the_late_holder_and_keeps_what_they_send(self, make: Maker) -> None:
        step = make.claimed()
        leases.expire_leases(by=SYSTEM, at=NOON + EXPIRY)

        with pytest.raises(NotInState):
            make.type(step, EDITED, at=NOON + EXPIRY)
        branch = text.keep_late_text(
            case_id=step.case_id,
            base=1,
            text=EDITED,
            title="Keeping bread",
            summary="",
            extras={},
            by=step.editor,
            at=NOON + EXPIRY,
        )

        assert (branch.text, branch.placement) == (EDITED, "branch")
        assert drafts.head_of(draft_id=step.draft_id).number == 1


class TestEndsOfALease:
    @pytest.mark.parametrize(
        ("end", "why"),
        [
            ("sign", LeaseEnd.SIGNED),
            ("release", LeaseEnd.RELEASED),
            ("hand_over", LeaseEnd.HANDED_OVER),
            ("expire", LeaseEnd.EXPIRED),
            ("reject", LeaseEnd.REJECTED),
            ("withdraw", LeaseEnd.WITHDRAWN),
            ("request_changes", LeaseEnd.CHANGES_REQUESTED),
        ],
    )
    def test_are_each_written_down(self, make: Maker, end: str, why: LeaseEnd) -> None:
        step = make.edited()

        make.end_by(end, step)

        assert Lease.objects.get(case=step.case_id, fence=step.fence).ended_why == why
        assert facts_of(case_id=step.case_id).fence > step.fence

    @pytest.mark.parametrize(("end", "why"), [("approve", LeaseEnd.APPROVED), ("send_back", LeaseEnd.SENT_BACK)])
    def test_are_written_down_for_approvers(self, make: Maker, end: str, why: LeaseEnd) -> None:
        step = make.reviewed()

        make.end_by(end, step)

        assert Lease.objects.get(case=step.case_id, fence=step.fence).ended_why == why

    def test_let_nobody_hold_a_closed_case(self, make: Maker) -> None:
        step = make.claimed()
        make.end_by("reject", step)

        with pytest.raises(CaseClosed):
            leases.renew(case_id=step.case_id, fence=step.fence, by=step.editor, at=NOON)
