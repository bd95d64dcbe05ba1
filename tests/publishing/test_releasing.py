"""From a ready case to a public text: asked for, signed, logged, published."""

from datetime import datetime, timedelta

import pytest

from content.actors import SYSTEM
from content.attestation.actions.issuing import Signed
from content.attestation.models import Attestation
from content.attestation.queries.bundles import state_of
from content.drafts import queries as drafts
from content.events.flow import NotYet
from content.events.models import Event, Job
from content.publishing.actions import issuing, requests
from content.publishing.models import Publication, PublicationRequest, PublishedVersion
from content.publishing.refusals import NothingToUndo, RequestStands
from content.review.actions.second import send_back
from content.review.facts import CaseId
from content.review.refusals import DigestMismatch, NotInState
from tests.making_cases import Step
from tests.publishing.maker import LOG, PUBLISH, REVOKE, SIGN, UNDO, PublishingMaker

REASON = "The second paragraph contradicts the first one."


class TestAsking:
    def test_refuses_a_case_that_is_not_ready(self, make: PublishingMaker) -> None:
        step = make.signed()
        digest = drafts.head_of(draft_id=step.draft_id).digest

        with pytest.raises(NotInState):
            requests.request_publication(case_id=step.case_id, digest=digest, by=SYSTEM, at=step.at)

    def test_refuses_another_text_than_the_caller_saw(self, make: PublishingMaker) -> None:
        step = make.ready()

        with pytest.raises(DigestMismatch):
            requests.request_publication(case_id=step.case_id, digest="sha256:" + "0" * 64, by=SYSTEM, at=step.at)

    def test_refuses_to_ask_twice(self, make: PublishingMaker) -> None:
        step = make.requested()

        with pytest.raises(RequestStands):
            make.requested(step)

    def test_is_done_by_the_policy_where_it_says_so(self, make: PublishingMaker) -> None:
        step = make.ready()

        requests.request_when_ready(case_id=step.case_id, by=SYSTEM, at=step.at)
        requests.request_when_ready(case_id=step.case_id, by=SYSTEM, at=step.at)

        assert PublicationRequest.objects.get().requested_by == "system:reviewdesk"


class TestUndoing:
    def test_leaves_nothing_signed(self, make: PublishingMaker) -> None:
        step = make.requested()

        requests.undo_publication(case_id=step.case_id, by=step.editor, at=step.at)
        make.work(at=step.at + UNDO)

        assert not Attestation.objects.exists()

    def test_is_not_done_again_by_the_policy(self, make: PublishingMaker) -> None:
        step = make.requested()

        requests.undo_publication(case_id=step.case_id, by=step.editor, at=step.at)
        requests.request_when_ready(case_id=step.case_id, by=SYSTEM, at=step.at)

        assert not PublicationRequest.objects.filter(undone_at=None).exists()

    def test_comes_too_late_when_the_statement_is_signed(self, make: PublishingMaker) -> None:
        step = make.requested()
        make.work(SIGN, at=step.at + UNDO)

        with pytest.raises(NothingToUndo):
            requests.undo_publication(case_id=step.case_id, by=step.editor, at=step.at + UNDO)


class TestPublishing:
    def test_makes_exactly_the_signed_bytes_public(self, make: PublishingMaker) -> None:
        out = make.out()

        version = PublishedVersion.objects.get(publication=out.facts.id)
        assert version.digest == version.revision.digest == out.facts.digest
        assert make.state(out.step) == "closed_published"

    def test_happens_once_however_often_its_job_runs(self, make: PublishingMaker, unguarded: None) -> None:
        out = make.out()
        Job.objects.filter(kind__in=(SIGN, LOG, PUBLISH)).update(state="ready", attempts=0, finished_at=None)

        make.work(at=out.step.at + 2 * UNDO)

        assert Publication.objects.get().version == 1
        assert Attestation.objects.count() == 1
        assert Event.objects.filter(fact="draft_published.v1").count() == 1

    def test_waits_for_the_log(self, make: PublishingMaker) -> None:
        make.signed_statement()

        assert not Job.objects.filter(kind=PUBLISH).exists()

    def test_of_a_case_that_was_sent_back_revokes_what_was_signed(self, make: PublishingMaker) -> None:
        row = make.logged()
        at = row.issued_at + 2 * UNDO
        send_back(case_id=CaseId(row.case_id), reason_code="facts", reason=REASON, by=make.approver(), at=at)

        make.work(PUBLISH, *REVOKE, LOG, at=at)

        assert not Publication.objects.exists()
        assert state_of(attestation_id=row.pk) == "revoked"
        assert not PublicationRequest.objects.filter(undone_at=None).exists()


class TestIssuing:
    def signed(self, make: PublishingMaker) -> tuple[Step, int, Signed]:
        step = make.requested()
        event_id = PublicationRequest.objects.get(case=step.case_id).event_id
        signed = self.sign(step, event_id, step.at + UNDO)
        return step, event_id, signed

    def sign(self, step: Step, event_id: int, at: datetime) -> Signed:
        signed = issuing.prepare_issue(draft_id=step.draft_id, case_id=step.case_id, event_id=event_id, at=at)
        assert signed is not None
        return signed

    def test_refuses_what_was_signed_about_an_older_state(self, make: PublishingMaker) -> None:
        step, event_id, signed = self.signed(make)
        send_back(case_id=step.case_id, reason_code="facts", reason=REASON, by=make.approver(), at=step.at + UNDO)

        with pytest.raises(NotYet):
            issuing.issue(
                draft_id=step.draft_id,
                case_id=step.case_id,
                event_id=event_id,
                prepared=signed,
                by=SYSTEM,
                at=step.at + UNDO,
            )

    def test_of_a_case_that_is_not_ready_any_more_closes_the_request(self, make: PublishingMaker) -> None:
        step = make.requested()
        send_back(case_id=step.case_id, reason_code="facts", reason=REASON, by=make.approver(), at=step.at)

        make.work(SIGN, at=step.at + UNDO)

        assert PublicationRequest.objects.get().undone_by == "system:reviewdesk"
        assert not Attestation.objects.exists()

    def test_makes_the_same_attestation_again(self, make: PublishingMaker) -> None:
        step, event_id, signed = self.signed(make)

        again = self.sign(step, event_id, step.at + timedelta(hours=1))

        assert again.attested.attestation_id == signed.attested.attestation_id
        assert again.attested.issued_at == signed.attested.issued_at
