"""What people do with a case but edit and sign it: each act has a page, which a dialog of the desk shows too."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.actors import PersonId
from content.desk import forms
from content.desk.door import again_status, go, page, say, show
from content.desk.reading import seen
from content.drafts import queries as draft_queries
from content.drafts.states import Priority
from content.errors import ReviewDeskError
from content.permissions import PERMISSIONS_OF, Permission
from content.review.actions import cases, closing, comments, leases, second
from content.review.facts import CaseId
from content.review.queries.queue import names_of
from content.web.person import person

Run = Callable[[HttpRequest, CaseId], object]
EVERYBODY = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One act: its heading, what to say when it is done, and where to go then."""

    name: str
    heading: str | Promise
    done: str | Promise
    run: Run
    then: str = "queue"


def _release(request: HttpRequest, case_id: CaseId) -> object:
    reason = forms.text(request, "reason")
    return leases.release(case_id=case_id, reason=reason, by=person(request), at=timezone.now())


def _hand_over(request: HttpRequest, case_id: CaseId) -> object:
    to = draft_queries.person_of(user_id=PersonId(forms.whole(request, "to")))
    note = forms.text(request, "note")
    return leases.hand_over(case_id=case_id, to=to, note=note, by=person(request), at=timezone.now())


def _send_back(request: HttpRequest, case_id: CaseId) -> object:
    return second.send_back(
        case_id=case_id,
        reason_code=forms.text(request, "reason_code"),
        reason=forms.text(request, "reason"),
        by=person(request),
        at=timezone.now(),
    )


def _request_changes(request: HttpRequest, case_id: CaseId) -> object:
    return second.request_changes(case_id=case_id, by=person(request), at=timezone.now())


def _reject(request: HttpRequest, case_id: CaseId) -> object:
    return closing.reject(
        case_id=case_id,
        reason_code=forms.text(request, "reason_code"),
        reason=forms.text(request, "reason"),
        by=person(request),
        at=timezone.now(),
    )


def _withdraw(request: HttpRequest, case_id: CaseId) -> object:
    reason = forms.text(request, "reason")
    return closing.withdraw(case_id=case_id, reason=reason, by=person(request), at=timezone.now())


ACTS = {
    each.name: each
    for each in (
        Act(name="release", heading=_("Give the draft back"), done=_("The draft is free again."), run=_release),
        Act(name="hand_over", heading=_("Hand the draft over"), done=_("Handed over."), run=_hand_over),
        Act(name="send_back", heading=_("Send back to the editor"), done=_("Sent back."), run=_send_back),
        Act(
            name="request_changes",
            heading=_("Ask the source for another text"),
            done=_("The source was asked."),
            run=_request_changes,
        ),
        Act(name="reject", heading=_("Reject this draft"), done=_("Rejected."), run=_reject, then="case"),
        Act(name="withdraw", heading=_("Withdraw this draft"), done=_("Withdrawn."), run=_withdraw, then="case"),
    )
}


def show_act(request: HttpRequest, case_id: UUID, *, name: str, error: ReviewDeskError | None = None) -> HttpResponse:
    """Show the page of an act with its form."""
    case, _draft, head = seen(case_id, person(request))
    context = {
        "case": case,
        "head": head,
        "act": ACTS[name],
        "form": f"reviewdesk/case/forms/{name}.html",
        "given": forms.answers(request),
        "error": error,
        "colleagues": colleagues(Permission.CLAIM) if name == "hand_over" else [],
    }
    return show(request, "case/act.html", context, status=again_status(error))


@page("GET", "POST", "HEAD", needs=Permission.VIEW, again=show_act)
def act(request: HttpRequest, case_id: UUID, *, name: str) -> HttpResponse:
    """Show the form of an act, or do it."""
    if request.method != "POST":
        return show_act(request, case_id, name=name)
    chosen = ACTS[name]
    chosen.run(request, CaseId(case_id))
    say(request, str(chosen.done))
    return go(chosen.then, *([case_id] if chosen.then == "case" else []))


def colleagues(permission: Permission) -> list[tuple[int, str]]:
    """Return who holds a permission, by name."""
    grants = draft_queries.grants(limit=EVERYBODY)
    ids = {grant.user_id for grant in grants if permission in PERMISSIONS_OF[_role(grant)]}
    return sorted(names_of(user_ids=list(ids)).items(), key=lambda row: row[1].casefold())


def _role(grant: Any) -> Any:
    return next(role for role in PERMISSIONS_OF if role.value == grant.role)


def show_comments(request: HttpRequest, case_id: UUID, *, error: ReviewDeskError | None = None) -> HttpResponse:
    """Show the comment form once more, with what was in the way."""
    case, _draft, head = seen(case_id, person(request))
    asked = {name: request.GET.get(name, "") for name in ("thread", "for_source")}
    context = {"case": case, "head": head, "given": asked | forms.answers(request), "error": error}
    return show(request, "case/comment.html", context, status=again_status(error))


@page("GET", "POST", "HEAD", needs=Permission.VIEW, again=show_comments)
def comment(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write a comment, or an answer to one."""
    if request.method != "POST":
        return show_comments(request, case_id)
    comments.comment(
        case_id=CaseId(case_id),
        body=forms.text(request, "body"),
        thread_id=forms.whole_or_none(request, "thread"),
        for_source=forms.text(request, "for_source") == forms.YES,
        by=person(request),
        at=timezone.now(),
    )
    return go("case", case_id)


@page("POST")
def resolve(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Close a question, or open it again."""
    change = comments.reopen_thread if forms.text(request, "reopen") == forms.YES else comments.resolve_thread
    change(comment_id=forms.whole(request, "thread"), by=person(request), at=timezone.now())
    return go("case", case_id)


@page("POST")
def lift(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Lift an objection."""
    second.lift_objection(
        objection_id=forms.whole(request, "objection"),
        reason=forms.text(request, "reason"),
        by=person(request),
        at=timezone.now(),
    )
    say(request, str(_("The objection is lifted.")))
    return go("case", case_id)


def show_plan(request: HttpRequest, case_id: UUID, *, error: ReviewDeskError | None = None) -> HttpResponse:
    """Show who a case is meant for, its priority and its due time, to change them."""
    case, _draft, head = seen(case_id, person(request))
    context = {
        "case": case,
        "head": head,
        "given": forms.answers(request),
        "error": error,
        "priorities": [(each.rank, each.value) for each in Priority],
        "colleagues": colleagues(Permission.CLAIM),
    }
    return show(request, "case/plan.html", context, status=again_status(error))


@page("GET", "HEAD", needs=Permission.ASSIGN)
def plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show who a case is meant for."""
    return show_plan(request, case_id)


@page("POST", again=show_plan)
def assign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say who a case is meant for."""
    user_id = forms.whole_or_none(request, "assignee")
    cases.assign(case_id=CaseId(case_id), user_id=user_id, by=person(request), at=timezone.now())
    return go("plan", case_id)


@page("POST", again=show_plan)
def prioritize(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say how urgent a case is."""
    priority = forms.choice(request, "priority", Priority)
    cases.set_priority(case_id=CaseId(case_id), priority=priority, by=person(request), at=timezone.now())
    return go("plan", case_id)


@page("POST", again=show_plan)
def schedule(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say by when a case is due."""
    due_at = forms.moment(request, "due_at")
    cases.set_due(case_id=CaseId(case_id), due_at=due_at, by=person(request), at=timezone.now())
    return go("plan", case_id)
