import json
import time

import pytest

from content.drafts.models import Draft
from tests.doors.api.client import Cms, code_of
from tests.make import Maker


def spelled(make: Maker, **strings: str) -> bytes:
    """Return a payload with strings of it spelled as JSON source, escapes and all."""
    text = json.dumps(make.payload(**dict.fromkeys(strings, "@@")))
    for source in strings.values():
        text = text.replace('"@@"', f'"{source}"', 1)
    return text.encode()


class TestABody:
    @pytest.mark.parametrize(
        ("raw", "status", "code"),
        [
            (b" ", 400, "json_invalid"),
            (b"{", 400, "json_invalid"),
            (b'{"title": }', 400, "json_invalid"),
            (b"\xef\xbb\xbf{}", 400, "json_invalid"),
            (b'{"title": "\xff"}', 400, "utf8_invalid"),
            (b'{"title": "\xed\xa0\x80"}', 400, "utf8_invalid"),
            (b'{"title": "a", "title": "b"}', 422, "json_duplicate_key"),
            (b"[" * 30_000, 422, "json_too_deep"),
            (b'{"context": ' * 17 + b"1" + b"}" * 17, 422, "json_too_deep"),
            (b'{"context": {"x": 1e999}}', 422, "number_refused"),
            (b'{"context": {"x": NaN}}', 422, "number_refused"),
            (b'{"context": {"x": 9007199254740993}}', 422, "number_refused"),
            (b'{"context": {"x": ' + b"9" * 100_000 + b"}}", 422, "number_refused"),
            (json.dumps({"context": {f"k{n}": 1 for n in range(12_001)}}).encode(), 422, "json_too_many_keys"),
            (b'{"title": "a\\u0000b"}', 422, "nul_refused"),
            (b'{"title": "a\\ud800b"}', 422, "surrogate_refused"),
            (b'{"title": "a\\u0007b"}', 422, "control_characters"),
            (b'{"ti\\u0000tle": "x"}', 422, "nul_refused"),
            (b'{"title": "a\x00b"}', 400, "json_invalid"),
            (b"[]", 422, "validation_failed"),
            (b'"text"', 422, "validation_failed"),
        ],
    )
    def test_is_refused_with_its_code(self, cms: Cms, raw: bytes, status: int, code: str) -> None:
        began = time.perf_counter()

        answer = cms.ask("POST", "drafts", raw=raw)

        assert (answer.status_code, code_of(answer)) == (status, code)
        assert time.perf_counter() - began < 1
        assert not Draft.objects.exists()

    def test_says_where_a_character_stands(self, cms: Cms) -> None:
        answer = cms.ask("POST", "drafts", raw=b'{"extras": {"a/b": "x\\u0000"}}')

        assert answer.json()["pointer"] == "/extras/a~1b"

    def test_may_hold_escapes_and_emoji(self, cms: Cms, make: Maker) -> None:
        answer = cms.ask("POST", "drafts", raw=spelled(make, title="\\ud83d\\ude42 \\u00e9"))

        assert answer.json()["title"] == "🙂 é"

    def test_is_at_most_1_mib(self, cms: Cms, make: Maker) -> None:
        answer = cms.post("drafts", make.payload(body="x" * 1024 * 1024))

        assert (answer.status_code, code_of(answer)) == (413, "request_too_large")

    @pytest.mark.parametrize(
        ("headers", "code"),
        [
            ({"Content_Type": "text/plain"}, "media_type_unsupported"),
            ({"Content_Type": "application/json; charset=latin-1"}, "media_type_unsupported"),
            ({"Content_Type": "application/merge-patch+json"}, "media_type_unsupported"),
            ({"Content_Encoding": "gzip"}, "encoding_unsupported"),
        ],
    )
    def test_is_plain_json(self, cms: Cms, make: Maker, headers: dict[str, str], code: str) -> None:
        answer = cms.post("drafts", make.payload(), **headers)

        assert (answer.status_code, code_of(answer)) == (415, code)

    def test_may_name_its_charset(self, cms: Cms, make: Maker) -> None:
        answer = cms.post("drafts", make.payload(), Content_Type="application/json; charset=UTF-8")

        assert answer.status_code == 201


class TestAnAddress:
    def test_with_an_unknown_parameter_is_refused(self, cms: Cms) -> None:
        answer = cms.get("drafts?stat=queued")

        assert (answer.status_code, code_of(answer)) == (400, "parameter_unknown")

    @pytest.mark.parametrize(
        "query", ["limit=0", "limit=201", "limit=x", "limit=²", "state=new", "updated_since=now", "tag=%00"]
    )
    def test_with_a_wrong_parameter_is_refused(self, cms: Cms, query: str) -> None:
        answer = cms.get(f"drafts?{query}")

        assert (answer.status_code, code_of(answer)) == (400, "parameter_invalid")

    def test_that_leads_nowhere_is_a_problem_too(self, cms: Cms) -> None:
        answer = cms._client.get("/api/v1/nothing/here")

        assert (answer.status_code, code_of(answer)) == (404, "not_found")

    def test_may_end_in_a_slash(self, cms: Cms, make: Maker) -> None:
        headers = {"Authorization": f"Bearer {cms.token}"}

        answer = cms._client.post("/api/v1/drafts/", make.payload(), content_type="application/json", headers=headers)

        assert answer.status_code == 201


class TestARequest:
    def test_with_another_method_learns_which_there_are(self, cms: Cms) -> None:
        answer = cms._client.delete("/api/v1/drafts")

        assert (answer.status_code, code_of(answer)) == (405, "method_not_allowed")
        assert answer.headers["Allow"] == "GET, POST, HEAD"

    def test_that_takes_no_json_is_not_acceptable(self, cms: Cms) -> None:
        answer = cms.get("drafts", Accept="text/html")

        assert (answer.status_code, code_of(answer)) == (406, "not_acceptable")

    def test_keeps_its_id(self, cms: Cms) -> None:
        assert cms.get("source", Request_Id="abc-1").headers["Request-Id"] == "abc-1"
        assert cms.get("source", Request_Id="not an id").headers["Request-Id"] != "not an id"
