from datetime import timedelta

import pytest
from django.utils import timezone

from content.actors import SYSTEM
from content.drafts.actions.answers import purge_answers
from content.drafts.models import Draft, IdempotencyKey, Source
from content.events.models import Event
from tests.doors.api.client import Cms, code_of
from tests.make import Maker

KEY = '"wp-17-3f9a"'


class TestTheSameRequestTwice:
    def test_is_worked_once_and_answered_alike(self, cms: Cms, make: Maker) -> None:
        payload = make.payload()
        first = cms.post("drafts", payload, Idempotency_Key=KEY)

        second = cms.post("drafts", payload, Idempotency_Key=KEY)

        assert (second.status_code, second.content) == (201, first.content)
        for name in ("Location", "ETag"):
            assert second.headers[name] == first.headers[name]
        assert second.headers["Idempotency-Replayed"] == "true"
        assert "Idempotency-Replayed" not in first.headers
        assert Event.objects.filter(fact="draft_received.v1").count() == 1

    def test_gets_the_first_answer_even_when_the_draft_moved_on(self, cms: Cms, make: Maker) -> None:
        payload = make.payload(external_id="a:1")
        first = cms.post("drafts", payload, Idempotency_Key=KEY)
        changed = make.payload(external_id="a:1", body="New.")
        cms.put("drafts/ext:a:1", changed, If_Match=first.headers["ETag"])

        assert cms.post("drafts", payload, Idempotency_Key=KEY).json()["version"] == 1

    def test_may_spell_its_key_bare(self, cms: Cms, make: Maker) -> None:
        payload = make.payload()
        cms.post("drafts", payload, Idempotency_Key=KEY)

        assert cms.post("drafts", payload, Idempotency_Key=KEY.strip('"')).headers["Idempotency-Replayed"] == "true"


class TestAKey:
    def test_with_another_body_is_refused(self, cms: Cms, make: Maker) -> None:
        cms.post("drafts", make.payload(), Idempotency_Key=KEY)

        answer = cms.post("drafts", make.payload(), Idempotency_Key=KEY)

        assert (answer.status_code, code_of(answer)) == (422, "idempotency_key_reused")
        assert Draft.objects.count() == 1

    def test_belongs_to_one_token(self, cms: Cms, make: Maker, source: Source) -> None:
        other = Cms(make.token(source=source, at=timezone.now()).plaintext)
        cms.post("drafts", make.payload(), Idempotency_Key=KEY)

        assert other.post("drafts", make.payload(), Idempotency_Key=KEY).status_code == 201

    def test_of_a_refused_request_is_free_again(self, cms: Cms, make: Maker) -> None:
        assert cms.post("drafts", make.payload(title=""), Idempotency_Key=KEY).status_code == 422

        assert cms.post("drafts", make.payload(), Idempotency_Key=KEY).status_code == 201

    def test_is_free_again_after_a_day(self, cms: Cms, make: Maker, unguarded: None) -> None:
        cms.post("drafts", make.payload(), Idempotency_Key=KEY)
        IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=24))

        answer = cms.post("drafts", make.payload(), Idempotency_Key=KEY)

        assert answer.status_code == 201
        assert "Idempotency-Replayed" not in answer.headers

    def test_is_deleted_after_a_day(self, cms: Cms, make: Maker) -> None:
        cms.post("drafts", make.payload(), Idempotency_Key=KEY)

        assert purge_answers(by=SYSTEM, at=timezone.now()) == 0
        assert purge_answers(by=SYSTEM, at=timezone.now() + timedelta(hours=25)) == 1

    @pytest.mark.parametrize("key", ["", '""', "ä", "x" * 256, '"a"b"'])
    def test_is_printable(self, cms: Cms, make: Maker, key: str) -> None:
        answer = cms.post("drafts", make.payload(), Idempotency_Key=key)

        assert (answer.status_code, code_of(answer)) == (400, "idempotency_key_invalid")
