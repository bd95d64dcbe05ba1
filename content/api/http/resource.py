"""The base of every resource: who calls, how often, in which form; then the one method that answers.

All that REST framework does hangs on this class; the host project's own REST_FRAMEWORK is neither read nor changed.
"""

import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from content.actors import Machine, require_scope
from content.api.http import refusals
from content.api.http.hygiene import read_json
from content.api.http.operations import Operation, operation_of
from content.api.http.problems import problem_of
from content.api.http.schema import OperationSchema
from content.api.http.throttles import Allowance, used
from content.api.http.tokens import address_of, caller_of, refuse_token_in_url
from content.drafts import queries as drafts
from content.drafts.actions import answers
from content.drafts.answers import Answer
from content.drafts.callers import Caller
from content.drafts.intake.shapes import Faults
from content.drafts.refusals import StaleRevision
from content.web.etag import with_etag

if TYPE_CHECKING:
    from content.drafts.models import Draft

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
KEY = re.compile(r'"[\x20\x21\x23-\x7e]{1,255}"|[\x21\x23-\x7e]{1,255}')
PUBLIC_A_MINUTE = 300
POLICY = "default-src 'none'; frame-ancestors 'none'"
READ_ONLY = frozenset({"GET", "HEAD", "OPTIONS"})


class Resource(APIView):
    """A resource of the API. Its methods return an Answer, or a response for what is no JSON."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    parser_classes = ()
    renderer_classes = (JSONRenderer,)
    versioning_class = None
    schema = OperationSchema()
    http_method_names = [  # noqa: RUF012 (as the library declares it)
        "get",
        "post",
        "put",
        "patch",
        "delete",
        "head",
    ]

    at: datetime
    caller: Caller
    raw: bytes
    declared: Operation
    allowance: Allowance | None = None
    request_id: str = ""

    # ------------------------------------------------------------ one request

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer one request, or map what went wrong to a problem."""
        self.at = timezone.now()
        given = request.headers.get("Request-Id", "")
        self.request_id = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        self.args, self.kwargs = args, kwargs
        self.request = Request(request)
        try:
            response = self._answered(request)
        except Exception as error:  # noqa: BLE001 (the one mapper of this door)
            response = problem_of(error, request, request_id=self.request_id, now_url=request.path)
            if isinstance(error, refusals.MethodNotAllowed):
                response.headers["Allow"] = ", ".join(self.allowed_methods)
        return self._finished(response)

    def _answered(self, request: HttpRequest) -> HttpResponseBase:
        method = (request.method or "").lower()
        view = getattr(self, "get" if method == "head" else method, None)
        declared = operation_of(view)
        if view is None or declared is None:
            raise refusals.MethodNotAllowed
        self.declared = declared
        refuse_token_in_url(request, at=self.at)
        if declared.is_public:
            self._count("public", address_of(request), PUBLIC_A_MINUTE)
        else:
            self._let_in(request, declared)
        self._check_form(request, declared)
        self.raw = b"" if request.method in READ_ONLY else self._read(request, declared)
        return self._respond(request, self._once(request, declared, lambda: view(self.request, **self.kwargs)))

    def _let_in(self, request: HttpRequest, declared: Operation) -> None:
        self.caller = caller_of(request, at=self.at)
        self._count("token", str(self.caller.machine.token_id), self.caller.source.requests_a_minute)
        if declared.most_a_minute:
            self._count(declared.id, str(self.caller.machine.token_id), declared.most_a_minute)
        if declared.scope is not None:
            require_scope(self.caller.machine, declared.scope)

    def _count(self, name: str, key: str, limit: int) -> None:
        self.allowance = used(name=name, key=key, limit=limit, now=self.at.timestamp())
        self.allowance.require()

    def _check_form(self, request: HttpRequest, declared: Operation) -> None:
        for name in request.GET:
            if name not in declared.parameters:
                known = ", ".join(declared.parameters) or "none"
                raise refusals.ParameterUnknown(
                    f"'{name[:100]}' is not known here. Known: {known}.", parameter=name[:100]
                )
        accepted = request.headers.get("Accept", "*/*")
        if accepted != "*/*" and not request.accepts(declared.answer_type):
            raise refusals.NotAcceptable
        if declared.needs_match:
            self.expected_etag  # noqa: B018 (refuses a request without one before its body is read)

    def _read(self, request: HttpRequest, declared: Operation) -> bytes:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > declared.most_bytes:
            raise refusals.RequestTooLarge(maximum=declared.most_bytes)
        raw = request.read(declared.most_bytes + 1)
        if len(raw) > declared.most_bytes:
            raise refusals.RequestTooLarge(maximum=declared.most_bytes)
        if request.headers.get("Content-Encoding"):
            raise refusals.EncodingUnsupported
        media_type, _, parameters = request.headers.get("Content-Type", "").partition(";")
        charset = parameters.strip().lower().removeprefix("charset=").strip('"')
        if (raw or declared.request) and (
            media_type.strip().lower() not in declared.media_types or charset not in {"", "utf-8", "utf8"}
        ):
            raise refusals.MediaTypeUnsupported
        return raw

    def _once(self, request: HttpRequest, declared: Operation, work: Callable[[], Any]) -> Answer | HttpResponseBase:
        given = request.headers.get("Idempotency-Key")
        if given is None or not declared.takes_key:
            return cast("Answer | HttpResponseBase", work())
        if not KEY.fullmatch(given):
            raise refusals.IdempotencyKeyInvalid
        return answers.answer_once(
            token_id=self.caller.machine.token_id,
            key=given.strip('"'),
            request_sha256=self._fingerprint(request),
            run=work,
            by=self.caller.machine,
            at=self.at,
        )

    def _fingerprint(self, request: HttpRequest) -> str:
        query = "&".join(sorted(request.META.get("QUERY_STRING", "").split("&")))
        media_type = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        parts = (request.method, request.path, query, media_type, request.headers.get("If-Match", ""))
        return hashlib.sha256("\n".join(map(str, parts)).encode() + b"\n" + self.raw).hexdigest()

    def _respond(self, request: HttpRequest, answer: Answer | HttpResponseBase) -> HttpResponseBase:
        if isinstance(answer, HttpResponseBase):
            return answer
        response = HttpResponse(answer.body, status=answer.status, content_type="application/json")
        for name, value in answer.headers.items():
            response.headers[name] = value
        if answer.replayed:
            response.headers["Idempotency-Replayed"] = "true"
        if not answer.body:
            del response.headers["Content-Type"]
        if request.method in READ_ONLY and "ETag" in response.headers:
            return with_etag(request, response, response.headers["ETag"])
        return response

    def _finished(self, response: HttpResponseBase) -> HttpResponseBase:
        response.headers["Request-Id"] = self.request_id
        response.headers.setdefault("Cache-Control", "no-store" if self._is_private() else "public, max-age=60")
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        if not self._is_private():
            response.headers["Access-Control-Allow-Origin"] = "*"
        for name, value in (self.allowance.headers if self.allowance else {}).items():
            response.headers[name] = value
        return response

    def _is_private(self) -> bool:
        declared = getattr(self, "declared", None)
        return declared is None or not declared.is_public

    # ------------------------------------------------------------ what methods ask

    @property
    def machine(self) -> Machine:
        """The program that calls."""
        return self.caller.machine

    def draft(self, ref: str) -> "Draft":
        """Return the caller's own draft.

        :raises DraftNotFound: if there is none, or it is somebody else's.
        """
        return drafts.draft_of_source(source_id=self.machine.source_id, mode=self.machine.mode, ref=ref)

    @property
    def expected_etag(self) -> str:
        """The ETag that the caller read last, without quotes.

        :raises PreconditionMissing: without one; `*` names no version.
        """
        given = self.request.headers.get("If-Match", "").strip()
        if given in {"", "*"}:
            raise refusals.PreconditionMissing
        # A weak tag keeps its W/ and so equals none: it cannot say that the bytes are the same.
        return given[1:-1] if given[:1] == given[-1:] == '"' else given

    def require_current(self, etag: str) -> None:
        """Go on only if the caller read the current version.

        :raises StaleRevision: if it is another one by now; params `current`.
        """
        if self.expected_etag != etag:
            raise StaleRevision(current=etag)

    def json(self, **limits: int) -> Any:
        """Return the body as JSON, strictly read."""
        return read_json(self.raw, **limits)

    def fields(self) -> dict[str, Any]:
        """Return the body as the fields of the declared request.

        :raises ValidationFailed: with all faults.
        """
        faults = Faults()
        shape = self.declared.request
        read = shape.read(self.json(), "", faults) if shape else {}
        faults.refuse_any()
        return cast("dict[str, Any]", read)

    @property
    def allowed_methods(self) -> list[str]:
        """The methods of this resource."""
        names = [name for name in self.http_method_names if operation_of(getattr(self, name, None)) is not None]
        return [name.upper() for name in names]
