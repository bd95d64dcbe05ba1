"""Shapes of what the API answers about drafts and their texts."""

from typing import Final

from content.api.http.schemas import (
    COUNT,
    DIGEST,
    FREE,
    ID,
    LINKS,
    TEXT,
    TIME,
    YES,
    Schema,
    maybe,
    page,
    record,
    ref,
    some,
    word,
)
from content.drafts.intake.fields import CONTEXT, GENERATION, MARK, REQUESTED_BY
from content.drafts.intake.marks import SPAN, Extras, SourceRow
from content.drafts.states import Format, Mode, Origin, Placement, Priority
from content.permissions import Scope
from content.review.states import CaseState

STATES: Final = ("received", *(state.value for state in CaseState))
DRAFT_COMPONENTS: Final[dict[str, Schema]] = {
    "Source": record(
        slug=TEXT,
        name=TEXT,
        mode=word(*(mode.value for mode in Mode)),
        token=record(name=TEXT, lookup=TEXT, scopes=some(word(*(scope.value for scope in Scope))), expires_at=TIME),
        defaults=record(kind=TEXT, language=TEXT),
        rights=record(may_request_publication=YES, may_assert_human=YES),
        limits=record(requests_a_minute=COUNT, batch=COUNT, body_bytes=COUNT),
    ),
    "Warning": {
        "type": "object",
        "required": ["code", "detail"],
        "properties": {"code": TEXT, "detail": TEXT},
        "additionalProperties": True,
    },
    "Draft": record(
        {
            "text": TEXT,
            "placement": word(*(each.value for each in Placement)),
            "changed": YES,
            "case": maybe(ID),
            "publication": maybe(ID),
        },
        id=ID,
        external_id=TEXT,
        mode=word(*(mode.value for mode in Mode)),
        state=word(*STATES),
        version=COUNT,
        head=record(revision=COUNT, digest=DIGEST),
        kind=TEXT,
        title=TEXT,
        summary=TEXT,
        format=word(*(each.value for each in Format)),
        extras=Extras().schema(),
        language=TEXT,
        canonical_url=maybe(TEXT),
        generation=GENERATION.schema(),
        sources=maybe(some(SourceRow().schema())),
        spans=maybe(some(SPAN.schema())),
        requested_by=maybe(REQUESTED_BY.schema()),
        priority=word(*(each.value for each in Priority)),
        due_at=maybe(TIME),
        tags=some(TEXT),
        upstream_marks=some(MARK.schema()),
        policy=maybe(TEXT),
        context=CONTEXT.schema(),
        warnings=some(ref("Warning")),
        conversion=maybe(record(method=TEXT, losses=some(record(what=TEXT, count=COUNT)))),
        received=record(digest=DIGEST, bytes=COUNT, at=TIME),
        analysis=word("pending", "done"),
        links=LINKS,
    ),
    "DraftPage": page("Draft"),
    "BatchRow": record(
        {"draft": record(id=ID, external_id=TEXT), "problem": FREE},
        index=COUNT,
        status=word("created", "unchanged", "failed"),
    ),
    "Batch": record(created=COUNT, unchanged=COUNT, failed=COUNT, results=some(ref("BatchRow"))),
    "RevisionLine": record(
        number=COUNT,
        parent=maybe(COUNT),
        origin=word(*(each.value for each in Origin)),
        placement=word(*(each.value for each in Placement)),
        created_at=TIME,
        digest=DIGEST,
    ),
    "RevisionPage": page("RevisionLine"),
    "Revision": record(
        number=COUNT,
        origin=word(*(each.value for each in Origin)),
        placement=word(*(each.value for each in Placement)),
        created_at=TIME,
        digest=DIGEST,
        title=TEXT,
        summary=TEXT,
        language=TEXT,
        canonical_url=maybe(TEXT),
        extras=Extras().schema(),
        media_type=word("text/markdown", "text/plain"),
        text=TEXT,
    ),
    "Authorship": record(
        method=TEXT,
        spans=some(record(start=COUNT, end=COUNT, kind=TEXT, revision=maybe(COUNT))),
        measures=FREE,
        signals=some(FREE),
    ),
    "Diff": {
        "type": "object",
        "required": ["method", "from", "to", "ops", "counts"],
        "properties": {
            "method": TEXT,
            "from": COUNT,
            "to": COUNT,
            "ops": some(
                {
                    "type": "object",
                    "required": ["op", "from", "to"],
                    "properties": {
                        "op": word("keep", "insert", "delete", "replace"),
                        "from": some(COUNT),
                        "to": some(COUNT),
                        "from_text": TEXT,
                        "to_text": TEXT,
                    },
                    "additionalProperties": False,
                }
            ),
            "counts": record(changes=COUNT, words_inserted=COUNT, words_deleted=COUNT, inserted=COUNT, deleted=COUNT),
        },
        "additionalProperties": False,
    },
}
