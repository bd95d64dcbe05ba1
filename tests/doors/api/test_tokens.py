from datetime import timedelta

import pytest
from django.utils import timezone

from content.actors import SYSTEM
from content.drafts.actions import sources
from content.drafts.models import Source, SourceToken
from content.drafts.states import Mode
from content.permissions import Scope
from tests.doors.api.client import Cms, code_of
from tests.drafts.test_tokens import SPELLED
from tests.make import Maker


class TestATokenThatOpensNothing:
    @pytest.mark.parametrize(
        ("header", "code"),
        [
            ("", "token_missing"),
            ("Bearer", "token_missing"),
            ("Basic dXNlcjpwYXNz", "token_malformed"),
            ("Bearer nonsense", "token_malformed"),
            ("Bearer " + SPELLED[:-1] + "x", "token_malformed"),
            ("Bearer " + SPELLED, "token_unknown"),
        ],
    )
    def test_is_answered_with_401(self, db: None, header: str, code: str) -> None:
        answer = Cms().get("source", Authorization=header)

        assert (answer.status_code, code_of(answer)) == (401, code)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")

    def test_may_be_over(self, make: Maker) -> None:
        issued = make.token(at=timezone.now() - timedelta(days=2), days=1)

        assert code_of(Cms(issued.plaintext).get("source")) == "token_expired"

    def test_may_be_revoked(self, make: Maker) -> None:
        issued = make.token(at=timezone.now())
        sources.revoke_token(token_id=issued.token_id, by=SYSTEM, at=timezone.now())

        assert code_of(Cms(issued.plaintext).get("source")) == "token_revoked"

    def test_is_slowed_down_after_20_tries(self, db: None) -> None:
        for _ in range(20):
            assert Cms("x").get("source").status_code == 401

        answer = Cms("x").get("source")

        assert (answer.status_code, code_of(answer)) == (429, "rate_limited")
        assert 0 < int(answer.headers["Retry-After"]) <= 60

    def test_does_not_slow_down_one_that_does(self, cms: Cms) -> None:
        for _ in range(22):
            Cms("x").get("source")

        assert cms.get("source").status_code == 200

    def test_is_revoked_when_it_stands_in_an_address(self, cms: Cms) -> None:
        answer = cms.get(f"source?token={cms.token}")

        assert (answer.status_code, code_of(answer)) == (400, "token_in_url")
        assert code_of(cms.get("source")) == "token_revoked"

    def test_may_belong_to_a_source_that_is_switched_off(self, cms: Cms, source: Source, unguarded: None) -> None:
        Source.objects.filter(pk=source.pk).update(disabled_at=timezone.now())

        answer = cms.get("source")

        assert (answer.status_code, code_of(answer)) == (403, "source_disabled")


class TestATokenOfATestMode:
    def test_sees_test_drafts_only(self, make: Maker, source: Source, cms: Cms) -> None:
        test = Cms(make.token(source=source, mode=Mode.TEST, at=timezone.now()).plaintext)
        live = cms.post("drafts", make.payload(external_id="a:1")).json()

        made = test.post("drafts", make.payload(external_id="a:1", body="Other.")).json()

        assert made["mode"] == "test"
        assert test.get(f"drafts/{live['id']}").status_code == 404
        assert [row["id"] for row in test.get("drafts").json()["results"]] == [made["id"]]


class TestAScope:
    def test_is_needed_and_named(self, make: Maker) -> None:
        reader = Cms(make.token(scopes=[Scope.DRAFTS_READ], at=timezone.now()).plaintext)

        answer = reader.post("drafts", make.payload())

        assert (answer.status_code, code_of(answer)) == (403, "scope_missing")
        assert answer.json()["scope"] == "drafts:write"


class TestTheSource:
    def test_learns_who_it_is(self, cms: Cms, source: Source) -> None:
        body = cms.get("source").json()

        assert (body["slug"], body["mode"]) == ("newsroom", "live")
        assert cms.token not in str(body)
        assert body["rights"]["may_request_publication"]

    def test_leaves_a_mark_on_its_token_once_a_minute(self, cms: Cms) -> None:
        cms.get("source")
        first = SourceToken.objects.get(lookup=cms.token[8:16]).last_used_at

        cms.get("source")

        assert first is not None
        assert SourceToken.objects.get(lookup=cms.token[8:16]).last_used_at == first


class TestTheRateLimit:
    def test_is_told_on_every_answer(self, cms: Cms) -> None:
        answer = cms.get("source")

        assert answer.headers["RateLimit-Policy"] == '"token";q=600;w=60'
        assert answer.headers["RateLimit"].startswith('"token";r=599;t=')

    def test_holds(self, make: Maker) -> None:
        slow = Cms(make.token(source=make.source(requests_a_minute=2), at=timezone.now()).plaintext)

        statuses = {slow.get("source").status_code for _ in range(5)}

        assert statuses == {200, 429}

    def test_lets_requests_through_while_the_cache_is_away(self, cms: Cms, settings: object, make: Maker) -> None:
        settings.CACHES = settings.CACHES | {  # type: ignore[attr-defined]
            "fast": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": "unix:///nowhere/valkey.sock",
            }
        }

        answer = cms.post("drafts", make.payload())

        assert answer.status_code == 201
        assert "RateLimit" in answer.headers
