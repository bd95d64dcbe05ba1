"""Remarks on a text: threads that are opened, answered, resolved, and reopened."""

from collections.abc import Mapping
from datetime import datetime

from content.actors import Machine, Person, id_of
from content.drafts.actions import counters
from content.events import actions as events
from content.events.writing import action
from content.permissions import Permission
from content.review import transitions
from content.review.actions.conclusions import conclude
from content.review.facts import CaseId, CommentAdded, ThreadReopened, ThreadResolved
from content.review.guards import Reason
from content.review.models import Case, Comment
from content.review.queries import cases as case_queries
from content.review.queries.facts import facts_of
from content.review.refusals import CommentInvalid, CommentNotFound, NotInState
from content.review.situation import CaseFacts

LONGEST = 5000
ANCHOR = {"start": int, "end": int, "revision": int, "quote": str, "prefix": str, "suffix": str}
ANCHOR_TEXT = 2000


@action
def comment(
    *,
    case_id: CaseId,
    body: str,
    by: Person | Machine,
    at: datetime,
    thread_id: int | None = None,
    anchor: Mapping[str, object] | None = None,
    for_source: bool = False,
) -> Comment:
    """Remark on a span, on the whole text, or in a thread that is there.

    :param anchor: start and end in code points, `revision` number, `quote`, and 32 code points before and after.
    :param for_source: whether it says what the Source is to change.
    :raises CommentInvalid: for an empty or too long remark, or an anchor of another shape.
    :raises CommentNotFound: if there is no such thread in this case.
    :raises NotPermitted: without COMMENT; `scope_missing` for a token without `comments:write`.
    """
    case = case_queries.lock_case(case_id=case_id)
    facts = facts_of(case_id=case_id, by=by)
    transitions.check("comment", facts, by)
    thread = None if thread_id is None else _thread(case_id, thread_id)
    made = Comment.objects.create(
        case=case,
        thread=thread,
        author_id=by.id if isinstance(by, Person) else None,
        source_id=by.source_id if isinstance(by, Machine) else None,
        body=_body(body),
        anchor=_anchor(anchor or {}),
        for_source=for_source and isinstance(by, Person),
        created_at=at,
    )
    added = CommentAdded(draft_id=facts.draft_id, case_id=case_id, comment_id=made.pk)
    counters.raise_version(draft=case.draft, by=by, at=at)
    cause = events.record(added, by=by, at=at)
    conclude(case_id=case_id, cause=cause, at=at, rejudge=thread is None)
    return made


@action
def resolve_thread(*, comment_id: int, by: Person, at: datetime) -> Comment:
    """Say that a thread is answered: whoever opened it, or whoever holds the case.

    :raises CommentNotFound: if there is no such thread.
    :raises NotInState: if it is resolved already.
    :raises NotPermitted: for anybody else.
    """
    thread, case, facts = _locked(comment_id, by)
    if thread.resolved_at is not None:
        raise NotInState("This thread is resolved already.")
    holds = facts.lease is not None and facts.lease.holder_id == by.id
    if thread.author_id != by.id and not holds and not by.may(Permission.ASSIGN, facts.subject):
        transitions.refuse(Reason(code="not_permitted", reason="Who opened a thread or holds the case resolves it."))
    thread.resolved_at, thread.resolved_by = at, f"person:{id_of(by)}"
    thread.save(update_fields=["resolved_at", "resolved_by"])
    resolved = ThreadResolved(draft_id=facts.draft_id, case_id=facts.case_id, comment_id=thread.pk)
    counters.raise_version(draft=case.draft, by=by, at=at)
    cause = events.record(resolved, by=by, at=at)
    conclude(case_id=facts.case_id, cause=cause, at=at)
    return thread


@action
def reopen_thread(*, comment_id: int, by: Person, at: datetime) -> Comment:
    """Ask for an answer again.

    :raises CommentNotFound: if there is no such thread.
    :raises NotInState: if it is open.
    :raises NotPermitted: without COMMENT.
    """
    thread, case, facts = _locked(comment_id, by)
    if thread.resolved_at is None:
        raise NotInState("This thread is open.")
    thread.resolved_at, thread.resolved_by = None, ""
    thread.save(update_fields=["resolved_at", "resolved_by"])
    reopened = ThreadReopened(draft_id=facts.draft_id, case_id=facts.case_id, comment_id=thread.pk)
    counters.raise_version(draft=case.draft, by=by, at=at)
    cause = events.record(reopened, by=by, at=at)
    conclude(case_id=facts.case_id, cause=cause, at=at)
    return thread


def _locked(comment_id: int, by: Person) -> tuple[Comment, Case, CaseFacts]:
    thread = Comment.objects.filter(pk=comment_id, thread=None).first()
    if thread is None:
        raise CommentNotFound(comment_id=comment_id)
    case = case_queries.lock_case(case_id=CaseId(thread.case_id))
    thread.refresh_from_db()
    facts = facts_of(case_id=CaseId(thread.case_id), by=by)
    transitions.check("resolve_thread", facts, by)
    return thread, case, facts


def _thread(case_id: CaseId, thread_id: int) -> Comment:
    thread = Comment.objects.filter(pk=thread_id, case=case_id, thread=None).first()
    if thread is None:
        raise CommentNotFound(comment_id=thread_id)
    return thread


def _body(body: str) -> str:
    text = body.strip()
    if not text or len(text) > LONGEST:
        raise CommentInvalid
    return text


def _anchor(anchor: Mapping[str, object]) -> dict[str, object]:
    for name, value in anchor.items():
        kind = ANCHOR.get(name)
        if kind is None or type(value) is not kind:
            raise CommentInvalid(f"An anchor has no '{name}' of this kind.", field=f"anchor/{name}")
        if isinstance(value, str) and len(value) > ANCHOR_TEXT:
            raise CommentInvalid("This passage is too long to hang a remark on.", field=f"anchor/{name}")
    return dict(anchor)
