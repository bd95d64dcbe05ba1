"""The review desk of one case: its page, taking it, and news for a desk that stays open."""

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.actors import Person, SourceId, Subject
from content.conf import conf
from content.desk import forms, publishing, reading
from content.desk.door import call, go, json_answer, page, say, show
from content.desk.figures import Json, figures, figures_of, judged_in_sight, labels
from content.drafts import queries as draft_queries
from content.drafts.facts import DraftId
from content.permissions import Permission
from content.review.actions import leases
from content.review.facts import CaseId
from content.review.queries import cases as case_queries
from content.review.queries import desk as desk_queries
from content.review.queries.desk import DeskFacts
from content.review.refusals import CaseNotFound
from content.review.states import CaseState, Purpose
from content.web.etag import strong_etag, with_etag
from content.web.person import person

if TYPE_CHECKING:
    from content.drafts.models import WorkingCopy

WARN_AT = 0.8
"Share of a lease after which the desk warns (review.md, section 6)."
VERSIONS_SHOWN = 5


@page("GET", "HEAD", needs=Permission.VIEW)
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the desk of an open case; of one that has ended, its text and what became of it."""
    by, at = person(request), timezone.now()
    facts = desk_queries.desk(case_id=CaseId(case_id), by=by, at=at)
    if not facts.facts.is_open:
        return reading.ended(request, facts)
    context: dict[str, object] = {
        "facts": facts,
        "acts": {each.action: each for each in facts.actions},
        "holds": _holds(facts, by),
        "desk": _desk_values(facts, by, at),
        "versions": reading.lines_of(DraftId(facts.draft.pk))[:VERSIONS_SHOWN],
        "stale_copy": _stale_copy(facts),
        "reason_short": _why_read_only(facts, by),
        "passages": reading.undeclared(facts.facts.draft_id, facts.judgement.reading),
    }
    if facts.facts.state is CaseState.READY:
        context |= publishing.progress_of(facts.facts.case_id, facts.head, by, at)
    return show(request, "case/desk.html", context)


def _holds(facts: DeskFacts, by: Person) -> str:
    """Return what a person holds the case for: `edit`, `approve`, or nothing."""
    lease = facts.facts.lease
    return lease.purpose.value if lease is not None and lease.holder_id == by.id else ""


def _stale_copy(facts: DeskFacts) -> "WorkingCopy | None":
    copy = facts.working_copy
    return copy if copy is not None and copy.base_id != facts.head.pk else None


def _copy_to_edit(facts: DeskFacts) -> "WorkingCopy | None":
    copy = facts.working_copy
    return copy if copy is not None and facts.may("edit") and copy.base_id == facts.head.pk else None


def _why_read_only(facts: DeskFacts, by: Person) -> str:
    lease = facts.facts.lease
    if lease is None:
        return _("Take the draft to edit it.")
    if lease.holder_id == by.id:
        return _("The text is fixed while you approve it.")
    return _("%(who)s holds this draft.") % {"who": facts.names.get(lease.holder_id, "")}


def _desk_values(facts: DeskFacts, by: Person, at: datetime) -> Json:
    """Return what the script begins with: the text to edit or to read, and everything known about it."""
    copy = _copy_to_edit(facts)
    shown: Any = copy or facts.head
    values: Json = {
        "base": facts.head.number,
        "base_sha256": facts.head.text_sha256,
        "fence": facts.facts.fence,
        "text": shown.text,
        "original": facts.original.text,
        "fields": {"title": shown.title, "summary": shown.summary, "extras": dict(shown.extras)},
        "journal_seq": copy.seq if copy is not None and copy.trusted else 0,
        "text_only": copy is not None and not copy.trusted,
        "saved_at": (copy.saved_at if copy is not None else facts.head.created_at).isoformat(),
        "user": hashlib.sha256(f"{by.id}:{facts.draft.pk}".encode()).hexdigest()[:16],
        "case": str(facts.case.pk),
        "language": facts.head.language,
        "readonly": not facts.may("edit"),
        "readonly_reason": "" if facts.may("edit") else _why_read_only(facts, by),
        "claims_open": facts.may("check_claims"),
        "start_mode": "edit" if facts.may("edit") else "changes",
        "urls": _urls(facts),
        "lease": _lease(facts),
        "labels": labels(),
    }
    return values | _figures(facts, copy, by, at)


def _figures(facts: DeskFacts, copy: "WorkingCopy | None", by: Person, at: datetime) -> Json:
    original = facts.original.text
    if copy is None:
        return figures_of(facts.judgement, claims=facts.claims, paragraphs=facts.paragraphs, original=original)
    judgement, draft_id = judged_in_sight(case_id=facts.facts.case_id, by=by, at=at)
    return figures(judgement, draft_id=draft_id, original=original)


def _urls(facts: DeskFacts) -> dict[str, str]:
    names = {
        "workingCopy": "working_copy",
        "revisions": "revisions",
        "lease": "lease",
        "claims": "check_claims",
        "stands": "stands",
        "live": "live_case",
        "read": "read",
        "sign": "sign",
    }
    found = {key: reverse(f"reviewdesk:{name}", args=[facts.case.pk]) for key, name in names.items()}
    return found | {"live": f"{found['live']}?fence={facts.facts.fence}"}


def _lease(facts: DeskFacts) -> dict[str, str]:
    lease = facts.facts.lease
    return {} if lease is None else lease_times(lease.expires_at)


def lease_times(expires_at: datetime) -> dict[str, str]:
    """Return when a lease runs out, and when to warn of it."""
    warn_at = expires_at - timedelta(seconds=round((1 - WARN_AT) * conf.lease_seconds))
    return {"expires_at": expires_at.isoformat(), "warn_at": warn_at.isoformat()}


@page("POST")
def claim(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take a case, to edit it or to approve it."""
    purpose = forms.choice(request, "purpose", Purpose)
    leases.claim(case_id=CaseId(case_id), purpose=purpose, by=person(request), at=timezone.now())
    say(request, _("It is yours now."))
    return go("case", case_id)


@call("GET")
def live_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Answer what changed about a case: its state, its newest version, whether the asker's lease is gone."""
    found = case_queries.get_case(case_id=CaseId(case_id))
    draft, by = found.draft, person(request)
    head = draft.head or draft_queries.head_of(draft_id=draft.pk)
    subject = Subject(source_id=SourceId(draft.source_id), kind=draft.kind, language=head.language)
    if not by.may(Permission.VIEW, subject):
        raise CaseNotFound(case_id=str(case_id))
    body = {
        "case": {"state": found.state, "head": head.number, "version": draft.version},
        "lease_lost": str(draft.fence) != request.GET.get("fence", str(draft.fence)),
    }
    return with_etag(request, json_answer(body), strong_etag("case", found.state, draft.version, draft.fence))
