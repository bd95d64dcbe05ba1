"""Endpoints are told at least once, with the same id and bytes, signed; what they answer decides what follows."""

import json
from datetime import datetime, timedelta

import pytest
from pytest_django.fixtures import Settings
from standardwebhooks import Webhook

from content.actors import Machine, SourceId
from content.events.models import Event, Job
from content.outbound import AddressRefused
from content.permissions import Scope
from content.publishing.actions import deliveries, endpoints
from content.publishing.models import Delivery, DeliveryAttempt
from content.publishing.refusals import (
    DeliveryNotFound,
    EndpointNotFound,
)
from content.publishing.retry import ATTEMPTS, SCHEDULE, next_wait
from tests.make import NOON
from tests.publishing.maker import TELL, PublishingMaker
from tests.publishing.receiver import Cms, Receiver

pytestmark = pytest.mark.localhost


class TestMessages:
    def test_are_signed_so_that_the_receiver_can_check(self, make: PublishingMaker, receiver: Receiver) -> None:
        now = datetime.now(tz=NOON.tzinfo)  # the library that checks reads the clock of this machine
        cms = Cms(make, receiver.url)

        delivery = cms.tell(at=now)

        message = receiver.received[0]
        told = Webhook(cms.created.secret).verify(message.body, message.headers)
        assert told["type"] == "draft.received"
        assert message.headers["webhook-id"] == str(delivery.event_id) == str(told["data"]["event_id"])
        assert delivery.outcome == "delivered"

    def test_of_a_publication_name_every_digest(self, make: PublishingMaker, receiver: Receiver) -> None:
        cms = Cms(make, receiver.url, "publication.published")
        out = make.out(cms=cms.machine)

        make.work(*TELL, at=out.step.at + timedelta(hours=1))

        told = json.loads(receiver.received[0].body)
        assert told["data"]["digests"].keys() >= {"content.md", "content.html", "meta.json"}
        assert told["data"]["draft"]["external_id"].startswith("page:")
        assert told["data"]["links"]["bundle"].endswith(f"/v/{out.attestation_id}/attestation.json")
        assert [each.type for each in Delivery.objects.all()] == ["publication.published"]

    def test_hold_no_names_and_no_text(self, make: PublishingMaker, receiver: Receiver) -> None:
        cms = Cms(make, receiver.url)
        make.out(cms=cms.machine)

        make.work(*TELL, at=NOON + timedelta(hours=1))

        said = " ".join(message.body for message in receiver.received)
        assert "case.claimed" in said
        assert "bread" not in said
        assert "user" not in said

    def test_are_numbered_without_a_gap(self, make: PublishingMaker, receiver: Receiver) -> None:
        cms = Cms(make, receiver.url)
        make.out(cms=cms.machine)

        make.work(*TELL, at=NOON + timedelta(hours=1))

        numbers = sorted(json.loads(message.body)["data"]["sequence"] for message in receiver.received)
        assert numbers == list(range(1, len(numbers) + 1))

    def test_go_to_the_source_of_the_draft_alone(self, make: PublishingMaker, receiver: Receiver) -> None:
        Cms(make, receiver.url)

        Cms(make, receiver.url).tell()

        assert len(receiver.received) == Delivery.objects.count() == 1

    def test_are_made_once_however_often_the_job_runs(
        self, make: PublishingMaker, receiver: Receiver, unguarded: None
    ) -> None:
        cms = Cms(make, receiver.url)
        cms.tell()
        Job.objects.filter(kind__in=TELL).update(state="ready", attempts=0, finished_at=None)

        make.work(*TELL, at=NOON)

        assert len(receiver.received) == 1


class TestRetries:
    def test_send_the_same_bytes_and_id_again(self, make: PublishingMaker, receiver: Receiver) -> None:
        receiver.statuses = [500, 204]
        cms = Cms(make, receiver.url)

        cms.tell()
        make.work(*TELL, at=NOON + timedelta(seconds=7))

        first, second = receiver.received
        assert first.body == second.body
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        assert second.headers["reviewdesk-attempt"] == "2"
        assert Delivery.objects.get().outcome == "delivered"

    def test_wait_before_the_next_attempt(self, make: PublishingMaker, receiver: Receiver) -> None:
        receiver.statuses = [500]
        cms = Cms(make, receiver.url)

        delivery = cms.tell()
        make.work(*TELL, at=NOON + timedelta(seconds=3))

        assert len(receiver.received) == 1
        assert delivery.due_at is not None
        assert 4 <= (delivery.due_at - NOON).total_seconds() <= 6

    def test_end_after_ten_attempts(self, make: PublishingMaker, receiver: Receiver) -> None:
        receiver.statuses = [302]
        cms = Cms(make, receiver.url)
        cms.tell()

        for hours in range(1, 200, 2):
            make.work(*TELL, at=NOON + timedelta(hours=hours))

        assert Delivery.objects.get().outcome == "dead"
        assert DeliveryAttempt.objects.count() == ATTEMPTS

    def test_are_given_up_at_once_where_the_endpoint_is_gone(self, make: PublishingMaker, receiver: Receiver) -> None:
        receiver.statuses = [410]
        cms = Cms(make, receiver.url)

        delivery = cms.tell()

        assert (delivery.outcome, cms.endpoint.enabled, cms.endpoint.disabled_why) == ("dead", False, "gone")
        assert Event.objects.filter(fact="webhook_endpoint_changed.v1", payload__change="disabled").count() == 1

    def test_show_a_refused_address_and_stop(
        self, make: PublishingMaker, receiver: Receiver, settings: Settings
    ) -> None:
        cms = Cms(make, receiver.url)
        settings.REVIEWDESK = settings.REVIEWDESK | {"WEBHOOK_ALLOW_PRIVATE_CIDRS": ()}

        delivery = cms.tell()

        attempt = DeliveryAttempt.objects.get()
        assert (delivery.outcome, delivery.due_at) == ("refused", None)
        assert attempt.reason.startswith(AddressRefused.code)
        assert "WEBHOOK_ALLOW_PRIVATE_CIDRS" in attempt.reason

    def test_skip_an_endpoint_that_was_switched_off(self, make: PublishingMaker, receiver: Receiver) -> None:
        receiver.statuses = [500]
        cms = Cms(make, receiver.url)
        cms.tell()
        endpoints.change_endpoint(endpoint_id=cms.endpoint.pk, enabled=False, by=cms.machine, at=NOON)

        make.work(*TELL, at=NOON + timedelta(minutes=1))

        assert Delivery.objects.get().outcome == "skipped"
        assert len(receiver.received) == 1

    @pytest.mark.parametrize(
        ("attempt", "chance", "seconds"), [(1, 0.5, 5), (2, 0.0, 240), (2, 1.0, 360), (9, 0.5, 86400)]
    )
    def test_follow_the_schedule(self, attempt: int, chance: float, seconds: float) -> None:
        wait = next_wait(attempt=attempt, chance=chance)

        assert wait is not None
        assert wait.total_seconds() == pytest.approx(seconds)
        assert sum(SCHEDULE) / 3600 == pytest.approx(76, abs=1)

    @pytest.mark.parametrize(
        ("status", "asked", "seconds"), [(503, "90", 90), (429, "999999", 86400), (500, "90", 5), (503, "soon", 5)]
    )
    def test_obey_a_wish_to_wait(self, status: int, asked: str, seconds: float) -> None:
        wait = next_wait(attempt=1, chance=0.5, status=status, retry_after=asked)

        assert wait == timedelta(seconds=seconds)


class TestReplay:
    def test_sends_once_more_with_the_same_id(self, make: PublishingMaker, receiver: Receiver) -> None:
        cms = Cms(make, receiver.url)
        delivery = cms.tell()

        deliveries.replay(delivery_id=delivery.pk, by=cms.machine, at=NOON + timedelta(hours=1))
        make.work(*TELL, at=NOON + timedelta(hours=1))

        assert [each.headers["webhook-id"] for each in receiver.received] == [str(delivery.event_id)] * 2

    def test_of_a_span_of_time_sends_all_of_it(self, make: PublishingMaker, receiver: Receiver) -> None:
        cms = Cms(make, receiver.url)
        cms.tell()
        cms.tell(at=NOON + timedelta(minutes=1))

        count = deliveries.replay_since(
            endpoint_id=cms.endpoint.pk,
            after=NOON,
            until=NOON + timedelta(hours=1),
            types=(),
            by=cms.machine,
            at=NOON + timedelta(hours=1),
        )

        assert count == Delivery.objects.filter(outcome="pending").count() == 1

    def test_of_another_source_finds_nothing(self, make: PublishingMaker, receiver: Receiver) -> None:
        delivery = Cms(make, receiver.url).tell()
        stranger = Machine(source_id=SourceId(999), token_id=1, scopes=frozenset({Scope.WEBHOOKS_MANAGE}))

        with pytest.raises((DeliveryNotFound, EndpointNotFound)):
            deliveries.replay(delivery_id=delivery.pk, by=stranger, at=NOON)

    def test_message_of_a_test_is_sent_to_that_endpoint(self, make: PublishingMaker, receiver: Receiver) -> None:
        cms = Cms(make, receiver.url, "publication.published")

        deliveries.test_endpoint(endpoint_id=cms.endpoint.pk, by=cms.machine, at=NOON)
        make.work(*TELL, at=NOON)

        assert [json.loads(each.body)["type"] for each in receiver.received] == ["endpoint.test"]
