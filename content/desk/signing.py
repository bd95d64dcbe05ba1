"""Sign off and approve: one page that says what is signed, and the act itself. Answers outlive a new log-in."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.desk import forms, words
from content.desk.door import Again, again_status, go, is_fresh, page, prove_again, say, show
from content.desk.reading import undeclared
from content.drafts import queries as draft_queries
from content.errors import ReviewDeskError
from content.permissions import Permission
from content.policy.rules import RULES
from content.policy.verdict import Verdict
from content.review.actions import findings, signing, text
from content.review.facts import CaseId
from content.review.queries import desk as desk_queries
from content.review.queries import evidence as evidences
from content.review.queries import gate as gates
from content.review.queries.desk import SignPage
from content.review.queries.facts import facts_of
from content.review.states import PasteOrigin, SignOffKind
from content.text.diff import diff_counts, word_diff
from content.web.person import authenticated_at, authentication_method, person

KEPT = "reviewdesk-answers-{case_id}"
"Where a session keeps the answers of a sign-off while its person proves who they are."


def show_sign(
    request: HttpRequest, case_id: UUID, *, kind: SignOffKind, error: ReviewDeskError | None = None
) -> HttpResponse:
    """Show what is signed: the gate, the facts, the declaration, the public statement."""
    by, at = person(request), timezone.now()
    shown = desk_queries.sign_page(case_id=CaseId(case_id), by=by, at=at)
    if _signed_already(shown, kind, by.id, request.POST.get("digest")):
        return go("case", case_id)
    given = forms.answers(request) or request.session.get(KEPT.format(case_id=case_id), {})
    verdicts = [each for each in shown.judgement.decision.verdicts if each.outcome.value != "skipped"]
    context = {
        "sign": shown,
        "is_approval": shown.kind is SignOffKind.APPROVER,
        "gate_rows": [gate_row(each) for each in verdicts],
        "in_the_way": shown.reasons,
        "sentence": fact_sentence(shown),
        "given": given,
        "missing": _missing(error),
        "error": error,
        "tool_rows": [_tool_row(given, row) for row in forms.TOOL_ROWS],
        "fresh": is_fresh(request, at),
        "passages": undeclared(shown.facts.draft_id, shown.judgement.reading),
        "findings": evidences.open_findings(draft_id=shown.facts.draft_id, reading=shown.judgement.reading),
        "asks_reading_note": any(each.rule == "minimum_reading_time.v1" for each in verdicts if each.asked),
        "fence": shown.facts.fence,
    }
    return show(request, "case/sign.html", context, status=again_status(error))


_sign: Again = partial(show_sign, kind=SignOffKind.EDITOR)
_approve: Again = partial(show_sign, kind=SignOffKind.APPROVER)


@page("GET", "POST", "HEAD", needs=Permission.VIEW, again=_sign)
def sign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the sign-off, or give it."""
    if request.method != "POST":
        return _sign(request, case_id)
    return _give(request, case_id, signing.sign, _("Signed off."), "queue")


@page("GET", "POST", "HEAD", needs=Permission.VIEW, again=_approve)
def approve(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the approval, or give it."""
    if request.method != "POST":
        return _approve(request, case_id)
    return _give(request, case_id, signing.approve, _("Approved."), "case")


def _give(request: HttpRequest, case_id: UUID, act: Any, said: str, then: str) -> HttpResponse:
    at, given = timezone.now(), forms.answers(request)
    key = KEPT.format(case_id=case_id)
    request.session[key] = given
    if not is_fresh(request, at):
        return prove_again(request.path)
    body = _signed_body(CaseId(case_id))
    act(
        case_id=CaseId(case_id),
        fence=forms.whole(request, "fence"),
        digest=given.get("digest", ""),
        policy_version=forms.whole(request, "policy_version"),
        declaration=forms.declaration(given, body=body),
        authenticated_at=authenticated_at(request) or datetime.min.replace(tzinfo=at.tzinfo),
        method=authentication_method(request),
        by=person(request),
        at=at,
    )
    del request.session[key]
    say(request, said)
    return go(then, *([case_id] if then == "case" else []))


def _signed_body(case_id: CaseId) -> str:
    return draft_queries.head_of(draft_id=facts_of(case_id=case_id).draft_id).text


def _signed_already(shown: SignPage, kind: SignOffKind, person_id: int, digest: str | None) -> bool:
    """Tell whether a form that was sent twice did its work the first time."""
    given = {(each.kind, each.person_id, each.digest) for each in shown.facts.valid_sign_offs}
    return (kind, person_id, digest) in given


def _missing(error: ReviewDeskError | None) -> dict[str, str]:
    """Return what to say at each answer that is missing, by the field's name."""
    fields: Any = error.params.get("fields", ()) if error is not None else ()
    return {name: str(words.ANSWERS[name]) for name in fields if name in words.ANSWERS}


def gate_row(verdict: Verdict) -> dict[str, object]:
    """Return a line of the gate's table: the rule, how it stands, and its sentence or its numbers."""
    says = verdict.reason
    if not says and verdict.needed:
        is_limit = RULES[verdict.rule].needs in {"limit", "maximum"}
        template = _("%(measured)s, at most %(needed)s") if is_limit else _("%(measured)s, at least %(needed)s")
        says = template % {"measured": verdict.measured, "needed": verdict.needed}
    return {"rule": verdict.rule, "outcome": verdict.outcome.value, "asked": verdict.asked, "says": says}


def _tool_row(given: Mapping[str, str], row: int) -> dict[str, object]:
    names = ("name", "ai", "used_for", "passage")
    return {"row": row, **{name: given.get(f"tool_{name}_{row}", "") for name in names}}


def fact_sentence(shown: SignPage) -> str:
    """Return what was done, in one sentence of numbers."""
    text_, measures = shown.head.text, shown.judgement.measures
    counts = diff_counts(shown.original.text, text_, word_diff(shown.original.text, text_))
    marks = gates.claim_marks_of(judgement=shown.judgement, draft_id=shown.facts.draft_id)
    minutes = max(1, round(shown.judgement.evidence.active_seconds / 60))
    values = {
        "words": f"{counts.words_inserted:,}",
        "all": f"{int(str(measures.get('words', shown.head.words))):,}",
        "checked": marks.found - marks.open,
        "found": marks.found,
        "minutes": ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes},
    }
    if shown.kind is SignOffKind.APPROVER:
        template = _(
            "%(words)s of %(all)s words are new against the draft; %(checked)s of %(found)s claims are checked."
        )
    else:
        template = _(
            "%(words)s of %(all)s words are new against the draft, in %(minutes)s of work; "
            "%(checked)s of %(found)s claims are checked."
        )
    return template % values


@page("POST")
def keep(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make what was typed a version, so that it can be signed."""
    text.save_version(
        case_id=CaseId(case_id),
        fence=forms.whole(request, "fence"),
        base=forms.whole(request, "base"),
        by=person(request),
        at=timezone.now(),
    )
    return go("sign", case_id)


def show_passages(request: HttpRequest, case_id: UUID, *, error: ReviewDeskError | None = None) -> HttpResponse:
    """Show the pasted passages and the findings that wait for a word, each with its form."""
    by, at = person(request), timezone.now()
    shown = desk_queries.desk(case_id=CaseId(case_id), by=by, at=at)
    reading = shown.judgement.reading
    context = {
        "facts": shown,
        "passages": undeclared(shown.facts.draft_id, reading),
        "findings": evidences.open_findings(draft_id=shown.facts.draft_id, reading=reading),
        "error": error,
        "given": forms.answers(request),
    }
    return show(request, "case/passages.html", context, status=again_status(error))


_passages_again: Again = show_passages


@page("GET", "HEAD", needs=Permission.VIEW)
def passages(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show what was pasted, and what checks found."""
    return show_passages(request, case_id)


@page("POST", again=_passages_again)
def declare(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say where a pasted passage is from."""
    findings.declare_pasted(
        case_id=CaseId(case_id),
        passage=forms.text(request, "passage"),
        origin=forms.choice(request, "origin", PasteOrigin),
        source_url=forms.text(request, "source_url"),
        note=forms.text(request, "note"),
        by=person(request),
        at=timezone.now(),
    )
    say(request, _("Kept."))
    return go("passages", case_id)


@page("POST", again=_passages_again)
def dismiss(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Decide, with a reason, that what a check found may stay."""
    findings.dismiss_finding(
        case_id=CaseId(case_id),
        finding_hash=forms.text(request, "finding"),
        reason=forms.text(request, "reason"),
        by=person(request),
        at=timezone.now(),
    )
    say(request, _("Kept."))
    return go("passages", case_id)
