"""A CMS over HTTP. Every answer is held against the OpenAPI document: undeclared statuses and shapes fail the test."""

import json
import re
from functools import cache
from typing import Any

from django.test import Client
from django.urls import resolve
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it comes without types

from content.api.http.schema import document
from content.api.urls import documented

BASE = "/api/v1"


@cache
def approved() -> dict[str, Any]:
    return document(documented())


def declared(path: str, method: str) -> dict[str, Any]:
    """Return the operation that the document has for an address."""
    route = re.sub(r"<\w+:(\w+)>", r"{\1}", resolve(path).route)
    operation: dict[str, Any] = approved()["paths"][f"/{route}"][method.lower()]
    return operation


def check(response: Any, path: str, method: str) -> None:
    """Fail if the document does not know this status, media type or shape."""
    operation = declared(path.partition("?")[0], method)
    answer = operation["responses"].get(str(response.status_code))
    assert answer is not None, f"{method} {path} answers {response.status_code}, which is not declared"
    content = answer.get("content", {})
    if not content:
        assert not response.content
        return
    media_type = response.headers["Content-Type"].partition(";")[0]
    assert media_type in content or "*/*" in content, f"{method} {path} answers {media_type}"
    schema = content.get(media_type, {}).get("schema")
    if schema and media_type.endswith("json"):
        whole = schema | {"components": approved()["components"]}
        Draft202012Validator(whole).validate(json.loads(response.content))


class Cms:
    """Speaks to the API with a token."""

    def __init__(self, token: str = "") -> None:
        self._client = Client(raise_request_exception=False)
        self.token = token

    def ask(self, method: str, path: str, body: Any = None, *, raw: bytes | None = None, **headers: Any) -> Any:
        """Send a request and return the checked answer; an underscore in a header's name is a hyphen."""
        found = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            found.setdefault("Authorization", f"Bearer {self.token}")
        data = raw if raw is not None else (b"" if body is None else json.dumps(body).encode())
        media_type = found.pop("Content-Type", "application/json")
        address = path if path.startswith("/") else f"{BASE}/{path}"
        response = self._client.generic(method, address, data, content_type=media_type, headers=found)
        check(response, address, method)
        return response

    def get(self, path: str, **headers: Any) -> Any:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: Any) -> Any:
        return self.ask("POST", path, body, **headers)

    def put(self, path: str, body: Any, **headers: Any) -> Any:
        return self.ask("PUT", path, body, **headers)


def code_of(response: Any) -> str:
    """Return the code of a problem."""
    assert response.headers["Content-Type"] == "application/problem+json"
    return str(response.json()["code"])


def field_codes(response: Any) -> set[tuple[str, str]]:
    """Return pointer and code of every fault."""
    return {(fault["pointer"], fault["code"]) for fault in response.json()["errors"]}
