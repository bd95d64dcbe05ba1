"""Drafts: posted, listed, read, replaced, amended."""

from typing import Any, ClassVar

from rest_framework.request import Request

from content.api.http.answers import answer
from content.api.http.components import STATES
from content.api.http.cursors import cursor_after, key_of
from content.api.http.operations import ONE_MEBIBYTE, Operation, Parameter, operation
from content.api.http.parameters import PAGING, choice, moment, page_size, schema_of, short, uuid_key
from content.api.http.problems import body_of
from content.api.http.refusals import BatchTooLarge
from content.api.http.resource import Resource
from content.api.representation import RECEIVED, draft_answer, draft_members, new_draft_answer
from content.conf import conf
from content.drafts import queries as drafts
from content.drafts.actions import receiving
from content.drafts.answers import Answer
from content.drafts.callers import DraftFilter
from content.drafts.facts import DraftId
from content.drafts.intake.amendment import AMENDMENT
from content.drafts.intake.fields import PAYLOAD
from content.drafts.intake.payload import DraftPayload, read_payload
from content.drafts.intake.shapes import Faults, Listed, Member, Record
from content.errors import ReviewDeskError
from content.permissions import Scope
from content.policy import queries as policies
from content.review.actions import resubmitting
from content.review.queries import cases

MOST_IN_BATCH = 100
BATCH = Record(
    code="payload_invalid",
    members={
        "drafts": Member(
            shape=Listed(code="batch_too_large", of=PAYLOAD, least=1, most=MOST_IN_BATCH), missing="batch_too_large"
        )
    },
)
FILTERS = {
    "state": Parameter(schema=schema_of(*STATES)),
    "kind": Parameter(),
    "language": Parameter(),
    "tag": Parameter(),
    "external_id": Parameter(),
    "updated_since": Parameter(schema={"type": "string", "format": "date-time"}),
}


class DraftResource(Resource):
    """What reads a payload."""

    def payload(self, value: object) -> DraftPayload:
        """Return a payload that was found good.

        :raises ValidationFailed: with all faults.
        """
        strict = "handling=strict" in self.request.headers.get("Prefer", "").replace(" ", "")
        read = read_payload(value, source=self.caller.source, kinds=conf.kinds, at=self.at, strict=strict)
        if read.policy and read.policy not in {policy.slug for policy in policies.policies()}:
            faults = Faults()
            faults.add("/policy", "policy_unknown", "There is no policy of this name.")
            faults.refuse_any()
        return read


class Drafts(DraftResource):
    """All drafts of a source."""

    @operation(
        Operation(
            id="drafts_create",
            summary="Post a draft",
            scope=Scope.DRAFTS_WRITE,
            request=PAYLOAD,
            answers={201: "Draft", 200: "Draft"},
            refuses=(409,),
            takes_key=True,
            has_etag=True,
        )
    )
    def post(self, _request: Request) -> Answer:
        """Take a new draft; the same payload again finds it, another one under the same external_id is refused."""
        payload = self.payload(self.json())
        received = receiving.receive_draft(payload=payload, by=self.machine, at=self.at)
        return new_draft_answer(received.draft, created=received.created)

    @operation(
        Operation(
            id="drafts_list",
            summary="List drafts, newest first",
            scope=Scope.DRAFTS_READ,
            answers={200: "DraftPage"},
            parameters={**FILTERS, **PAGING},
        )
    )
    def get(self, request: Request) -> Answer:
        """Return a page of drafts."""
        query = request.GET
        filters = {name: query[name] for name in FILTERS if name in query} | {"list": "drafts"}
        state = choice(query, "state", STATES)
        size = page_size(query)
        narrowed = DraftFilter(
            **{name: short(query, name) for name in ("kind", "language", "tag", "external_id")},
            updated_since=moment(query, "updated_since"),
            before=uuid_key(key_of(query.get("after", ""), filters=filters)),
            limit=size + 1,
        )
        rows = drafts.drafts_of_source(
            source_id=self.machine.source_id,
            mode=self.machine.mode,
            narrowed=narrowed,
            among=cases.drafts_in_state(state=state) if state not in {"", RECEIVED} else None,
            outside=cases.drafts_with_a_case() if state == RECEIVED else None,
        )
        shown = rows[:size]
        ids = [DraftId(draft.pk) for draft in shown]
        posted, states = drafts.machine_revisions_of(draft_ids=ids), cases.states_of(draft_ids=ids)
        results = [
            draft_members(draft, posted[draft.pk], state=states.get(DraftId(draft.pk), RECEIVED)) for draft in shown
        ]
        following = cursor_after(str(ids[-1]), filters=filters) if len(rows) > size else None
        return answer({"results": results, "next": following})


class Batch(DraftResource):
    """Many drafts in one request."""

    @operation(
        Operation(
            id="drafts_batch",
            summary="Post up to 100 drafts",
            scope=Scope.DRAFTS_WRITE,
            request=BATCH,
            answers={200: "Batch"},
            most_bytes=8 * ONE_MEBIBYTE,
            most_a_minute=60,
            takes_key=True,
        )
    )
    def post(self, _request: Request) -> Answer:
        """Take many drafts; each stands for itself."""
        value = self.json(most_keys=MOST_IN_BATCH * 12_000)
        rows = value.get("drafts") if isinstance(value, dict) and set(value) == {"drafts"} else None
        if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_IN_BATCH:
            raise BatchTooLarge(f'Send {{"drafts": [...]}} with 1 to {MOST_IN_BATCH} drafts.')
        read = [self._read_one(row) for row in rows]
        good = [row for row in read if isinstance(row, DraftPayload)]
        received = iter(receiving.receive_batch(payloads=good, by=self.machine, at=self.at))
        results = [
            _row(index, next(received) if isinstance(row, DraftPayload) else row) for index, row in enumerate(read)
        ]
        counts = {word: sum(row["status"] == word for row in results) for word in ("created", "unchanged", "failed")}
        return answer(counts | {"results": results})

    def _read_one(self, row: object) -> DraftPayload | ReviewDeskError:
        try:
            return self.payload(row)
        except ReviewDeskError as refusal:
            return refusal


def _row(index: int, outcome: receiving.Received | ReviewDeskError) -> dict[str, Any]:
    if isinstance(outcome, ReviewDeskError):
        return {"index": index, "status": "failed", "problem": body_of(outcome)}
    status = "created" if outcome.created else "unchanged"
    draft = outcome.draft
    return {"index": index, "status": status, "draft": {"id": draft.pk, "external_id": draft.external_id}}


class OneDraft(DraftResource):
    """One draft."""

    WITH: ClassVar = {"include": Parameter(schema=schema_of("text"), note="`text` brings the body as it is stored.")}

    @operation(
        Operation(
            id="drafts_read",
            summary="Read a draft",
            scope=Scope.DRAFTS_READ,
            answers={200: "Draft"},
            parameters=WITH,
            has_etag=True,
        )
    )
    def get(self, request: Request, ref: str) -> Answer:
        """Return a draft as it stands."""
        include = choice(request.GET, "include", ("text",))
        return draft_answer(self.draft(ref), include_text=bool(include))

    @operation(
        Operation(
            id="drafts_replace",
            summary="Send a new machine text",
            scope=Scope.DRAFTS_WRITE,
            request=PAYLOAD,
            answers={200: "Draft"},
            refuses=(409,),
            takes_key=True,
            needs_match=True,
            has_etag=True,
        )
    )
    def put(self, _request: Request, ref: str) -> Answer:
        """Add a machine revision; what people wrote stays, and every sign-off of the open case is voided."""
        draft = self.draft(ref)
        answered = resubmitting.resubmit(
            draft_id=DraftId(draft.pk),
            payload=self.payload(self.json()),
            expected_etag=self.expected_etag,
            by=self.machine,
            at=self.at,
        )
        now = self.draft(ref)
        return draft_answer(now, placement=answered.placement.value, changed=answered.changed)

    @operation(
        Operation(
            id="drafts_amend",
            summary="Change priority, due time, tags or context",
            scope=Scope.DRAFTS_WRITE,
            request=AMENDMENT,
            media_types=("application/merge-patch+json", "application/json"),
            answers={200: "Draft"},
            needs_match=True,
            has_etag=True,
        )
    )
    def patch(self, _request: Request, ref: str) -> Answer:
        """Change what is not text."""
        draft = self.draft(ref)
        receiving.amend_draft(
            draft_id=draft.pk, patch=self.json(), expected_etag=self.expected_etag, by=self.machine, at=self.at
        )
        return draft_answer(self.draft(ref))
