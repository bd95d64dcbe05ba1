from unittest import mock

import pytest
from django.db import OperationalError
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it comes without types

from content.api.http.catalog import CATALOG
from content.api.http.operations import operation_of
from content.api.urls import ROUTES
from content.drafts.intake.fields import PAYLOAD
from tests.doors.api.client import Cms, approved, code_of
from tests.make import Maker

METHODS = ("get", "post", "put", "patch", "delete")


class TestTheOpenApiDocument:
    def test_is_served_to_everybody(self, db: None) -> None:
        answer = Cms().get("openapi.json")

        assert answer.json()["openapi"] == "3.1.0"
        assert answer.json()["servers"] == [{"url": "/"}]
        assert Cms().get("openapi.json", If_None_Match=answer.headers["ETag"]).status_code == 304

    def test_holds_every_operation(self) -> None:
        views = [getattr(route.callback, "cls", None) for route in ROUTES]
        declared = {
            found.id for view in views for method in METHODS if (found := operation_of(getattr(view, method, None)))
        }

        written = {operation["operationId"] for path in approved()["paths"].values() for operation in path.values()}

        assert written == declared

    def test_describes_well_formed_schemas(self) -> None:
        for schema in approved()["components"]["schemas"].values():
            Draft202012Validator.check_schema(schema)

    def test_describes_the_payload_that_is_read(self, make: Maker) -> None:
        schema = Draft202012Validator(PAYLOAD.schema())

        assert schema.is_valid(make.payload(tags=["a"], sources=[{"digest": "sha256:" + "0" * 64}]))
        assert not schema.is_valid(make.payload(nonsense=1))
        assert not schema.is_valid(make.payload(title=None))
        assert not schema.is_valid(make.payload(sources=[{"title": "nowhere"}]))


class TestTheProblemPage:
    @pytest.mark.parametrize("code", sorted(CATALOG))
    def test_explains_each_code(self, db: None, code: str) -> None:
        answer = Cms().get(f"problems/{code}")

        assert answer.status_code == 200
        assert code in answer.content.decode()

    def test_is_where_the_type_of_a_problem_leads(self, db: None) -> None:
        problem = Cms().get("source").json()

        assert problem["type"] == "http://testserver/api/v1/problems/token_missing"
        assert problem["instance"] == "/api/v1/source"

    def test_knows_no_other_codes(self, db: None) -> None:
        assert code_of(Cms().get("problems/nonsense")) == "not_found"


class TestAFailure:
    def test_of_the_database_asks_to_come_again(self, cms: Cms, make: Maker) -> None:
        with mock.patch("django.db.backends.utils.CursorWrapper.execute", side_effect=OperationalError("gone")):
            answer = cms.post("drafts", make.payload())

        assert (answer.status_code, code_of(answer)) == (503, "unavailable")
        assert answer.headers["Retry-After"] == "5"

    def test_that_nobody_expected_says_nothing_but_its_id(self, cms: Cms) -> None:
        with mock.patch("django.db.backends.utils.CursorWrapper.execute", side_effect=ZeroDivisionError("secret")):
            answer = cms.get("source")

        assert (answer.status_code, code_of(answer)) == (500, "internal")
        assert "secret" not in answer.content.decode()
        assert answer.json()["request_id"] == answer.headers["Request-Id"]
