"""What the editor's script asks for while somebody writes: save, make a version, keep the lease, check claims."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from content.desk import forms
from content.desk.cases import lease_times
from content.desk.door import call, json_answer
from content.desk.figures import Json, figures, judged_in_sight
from content.drafts import queries as draft_queries
from content.drafts.facts import DraftId
from content.drafts.journal import parse_entries
from content.review.actions import claims, leases, text
from content.review.actions.text import SavedText
from content.review.facts import CaseId
from content.review.queries import cases as case_queries
from content.review.states import Basis, ClaimState
from content.web.person import person

Body = Mapping[str, object]


@call("PATCH")
def working_copy(request: HttpRequest, case_id: UUID) -> JsonResponse:
    """Keep what is being typed and answer how the text stands; what comes too late is kept beside it."""
    body, at = forms.body_of(request), timezone.now()
    if body.get("late") is True:
        return _keep_late(request, CaseId(case_id), body, at)
    saved = _save(request, CaseId(case_id), body, at)
    return json_answer(_saved_values(saved, CaseId(case_id)))


@call("POST")
def revisions(request: HttpRequest, case_id: UUID) -> JsonResponse:
    """Make what is being typed a version. What was typed since the last save comes with the request."""
    body, at, by = forms.body_of(request), timezone.now(), person(request)
    base, fence = forms.number_in(body, "base"), forms.number_in(body, "fence")
    if _brings_text(body):
        _save(request, CaseId(case_id), body, at)
    note = forms.text_in(body, "note")
    saved = text.save_version(case_id=CaseId(case_id), fence=fence, base=base, note=note, by=by, at=at)
    revision = saved.revision
    values = {"number": revision.number, "sha256": revision.text_sha256, "saved_at": at.isoformat()}
    draft_id = DraftId(revision.draft_id)
    original = draft_queries.original_of(draft_id=draft_id).text
    return json_answer(values | figures(saved.judgement, draft_id=draft_id, original=original))


def _brings_text(body: Body) -> bool:
    journal = body.get("journal")
    entries = journal.get("entries") if isinstance(journal, dict) else None
    return bool(entries or body.get("fields") or "text" in body)


def _save(request: HttpRequest, case_id: CaseId, body: Body, at: datetime) -> SavedText:
    entries, base_sha256 = _journal(body)
    fields = _fields(body)
    return text.save_text(
        case_id=case_id,
        fence=forms.number_in(body, "fence"),
        base=forms.number_in(body, "base"),
        start=forms.number_in(body, "from"),
        entries=parse_entries(entries),
        base_sha256=base_sha256,
        sha256=forms.text_in(body, "sha256"),
        text=forms.text_in(body, "text") if "text" in body else None,
        by=person(request),
        at=at,
        **fields,
    )


def _journal(body: Body) -> tuple[Sequence[object], str]:
    journal = body.get("journal")
    if journal is None:
        return [], ""
    if not isinstance(journal, dict) or not isinstance(journal.get("entries"), list):
        raise forms.BodyInvalid(field="journal")
    return journal["entries"], forms.text_in(journal, "base_sha256")


def _fields(body: Body) -> dict[str, Any]:
    given = body.get("fields") or {}
    if not isinstance(given, dict):
        raise forms.BodyInvalid(field="fields")
    found: dict[str, Any] = {name: forms.text_in(given, name) for name in ("title", "summary") if name in given}
    return found | ({"extras": forms.texts_in(given["extras"], "extras")} if "extras" in given else {})


def _saved_values(saved: SavedText, case_id: CaseId) -> Json:
    draft_id = DraftId(case_queries.get_case(case_id=case_id).draft_id)
    original = draft_queries.original_of(draft_id=draft_id).text
    values = {"seq": saved.seq, "sha256": saved.sha256, "saved_at": saved.saved_at.isoformat()}
    return values | figures(saved.judgement, draft_id=draft_id, original=original)


def _keep_late(request: HttpRequest, case_id: CaseId, body: Body, at: datetime) -> JsonResponse:
    """Keep the text of somebody whose lease is over, as a version beside the text."""
    base = forms.number_in(body, "base")
    draft_id = DraftId(case_queries.get_case(case_id=case_id).draft_id)
    before = draft_queries.revision(draft_id=draft_id, number=base)
    fields = _fields(body)
    kept = text.keep_late_text(
        case_id=case_id,
        base=base,
        text=forms.text_in(body, "text"),
        title=fields.get("title", before.title),
        summary=fields.get("summary", before.summary),
        extras=fields.get("extras", before.extras),
        by=person(request),
        at=at,
    )
    return json_answer({"kept_as": kept.number})


@call("POST")
def lease(request: HttpRequest, case_id: UUID) -> JsonResponse:
    """Extend a lease: somebody is there."""
    fence = forms.number_in(forms.body_of(request), "fence")
    held = leases.renew(case_id=CaseId(case_id), fence=fence, by=person(request), at=timezone.now())
    return json_answer(lease_times(held.expires_at))


@call("POST")
def check_claims(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep what a person found about one claim, and answer how the text stands then."""
    body, at = forms.body_of(request), timezone.now()
    state = forms.word_in(body, "state", ClaimState)
    settled_by = {ClaimState.CORRECT, ClaimState.CORRECTED}
    claims.check_claims(
        case_id=CaseId(case_id),
        sentence_hashes=[forms.text_in(body, "sentence_hash")],
        state=state,
        basis=forms.word_in(body, "basis", Basis) if state in settled_by else None,
        source_url=forms.text_in(body, "source_url"),
        note=forms.text_in(body, "note"),
        by=person(request),
        at=at,
    )
    return _checked(request, CaseId(case_id), at)


@call("POST")
def stands(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep that a person read a paragraph and vouches for it as it is."""
    body, at = forms.body_of(request), timezone.now()
    hashes = body.get("sentence_hashes")
    if not isinstance(hashes, list) or not all(isinstance(each, str) for each in hashes):
        raise forms.BodyInvalid(field="sentence_hashes")
    claims.check_claims(
        case_id=CaseId(case_id), sentence_hashes=hashes, state=ClaimState.STANDS, by=person(request), at=at
    )
    return _checked(request, CaseId(case_id), at)


def _checked(request: HttpRequest, case_id: CaseId, at: datetime) -> HttpResponse:
    """Answer how the text stands that the person sees: what they type, or the newest version."""
    judgement, draft_id = judged_in_sight(case_id=case_id, by=person(request), at=at)
    original = draft_queries.original_of(draft_id=draft_id).text
    return json_answer(figures(judgement, draft_id=draft_id, original=original))
