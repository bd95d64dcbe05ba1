"""Requests that meet: one wins, the others learn it, nothing is made twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from content.actors import SYSTEM
from content.drafts.models import Draft, Revision
from content.events.models import Event
from content.policy.actions import install_policies
from tests.doors.api.client import Cms
from tests.make import Maker

pytestmark = pytest.mark.django_db(transaction=True)
CALLERS = 8


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """Do something in several threads at the same time, each with a connection of its own."""

    def one(number: int) -> Any:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(one, range(CALLERS)))


@pytest.fixture
def make() -> Maker:
    install_policies(by=SYSTEM, at=timezone.now())
    return Maker()


@pytest.fixture
def cms(make: Maker) -> Cms:
    found = Cms(make.token(at=timezone.now()).plaintext)
    found.get("source")
    return found


class TestTheSameKeyFromManyThreads:
    def test_is_worked_once(self, cms: Cms, make: Maker) -> None:
        payload = make.payload()

        answers = at_once(lambda _: Cms(cms.token).post("drafts", payload, Idempotency_Key='"k"'))

        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert Draft.objects.count() == 1
        assert Event.objects.filter(fact="draft_received.v1").count() == 1


class TestTheSameDraftFromManyThreads:
    def test_is_made_once(self, cms: Cms, make: Maker) -> None:
        payload = make.payload()

        answers = at_once(lambda _: Cms(cms.token).post("drafts", payload))

        assert sorted(answer.status_code for answer in answers) == [200] * (CALLERS - 1) + [201]
        assert Revision.objects.count() == 1


class TestTheSameVersionReplacedByMany:
    def test_is_replaced_once(self, cms: Cms, make: Maker) -> None:
        posted = cms.post("drafts", make.payload(external_id="a:1"))
        payloads = [make.payload(external_id="a:1", body=f"Text {number}.") for number in range(CALLERS)]

        answers = at_once(
            lambda number: Cms(cms.token).put("drafts/ext:a:1", payloads[number], If_Match=posted.headers["ETag"])
        )

        assert sorted(answer.status_code for answer in answers) == [200] + [412] * (CALLERS - 1)
        assert Revision.objects.count() == 2
