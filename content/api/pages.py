"""What explains the API: its OpenAPI document, a page for each code of a problem, and the answer to wrong addresses."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from rest_framework.request import Request

from content.api.http.answers import as_json
from content.api.http.catalog import explained
from content.api.http.operations import Operation, operation
from content.api.http.resource import Resource
from content.api.http.schema import document
from content.proof.digest import sha256_hex
from content.web.etag import with_etag


class ProblemPage(Resource):
    """What a code means and what to do."""

    @operation(
        Operation(
            id="problems_read",
            summary="Read what a problem means",
            is_public=True,
            answers={200: {"type": "string"}},
            answer_type="text/html",
        )
    )
    def get(self, _request: Request, code: str) -> HttpResponse:
        """Return a page about a code."""
        error = explained(code)
        words = (error.__doc__ or code).strip().splitlines()[0]
        page = render_to_string("reviewdesk/api/problem.html", {"code": code, "status": error.status, "words": words})
        return HttpResponse(page)


class OpenApi(Resource):
    """The OpenAPI document. `routes` returns what it describes; the table of routes, which names this view, sets it."""

    routes: Callable[[], Sequence[Any]] = tuple

    @operation(
        Operation(
            id="openapi_read",
            summary="Fetch the OpenAPI document",
            is_public=True,
            answers={200: {"type": "object"}},
            has_etag=True,
        )
    )
    def get(self, request: Request) -> HttpResponse:
        """Return the document, with the mount point as its server."""
        body = _document(self.routes, reverse("reviewdesk:api_openapi").removesuffix("/api/v1/openapi.json") or "/")
        response = HttpResponse(body, content_type="application/json")
        return with_etag(request._request, response, f'"{sha256_hex(body.encode())}"')  # noqa: SLF001


@cache
def _document(routes: Callable[[], Sequence[Any]], server: str) -> str:
    return as_json(document(routes(), server=server))


class Elsewhere(Resource):
    """An address that is none of ours: with one slash too many, or wrong."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer as the address without its last slash would, or with 404 `not_found`."""
        bare = request.path_info.removesuffix("/")
        if bare != request.path_info:
            try:
                found = resolve(bare)
            except Resolver404:
                return super().dispatch(request, *args, **kwargs)
            if getattr(found.func, "cls", None) is not Elsewhere:
                return cast("HttpResponseBase", found.func(request, *found.args, **found.kwargs))
        return super().dispatch(request, *args, **kwargs)

    def _answered(self, request: HttpRequest) -> HttpResponseBase:  # noqa: ARG002 (there is nothing to read)
        raise Http404
