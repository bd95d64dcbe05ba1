"""For whoever keeps it running: dead work comes back or goes, messages are sent once more."""

import pytest
from django.utils import timezone

from content.actors import SYSTEM
from content.events import actions as events
from content.events import queries as event_queries
from content.permissions import Role
from content.publishing.models import Delivery
from tests.doors.desk.visitor import Visitor, address
from tests.publishing.maker import PublishingMaker


def dead_job(*, kind: str = "review.judge") -> int:
    """Return a Job that was given up."""
    events.enqueue(kind=kind, payload={}, key="x", by=SYSTEM, at=timezone.now())
    job_id = event_queries.due_jobs(at=timezone.now())[-1]
    job = events.claim_job(job_id=job_id, by=SYSTEM, at=timezone.now())
    assert job is not None
    events.fail_job(
        job_id=job_id,
        fence=job.fence,
        code="draft_not_found",
        message="There is no such draft.",
        permanent=True,
        by=SYSTEM,
        at=timezone.now(),
    )
    return job_id


class TestOperations:
    def test_say_that_all_is_done(self, make: PublishingMaker) -> None:
        page = Visitor(make.manager()).open("operations").content.decode()

        assert "Nothing was given up." in page
        assert "No source asked to be told" in page

    def test_show_work_that_was_given_up_and_why(self, make: PublishingMaker) -> None:
        job_id = dead_job()
        visitor = Visitor(make.manager())

        page = visitor.open("operations").content.decode()
        detail = visitor.open("job", job_id).content.decode()

        assert "There is no such draft." in page
        assert "draft_not_found" in detail
        assert address("replay_job", job_id) in page

    def test_start_it_again(self, make: PublishingMaker) -> None:
        job_id = dead_job()

        Visitor(make.manager()).send("replay_job", job_id)

        assert event_queries.state_of(job_id=job_id) == "ready"

    def test_drop_it(self, make: PublishingMaker) -> None:
        job_id = dead_job()
        visitor = Visitor(make.manager())

        visitor.send("drop_job", job_id)

        assert event_queries.state_of(job_id=job_id) == ""
        assert "It was dropped." in visitor.open("job", job_id).content.decode()

    @pytest.mark.parametrize("name", ["replay_job", "drop_job"])
    def test_let_an_auditor_look_and_touch_nothing(self, make: PublishingMaker, name: str) -> None:
        job_id = dead_job()
        auditor = Visitor(make.person(Role.AUDITOR))

        page = auditor.open("operations").content.decode()

        assert "Try again" not in page
        assert auditor.send(name, job_id).status_code == 403
        assert event_queries.state_of(job_id=job_id) == "dead"

    def test_answer_404_for_work_that_is_not_dead(self, make: PublishingMaker) -> None:
        assert Visitor(make.manager()).send("replay_job", 999_999).status_code == 404


@pytest.mark.localhost
class TestDeliveries:
    def delivery(self, make: PublishingMaker) -> Delivery:
        source = make.source()
        visitor = Visitor(make.manager())
        visitor.send("add_endpoint", source.slug, url="https://8.8.8.8/hook", description="Docs")
        endpoint_id = visitor.open("source", source.slug).context["endpoints"][0].pk
        visitor.send("test_endpoint", source.slug, endpoint=endpoint_id)
        make.work("publishing.fan_out", at=timezone.now())
        found = Delivery.objects.first()
        assert found is not None
        return found

    def test_are_listed_with_their_outcome_and_sent_again(self, make: PublishingMaker) -> None:
        delivery = self.delivery(make)
        visitor = Visitor(make.manager())

        page = visitor.open("deliveries", delivery.endpoint_id).content.decode()
        detail = visitor.open("delivery", delivery.pk).content.decode()
        again = visitor.send("replay_delivery", delivery=delivery.pk)

        assert "endpoint.test" in page
        assert "Not tried yet." in detail
        assert again["Location"] == address("deliveries", delivery.endpoint_id)

    def test_are_narrowed_to_an_outcome(self, make: PublishingMaker) -> None:
        delivery = self.delivery(make)
        visitor = Visitor(make.manager())

        dead = visitor.open("deliveries", delivery.endpoint_id, outcome="dead").content.decode()
        nonsense = visitor.open("deliveries", delivery.endpoint_id, outcome="x", before="y")

        assert "Nothing was sent here." in dead
        assert nonsense.status_code == 200
