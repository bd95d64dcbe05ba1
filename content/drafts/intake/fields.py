"""The draft payload as one table: every field with its shape, its limits and the code that refuses it."""

from typing import Any, Final

from content.drafts.intake.marks import SPAN, Extras, SourceRow, Url
from content.drafts.intake.shapes import Anything, Choice, Faults, Listed, Member, Record, Text, Time
from content.drafts.states import Format, Priority

MOST_BODY_BYTES: Final = 512 * 1024
TITLE: Final = Text(code="title_invalid", least=1, most=300, one_line=True)
SUMMARY: Final = Text(code="too_long", most=1_000)
EXTRAS: Final = Extras()
TAGS: Final = Listed(
    code="tags_invalid",
    of=Text(code="tags_invalid", least=1, most=50, one_line=True, pattern="[^,]+"),
    most=20,
)
PRIORITY: Final = Choice(code="priority_unknown", words=tuple(word.value for word in Priority))
DUE_AT: Final = Time(code="time_invalid")
CONTEXT: Final = Anything(code="context_invalid")
DIGEST_PATTERN: Final = "sha256:[0-9a-f]{64}"
MARK_KINDS: Final = ("c2pa", "watermark", "iptc", "ai_disclosure", "none_found", "not_checked")


class Body:
    """The text, at most 512 KiB of UTF-8; that limit is checked apart, because it has a status of its own."""

    def read(self, value: object, at: str, faults: Faults) -> str | None:
        """Return the text."""
        if isinstance(value, str) and value.strip():
            return value
        faults.add(at, "body_blank", "The text of the draft may not be blank.")
        return None

    def schema(self) -> dict[str, Any]:
        """Describe it."""
        return {"type": "string", "minLength": 1, "maxLength": MOST_BODY_BYTES}


GENERATION: Final = Record(
    code="generation_invalid",
    members={
        "provider": Member(shape=Text(code="generation_invalid", least=1, most=100), missing="generation_invalid"),
        "model": Member(shape=Text(code="generation_invalid", least=1, most=200), missing="generation_invalid"),
        "version": Member(shape=Text(code="generation_invalid", most=100)),
        "prompt_digest": Member(shape=Text(code="digest_invalid", most=71, pattern=DIGEST_PATTERN)),
        "parameters": Member(shape=Anything(code="parameters_invalid", depth=3)),
        "generated_at": Member(shape=Time(code="time_invalid"), note="At most 5 minutes ahead."),
    },
)
REQUESTED_BY: Final = Record(
    code="requested_by_invalid",
    members={
        "subject": Member(shape=Text(code="requested_by_invalid", least=1, most=200), missing="requested_by_invalid"),
        "name": Member(shape=Text(code="requested_by_invalid", most=200)),
    },
)
MARK: Final = Record(
    code="marks_invalid",
    members={
        "kind": Member(shape=Choice(code="marks_invalid", words=MARK_KINDS), missing="marks_invalid"),
        "detail": Member(shape=Text(code="marks_invalid", most=500)),
        "digest": Member(shape=Text(code="marks_invalid", most=71, pattern=DIGEST_PATTERN)),
    },
)
PAYLOAD: Final = Record(
    code="payload_invalid",
    members={
        "external_id": Member(
            shape=Text(code="external_id_invalid", most=200, pattern=r"[A-Za-z0-9][A-Za-z0-9._:~@+\-]{0,199}"),
            missing="external_id_invalid",
            note="The CMS's own id of the text; unique within the source.",
        ),
        "kind": Member(
            shape=Text(code="kind_unknown", most=40), note="A configured kind; picks the policy. Default: the source's."
        ),
        "title": Member(shape=TITLE, missing="title_invalid"),
        "summary": Member(shape=SUMMARY),
        "body": Member(shape=Body(), missing="body_blank", note="1 byte to 512 KiB of UTF-8."),
        "format": Member(
            shape=Choice(code="format_unknown", words=tuple(word.value for word in Format)), note="Default: markdown."
        ),
        "extras": Member(shape=EXTRAS, note="Other texts of the page: teaser, meta_title, alt.<id>, caption.<id>, ..."),
        "language": Member(
            shape=Text(code="language_invalid", most=35, pattern=r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"),
            note="BCP 47. Default: the source's.",
        ),
        "generation": Member(shape=GENERATION, missing="generation_missing", note="How the machine made the text."),
        "sources": Member(shape=Listed(code="sources_invalid", of=SourceRow(), most=100), note="Absent: not known."),
        "spans": Member(
            shape=Listed(code="spans_invalid", of=SPAN, most=2_000),
            note="Code points of `body` as sent, half-open, sorted. Absent: all of it is from the machine.",
        ),
        "requested_by": Member(shape=REQUESTED_BY, note="Who prompted; counts as a contributor for four eyes."),
        "priority": Member(shape=PRIORITY, note="Default: normal."),
        "due_at": Member(shape=DUE_AT, note="At most 2 years ahead."),
        "tags": Member(shape=TAGS),
        "canonical_url": Member(shape=Url(code="url_invalid", canonical=True), note="Is signed with the text."),
        "upstream_marks": Member(shape=Listed(code="marks_invalid", of=MARK, most=20), note="Absent: not checked."),
        "policy": Member(shape=Text(code="policy_unknown", least=1, most=60, pattern="[a-z0-9][a-z0-9_-]*")),
        "context": Member(shape=CONTEXT, note="Echoed in answers and webhooks, never shown to readers."),
    },
    example={
        "external_id": "wp:1:17",
        "title": "Heat pumps in old houses",
        "body": "# Heat pumps in old houses\n\nA heat pump can warm an old house.",
        "format": "markdown",
        "language": "en",
        "generation": {"provider": "unknown", "model": "writer-9", "generated_at": "2026-11-22T09:00:00Z"},
        "due_at": "2026-11-24T16:00:00Z",
    },
)
