"""From a foreign payload to what a draft is made of. Refuses with all faults at once; warns where it may go on."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from content.drafts.attested import digest_of_fields
from content.drafts.intake.fields import MOST_BODY_BYTES, PAYLOAD
from content.drafts.intake.filter import filtered
from content.drafts.intake.html import to_markdown
from content.drafts.intake.marks import check_spans, shifted
from content.drafts.intake.shapes import Faults
from content.drafts.intake.warnings import Warned, warnings_of
from content.drafts.refusals import TextTooLarge
from content.drafts.states import Format, Priority
from content.errors import Invalid
from content.proof.digest import digest_of
from content.proof.jcs import jcs
from content.text.canonical import canonical
from content.text.segments import word_count

AHEAD_AT_MOST: Final = timedelta(minutes=5)
DUE_AT_MOST: Final = timedelta(days=731)


class ConversionLossy(Invalid):
    """The HTML holds what Markdown cannot carry, and you asked for strict handling; `losses` lists it."""

    code = "conversion_lossy"


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFacts:
    """What of a Source matters to what it posts."""

    id: int
    slug: str
    name: str
    default_kind: str
    default_language: str
    intake_filter: str
    may_assert_human: bool
    may_request_publication: bool
    requests_a_minute: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftPayload:
    """A payload that was found good. `text` is what is stored; `received` the body as sent where it differs, or None.

    `payload_digest` is over the RFC 8785 form of the parsed payload without nulls; `digest` the content digest.
    """

    external_id: str
    kind: str
    title: str
    summary: str
    text: str
    format: Format
    extras: Mapping[str, str]
    language: str
    generation: Mapping[str, Any]
    sources: list[dict[str, Any]] | None
    spans: list[dict[str, Any]] | None
    requested_by: Mapping[str, str]
    priority: Priority
    due_at: datetime | None
    tags: list[str]
    canonical_url: str
    upstream_marks: list[dict[str, Any]]
    policy: str
    context: Mapping[str, Any]
    payload_digest: str
    digest: str
    text_sha256: str
    words: int
    received: str | None
    received_digest: str
    received_bytes: int
    losses: list[dict[str, Any]]
    warnings: list[dict[str, Any]]


def read_payload(
    value: object, *, source: SourceFacts, kinds: tuple[str, ...], at: datetime, strict: bool = False
) -> DraftPayload:
    """Read a payload.

    :param kinds: the kinds that are configured.
    :param strict: refuse HTML that loses something (`Prefer: handling=strict`).
    :raises ValidationFailed: with all faults, each with its JSON pointer and code.
    :raises TextTooLarge: if the body, or the Markdown made of it, is over 512 KiB.
    :raises ConversionLossy: with `strict`, if the conversion loses something.
    :raises IntakeFilterFailed: if the source's filter could not read it.
    :raises HtmlTooDeep: if HTML stands in itself too deep.
    """
    faults = Faults()
    if isinstance(value, dict):
        value = filtered(source.intake_filter, value)
    fields = PAYLOAD.read(value, "", faults) or {}
    _check(fields, kinds=kinds, at=at, faults=faults)
    faults.refuse_any()
    body: str = fields["body"]
    encoded = body.encode()
    _require_size(encoded)
    form = Format(fields.get("format", Format.MARKDOWN.value))
    text, losses = to_markdown(body) if form is Format.HTML else (body, [])
    text = canonical(text)
    if losses and strict:
        raise ConversionLossy(losses=losses)
    if form is Format.HTML:
        _require_size(text.encode())
    return _payload(fields, value, source=source, at=at, form=form, body=encoded, text=text, losses=losses)


def _payload(
    fields: Mapping[str, Any],
    value: object,
    *,
    source: SourceFacts,
    at: datetime,
    form: Format,
    body: bytes,
    text: str,
    losses: list[dict[str, Any]],
) -> DraftPayload:
    stored = text.encode()
    signed: dict[str, Any] = {
        "title": fields["title"],
        "summary": fields.get("summary", ""),
        "language": fields.get("language", source.default_language),
        "extras": fields.get("extras", {}),
        "canonical_url": fields.get("canonical_url", ""),
    }
    spans, unverified = _spans(fields, may_assert_human=source.may_assert_human)
    due_at = fields.get("due_at")
    warned = Warned(text=text, form=form, due_at=due_at, lossy=bool(losses), unverified=unverified, **_visible(signed))
    return DraftPayload(
        **signed,
        **_declared(fields, source),
        due_at=due_at,
        spans=spans,
        text=text,
        format=form,
        payload_digest=digest_of(jcs(_without_nulls(value))),
        digest=digest_of_fields(text=text, format_=form, **signed),
        text_sha256=hashlib.sha256(stored).hexdigest(),
        words=word_count(text),
        received=None if stored == body else fields["body"],
        received_digest=digest_of(body),
        received_bytes=len(body),
        losses=losses,
        warnings=warnings_of(warned, at=at),
    )


def _declared(fields: Mapping[str, Any], source: SourceFacts) -> dict[str, Any]:
    return {
        "external_id": fields["external_id"],
        "kind": fields.get("kind", source.default_kind),
        "generation": _generation(fields["generation"]),
        "sources": fields.get("sources"),
        "requested_by": fields.get("requested_by", {}),
        "priority": Priority(fields.get("priority", Priority.NORMAL.value)),
        "tags": fields.get("tags", []),
        "upstream_marks": fields.get("upstream_marks", []),
        "policy": fields.get("policy", ""),
        "context": fields.get("context", {}),
    }


def _visible(signed: Mapping[str, Any]) -> dict[str, Any]:
    return {"title": signed["title"], "summary": signed["summary"], "language": signed["language"]}


def _check(fields: Mapping[str, Any], *, kinds: tuple[str, ...], at: datetime, faults: Faults) -> None:
    if "kind" in fields and fields["kind"] not in kinds:
        faults.add("/kind", "kind_unknown", f"One of: {', '.join(kinds)}.")
    generated_at = fields.get("generation", {}).get("generated_at")
    if generated_at is not None and generated_at > at + AHEAD_AT_MOST:
        faults.add("/generation/generated_at", "time_invalid", "This is more than 5 minutes ahead.")
    if fields.get("due_at") is not None and fields["due_at"] > at + DUE_AT_MOST:
        faults.add("/due_at", "time_invalid", "This is more than 2 years ahead.")
    if "spans" in fields and fields.get("format") == Format.HTML.value:
        faults.add("/spans", "spans_unsupported", "Spans count characters of text; they cannot point into HTML.")
    elif "spans" in fields and "body" in fields:
        sources = len(fields.get("sources") or [])
        check_spans(fields["spans"], body=fields["body"], sources=sources, faults=faults)


def _require_size(body: bytes) -> None:
    if len(body) > MOST_BODY_BYTES:
        raise TextTooLarge(maximum=MOST_BODY_BYTES, bytes=len(body))


def _spans(fields: Mapping[str, Any], *, may_assert_human: bool) -> tuple[list[dict[str, Any]] | None, bool]:
    spans: list[dict[str, Any]] | None = fields.get("spans")
    if spans is None:
        return None, False
    spans = shifted(spans, fields["body"])
    if may_assert_human or not any(span["origin"] == "human" for span in spans):
        return spans, False
    return [span | ({"origin": "unknown"} if span["origin"] == "human" else {}) for span in spans], True


def _generation(generation: Mapping[str, Any]) -> dict[str, Any]:
    generated_at = generation.get("generated_at")
    return dict(generation) | ({"generated_at": generated_at.isoformat()} if generated_at else {})


def _without_nulls(value: Any) -> Any:
    return {key: each for key, each in value.items() if each is not None}
