"""The caller itself: its source, its token, its limits."""

from rest_framework.request import Request

from content.api.drafts import MOST_IN_BATCH
from content.api.http.answers import answer
from content.api.http.operations import Operation, operation
from content.api.http.resource import Resource
from content.drafts.answers import Answer
from content.drafts.intake.fields import MOST_BODY_BYTES


class SourceResource(Resource):
    """Who calls."""

    @operation(Operation(id="source_read", summary="Read who you are", answers={200: "Source"}))
    def get(self, _request: Request) -> Answer:
        """Return source, token and limits."""
        source, caller = self.caller.source, self.caller
        return answer(
            {
                "slug": source.slug,
                "name": source.name,
                "mode": caller.machine.mode,
                "token": {
                    "name": caller.token_name,
                    "lookup": caller.lookup,
                    "scopes": sorted(scope.value for scope in caller.machine.scopes),
                    "expires_at": caller.expires_at,
                },
                "defaults": {"kind": source.default_kind, "language": source.default_language},
                "rights": {
                    "may_request_publication": source.may_request_publication,
                    "may_assert_human": source.may_assert_human,
                },
                "limits": {
                    "requests_a_minute": source.requests_a_minute,
                    "batch": MOST_IN_BATCH,
                    "body_bytes": MOST_BODY_BYTES,
                },
            }
        )
