import pytest
from django.utils import timezone

from content.drafts.models import IdempotencyKey
from content.permissions import Scope
from content.publishing.models import Delivery, WebhookEndpoint
from tests.doors.api.client import Cms, code_of
from tests.publishing.maker import PublishingMaker

pytestmark = pytest.mark.localhost  # addresses are looked up, nobody is called
URL = "https://93.184.215.14/hook"  # an address, so that no name is resolved


@pytest.fixture
def endpoint(cms: Cms) -> dict[str, object]:
    answer = cms.post("webhook-endpoints", {"url": URL, "types": ["draft.received"], "description": "x"})
    return {**answer.json(), "etag": answer.headers["ETag"]}


class TestAnEndpoint:
    def test_shows_its_secret_once(self, cms: Cms, endpoint: dict[str, str]) -> None:
        assert endpoint["secret"].startswith("whsec_")
        assert "secret" not in cms.get(f"webhook-endpoints/{endpoint['id']}").json()
        assert endpoint["secret"] not in str(WebhookEndpoint.objects.get().__dict__)

    def test_keeps_no_secret_in_a_stored_answer(self, cms: Cms) -> None:
        cms.post("webhook-endpoints", {"url": URL}, Idempotency_Key='"k"')

        assert not IdempotencyKey.objects.exists()

    def test_is_changed_with_its_current_version(self, cms: Cms, endpoint: dict[str, str]) -> None:
        path = f"webhook-endpoints/{endpoint['id']}"

        changed = cms.ask("PATCH", path, {"enabled": False}, If_Match=endpoint["etag"])
        stale = cms.ask("PATCH", path, {"enabled": True}, If_Match=endpoint["etag"])

        assert changed.json()["enabled"] is False
        assert (stale.status_code, code_of(stale)) == (412, "stale_revision")

    def test_can_be_removed(self, cms: Cms, endpoint: dict[str, str]) -> None:
        path = f"webhook-endpoints/{endpoint['id']}"

        answer = cms.ask("DELETE", path, If_Match=endpoint["etag"])

        assert (answer.status_code, answer.content) == (204, b"")
        assert code_of(cms.get(path)) == "endpoint_not_found"
        assert cms.get("webhook-endpoints").json()["results"] == []

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"url": "http://93.184.215.14/hook"}, "url_refused"),
            ({"url": "https://127.0.0.1/hook"}, "url_refused"),
            ({"url": "https://[::ffff:10.0.0.1]/hook"}, "url_refused"),
            ({"url": URL, "types": ["no.such"]}, "event_type_unknown"),
            ({}, "validation_failed"),
        ],
    )
    def test_leads_to_the_outside(self, cms: Cms, fields: dict[str, object], code: str) -> None:
        answer = cms.post("webhook-endpoints", fields)

        assert (answer.status_code, code_of(answer)) == (422, code)

    def test_belongs_to_its_source(self, stranger: Cms, endpoint: dict[str, str]) -> None:
        path = f"webhook-endpoints/{endpoint['id']}"

        for answer in (
            stranger.get(path),
            stranger.get(f"{path}/deliveries"),
            stranger.post(f"{path}/test"),
            stranger.ask("DELETE", path, If_Match=endpoint["etag"]),
        ):
            assert code_of(answer) == "endpoint_not_found"

    def test_needs_its_scope(self, make: PublishingMaker) -> None:
        reader = Cms(make.token(scopes=[Scope.DRAFTS_READ], at=timezone.now()).plaintext)

        assert code_of(reader.get("webhook-endpoints")) == "scope_missing"


class TestADelivery:
    def test_of_a_test_is_listed_and_sent_again(self, cms: Cms, endpoint: dict[str, str]) -> None:
        path = f"webhook-endpoints/{endpoint['id']}"
        sent = cms.post(f"{path}/test")

        assert (sent.status_code, sent.json()["outcome"]) == (202, "pending")
        assert [row["id"] for row in cms.get(f"{path}/deliveries").json()["results"]] == [sent.json()["id"]]
        assert cms.get(f"{path}/deliveries?outcome=dead").json()["results"] == []
        assert cms.get(f"deliveries/{sent.json()['id']}").json()["tries"] == []
        assert cms.post(f"deliveries/{sent.json()['id']}/replay").status_code == 202

    def test_is_sent_again_for_a_span_of_time(self, cms: Cms, endpoint: dict[str, str]) -> None:
        path = f"webhook-endpoints/{endpoint['id']}"
        cms.post(f"{path}/test")
        span = {"after": "2020-01-01T00:00:00Z", "until": "2099-01-01T00:00:00Z"}

        answer = cms.post(f"{path}/replay", span)

        assert (answer.status_code, answer.json()) == (202, {"queued": 1})
        assert Delivery.objects.count() == 1

    def test_of_another_source_is_not_found(self, cms: Cms, stranger: Cms, endpoint: dict[str, str]) -> None:
        sent = cms.post(f"webhook-endpoints/{endpoint['id']}/test").json()

        assert code_of(stranger.get(f"deliveries/{sent['id']}")) == "delivery_not_found"
        assert code_of(stranger.post(f"deliveries/{sent['id']}/replay")) == "delivery_not_found"
