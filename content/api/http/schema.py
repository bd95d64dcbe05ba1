"""The OpenAPI 3.1 document, written from the declarations of the operations.

drf-spectacular walks the routes; its settings are ours while it does, and the host project's SPECTACULAR_SETTINGS are
neither read nor changed.
"""

import re
from collections.abc import Callable, Sequence
from http import HTTPStatus
from threading import Lock
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent
from drf_spectacular.settings import patched_settings

from content.api.http.operations import Operation, operation_of
from content.api.http.outcomes import COMPONENTS, EXAMPLES

PROBLEM = "application/problem+json"
ALWAYS = (400, 404, 406, 429, 500, 503)
WITH_TOKEN = (401, 403)
WITH_BODY = (413, 415, 422)
PLACE = re.compile(r"{(\w+)}")
PLACES: dict[str, dict[str, Any]] = {
    "ref": {"schema": {"type": "string"}, "description": "Id of the draft, or `ext:` and its external_id."},
    "number": {"schema": {"type": "integer", "minimum": 1}, "description": "Number of the revision."},
    "code": {"schema": {"type": "string"}, "description": "Code of a problem."},
    "form": {"schema": {"type": "string", "enum": ["md", "html", "txt", "json"]}},
    "endpoint_id": {"schema": {"type": "integer"}},
    "delivery_id": {"schema": {"type": "integer"}},
}
HEADER = {"type": "string"}
SETTINGS: dict[str, Any] = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "ReviewDesk",
    "VERSION": "1",
    "DESCRIPTION": "Post AI drafts, learn what people made of them, fetch what was published with its attestation.",
    "LICENSE": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    "SERVERS": [{"url": "/"}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [],
    "APPEND_COMPONENTS": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer", "bearerFormat": "rd_..."}}},
    "SORT_OPERATIONS": True,
}
_lock = Lock()


class OperationSchema(AutoSchema):
    """Writes one operation from its declaration."""

    def get_operation(
        self,
        path: str,
        path_regex: str,  # noqa: ARG002 (the library calls it so)
        path_prefix: str,  # noqa: ARG002
        method: str,
        registry: ComponentRegistry,
    ) -> dict[str, Any] | None:
        """Return the operation object, or None for what was not declared."""
        declared = operation_of(getattr(self.view, method.lower(), None))
        return None if declared is None else _Written(declared, path, method, registry).operation()


class _Written:
    """One operation on its way into the document."""

    def __init__(self, declared: Operation, path: str, method: str, registry: ComponentRegistry) -> None:
        self.declared, self.path, self.method, self.registry = declared, path, method, registry

    def operation(self) -> dict[str, Any]:
        declared = self.declared
        found: dict[str, Any] = {
            "operationId": declared.id,
            "summary": declared.summary,
            "tags": [declared.id.partition("_")[0]],
            "parameters": self._parameters(),
            "responses": self._responses(),
            "security": [{}] if declared.is_public else [{"token": []}],
        }
        if declared.scope is not None:
            found["description"] = f"Scope: `{declared.scope.value}`."
        if declared.request is not None:
            media = {"schema": declared.request.schema()}
            found["requestBody"] = {"required": True, "content": dict.fromkeys(declared.media_types, media)}
        return found

    def _parameters(self) -> list[dict[str, Any]]:
        declared = self.declared
        found: list[dict[str, Any]] = [
            {"in": "path", "name": name, "required": True}
            | PLACES.get(name, {"schema": {"type": "string", "format": "uuid"}})
            for name in PLACE.findall(self.path)
        ]
        for name, parameter in declared.parameters.items():
            note = {"description": parameter.note} if parameter.note else {}
            found.append({"in": "query", "name": name, "schema": dict(parameter.schema)} | note)
        asked = {
            "Idempotency-Key": declared.takes_key,
            "If-Match": declared.needs_match,
            "If-None-Match": declared.has_etag and self.method == "GET",
        }
        needed = {"If-Match"}
        for name, is_asked in asked.items():
            if is_asked:
                found.append({"in": "header", "name": name, "schema": HEADER, "required": name in needed})
        return found

    def _responses(self) -> dict[str, Any]:
        declared = self.declared
        found = {str(status): self._answer(status, value) for status, value in declared.answers.items()}
        if declared.has_etag and self.method == "GET":
            found["304"] = {"description": "You have these bytes already."}
        statuses = {*ALWAYS, *declared.refuses}
        statuses |= set() if declared.is_public else {*WITH_TOKEN}
        statuses |= {*WITH_BODY} if self.method in {"POST", "PUT", "PATCH"} else set()
        statuses |= {409} if declared.takes_key else set()
        statuses |= {412, 428} if declared.needs_match else set()
        problem = {"description": "", "content": {PROBLEM: {"schema": self._reference("Problem")}}}
        for status in sorted(statuses):
            found[str(status)] = problem | {"description": HTTPStatus(status).phrase}
        return found

    def _answer(self, status: int, value: Any) -> dict[str, Any]:
        found: dict[str, Any] = {"description": HTTPStatus(status).phrase}
        headers = {"Request-Id": {"schema": HEADER}}
        if self.declared.has_etag:
            headers["ETag"] = {"schema": HEADER}
        if status == HTTPStatus.CREATED:
            headers["Location"] = {"schema": HEADER}
        found["headers"] = headers
        if value is not None:
            schema = self._reference(value) if isinstance(value, str) else value
            content = {"schema": schema}
            if isinstance(value, str) and value in EXAMPLES:
                content["example"] = EXAMPLES[value]
            found["content"] = {self.declared.answer_type: content}
        return found

    def _reference(self, name: str) -> dict[str, Any]:
        component = ResolvedComponent(  # type: ignore[no-untyped-call]  # the library leaves it untyped
            name=name, type=ResolvedComponent.SCHEMA, schema=_closed(COMPONENTS[name], self._reference), object=name
        )
        self.registry.register_on_missing(component)
        return dict(component.ref)


def _closed(schema: Any, reference: Callable[[str], dict[str, Any]]) -> Any:
    """Return a schema whose `{"$component": name}` are references into this document."""
    if isinstance(schema, dict):
        if "$component" in schema:
            return reference(schema["$component"])
        return {name: _closed(member, reference) for name, member in schema.items()}
    return [_closed(member, reference) for member in schema] if isinstance(schema, list | tuple) else schema


def document(patterns: Sequence[Any], *, server: str = "/") -> dict[str, Any]:
    """Return the OpenAPI document of these routes.

    :param server: where the mount point of the routes is reached.
    """
    with _lock, patched_settings(SETTINGS | {"SERVERS": [{"url": server}]}):
        generator = SchemaGenerator(patterns=list(patterns))  # type: ignore[no-untyped-call]  # the same
        found: dict[str, Any] = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return found
