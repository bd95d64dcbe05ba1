"""The texts of a draft, who wrote them, and what changed between two of them."""

from typing import TYPE_CHECKING, Any

from rest_framework.request import Request

from content.api.http.answers import answer
from content.api.http.cursors import cursor_after, key_of
from content.api.http.operations import Operation, Parameter, operation
from content.api.http.parameters import PAGING, choice, number_key, page_size, schema_of, short
from content.api.http.refusals import ParameterInvalid
from content.api.http.resource import Resource
from content.authorship import queries as authorship
from content.drafts import queries as drafts
from content.drafts.answers import Answer
from content.drafts.attested import media_type
from content.drafts.facts import DraftId, RevisionId
from content.drafts.refusals import RevisionNotFound
from content.drafts.states import Format
from content.permissions import Scope
from content.review.facts import CaseId
from content.review.queries import cases, sign_offs
from content.text.diff import METHOD, diff_counts, word_diff

if TYPE_CHECKING:
    from content.drafts.models import Draft, Revision

NAMES = ("machine", "signed", "head")
END = Parameter(note="A number, `machine` (the first text), `signed` (the newest signed one) or `head`.")


class Revisions(Resource):
    """All texts of a draft."""

    @operation(
        Operation(
            id="revisions_list",
            summary="List the revisions of a draft, oldest first",
            scope=Scope.DRAFTS_READ,
            answers={200: "RevisionPage"},
            parameters=PAGING,
        )
    )
    def get(self, request: Request, ref: str) -> Answer:
        """Return revisions without their texts."""
        draft, size = self.draft(ref), page_size(request.GET)
        filters = {"list": f"revisions:{draft.pk}"}
        after = number_key(key_of(request.GET.get("after", ""), filters=filters)) or 0
        lines = drafts.revision_lines(draft_id=draft.pk)
        numbers = {line.id: line.number for line in lines}
        rows = [line for line in lines if line.number > after]
        results = [
            {
                "number": line.number,
                "parent": numbers.get(line.parent_id or 0),
                "origin": line.origin,
                "placement": line.placement,
                "created_at": line.created_at,
                "digest": line.digest,
            }
            for line in rows[:size]
        ]
        following = cursor_after(str(rows[size - 1].number), filters=filters) if len(rows) > size else None
        return answer({"results": results, "next": following})


class OneRevision(Resource):
    """One text, byte for byte."""

    @operation(
        Operation(
            id="revisions_read",
            summary="Read a revision",
            scope=Scope.DRAFTS_READ,
            answers={200: "Revision"},
            has_etag=True,
        )
    )
    def get(self, _request: Request, ref: str, number: int) -> Answer:
        """Return a revision with its text."""
        draft = self.draft(ref)
        row = drafts.revision(draft_id=draft.pk, number=number)
        body = {
            "number": row.number,
            "origin": row.origin,
            "placement": row.placement,
            "created_at": row.created_at,
            "digest": row.digest,
            "title": row.title,
            "summary": row.summary,
            "language": row.language,
            "canonical_url": row.canonical_url or None,
            "extras": row.extras,
            "media_type": media_type(Format(draft.format)),
            "text": row.text,
        }
        return answer(body, etag=f"{row.number}-{row.digest}")


class Authorship(Resource):
    """Who wrote which words of a text."""

    @operation(
        Operation(
            id="revisions_authorship",
            summary="Read who wrote which words",
            scope=Scope.DRAFTS_READ,
            answers={200: "Authorship"},
            refuses=(409,),
            has_etag=True,
        )
    )
    def get(self, _request: Request, ref: str, number: int) -> Answer:
        """Return spans, measures and signals; 409 `evidence_not_ready` for the moment that measuring takes."""
        row = drafts.revision(draft_id=self.draft(ref).pk, number=number)
        found = authorship.attribution_of(revision_id=RevisionId(row.pk))
        spans = [
            {"start": span.start, "end": span.end, "kind": str(span.kind), "revision": span.revision}
            for span in found.spans
        ]
        signals = [{"name": each.name, "severity": each.severity, "count": each.count} for each in found.signals]
        body = {"method": found.method, "spans": spans, "measures": dict(found.measures), "signals": signals}
        return answer(body, etag=f"{row.number}-{found.method}-{found.text_sha256[:12]}")


class Diff(Resource):
    """What changed between two texts."""

    @operation(
        Operation(
            id="drafts_diff",
            summary="Read what changed between two revisions",
            scope=Scope.DRAFTS_READ,
            answers={200: "Diff"},
            parameters={"from": END, "to": END, "include": Parameter(schema=schema_of("text"))},
            has_etag=True,
        )
    )
    def get(self, request: Request, ref: str) -> Answer:
        """Return the operations of `word_diff.v1`, in code points."""
        draft = self.draft(ref)
        old = self._end(draft, short(request.GET, "from") or "machine", "from")
        new = self._end(draft, short(request.GET, "to") or "head", "to")
        with_text = bool(choice(request.GET, "include", ("text",)))
        changes = word_diff(old.text, new.text)
        counts = diff_counts(old.text, new.text, changes)
        body = {
            "method": METHOD,
            "from": old.number,
            "to": new.number,
            "ops": _operations(old.text, new.text, changes, with_text=with_text),
            "counts": {
                "changes": counts.changes,
                "words_inserted": counts.words_inserted,
                "words_deleted": counts.words_deleted,
                "inserted": counts.code_points_inserted,
                "deleted": counts.code_points_deleted,
            },
        }
        return answer(body, etag=f"{old.digest[7:19]}-{new.digest[7:19]}-{int(with_text)}-{METHOD}")

    def _end(self, draft: "Draft", name: str, parameter: str) -> "Revision":
        if name.isascii() and name.isdecimal() and len(name) < 7:  # noqa: PLR2004 (no draft has a million revisions)
            return drafts.revision(draft_id=draft.pk, number=int(name))
        if name == "machine":
            return drafts.original_of(draft_id=draft.pk)
        if name == "head":
            return drafts.head_of(draft_id=draft.pk)
        if name == "signed":
            return _signed(draft)
        raise ParameterInvalid(f"{parameter} is a number or one of: {', '.join(NAMES)}.", parameter=parameter)


def _signed(draft: "Draft") -> "Revision":
    case = cases.case_of(draft_id=DraftId(draft.pk))
    valid = sign_offs.valid_sign_offs(case_id=CaseId(case.pk)) if case is not None else ()
    if not valid:
        raise RevisionNotFound("No revision of this draft is signed.")
    return drafts.revision(draft_id=draft.pk, number=max(each.revision_number for each in valid))


def _operations(old: str, new: str, changes: Any, *, with_text: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    at_old = at_new = 0
    for change in changes:
        if change.from_a > at_old or change.from_b > at_new:
            found.append({"op": "keep", "from": [at_old, change.from_a], "to": [at_new, change.from_b]})
        gone, come = change.to_a > change.from_a, change.to_b > change.from_b
        word = "replace" if gone and come else "delete" if gone else "insert"
        row: dict[str, Any] = {
            "op": word,
            "from": [change.from_a, change.to_a],
            "to": [change.from_b, change.to_b],
        }
        if with_text:
            row |= {"from_text": old[change.from_a : change.to_a], "to_text": new[change.from_b : change.to_b]}
        found.append(row)
        at_old, at_new = change.to_a, change.to_b
    if at_old < len(old):
        found.append({"op": "keep", "from": [at_old, len(old)], "to": [at_new, len(new)]})
    return found
