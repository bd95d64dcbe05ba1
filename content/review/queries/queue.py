"""The queue: views, filters, pages of dense rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from content.actors import Person, PersonId
from content.drafts import queries as draft_queries
from content.drafts.facts import DraftId
from content.permissions import Permission
from content.policy.verdict import Outcome
from content.review.facts import CaseId
from content.review.models import Case, GateResult, Lease, Objection, ObjectionLift, SignOff
from content.review.queries.counts import is_open, listed
from content.review.queries.reach import reached_by
from content.review.queue import COUNT_LIMIT, DUE_SOON_HOURS, PAGE, VIEWS, Cursor, parse_filters
from content.review.refusals import FilterUnknown
from content.review.states import OPEN_STATES, CaseState, SignOffKind

OPEN = [state.value for state in OPEN_STATES]
EDGE = 200
"The longest page."


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """Somebody by name. `seen_at`: when their desk last reported, for whoever holds a lease."""

    id: PersonId
    name: str
    seen_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueRow:
    """One case in the queue. `human_share` is the effective one, 0..1; None while it is being measured."""

    case_id: CaseId
    draft_id: DraftId
    state: CaseState
    title: str
    kind: str
    language: str
    source: str
    model: str
    words: int
    claims_open: int
    rules_open: int
    human_share: float | None
    human_share_needed: float | None
    claim_level: str
    priority: int
    risk: int
    opened_at: datetime
    due_at: datetime
    assignee: Holder | None
    holder: Holder | None
    was_sent_back: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class QueuePage:
    """A page of the queue. `after` asks for the next one; empty on the last."""

    rows: tuple[QueueRow, ...]
    after: str


def queue(*, view: str, by: Person, at: datetime, filters: str = "", after: str = "", limit: int = PAGE) -> QueuePage:
    """Return a page of the cases that a person may see, the most urgent first.

    :param view: one of `content.review.queue.VIEWS`.
    :param filters: such as `kind:news assignee:me heat pumps`.
    :raises FilterUnknown: for a view or filter that there is not.
    :raises CursorInvalid: if `after` is altered or was made for another list.
    """
    if view not in VIEWS:
        raise FilterUnknown(f"No view is called '{view}'.", view=view)
    name = f"{view}?{filters}"
    rows = _visible(by).filter(is_open(), _views(by, at)[view], _filtered(parse_filters(filters), by))
    if after:
        rows = rows.filter(_behind(Cursor.decode(after, list_of=name)))
    limit = max(1, min(limit, EDGE))
    found = list(_with_columns(rows)[: limit + 1])
    page = found[:limit]
    cursor = ""
    if len(found) > limit:
        last = page[-1]
        cursor = Cursor(priority=last.priority, due_at=last.due_at, risk=last.risk, id=last.pk).encode(list_of=name)
    return QueuePage(rows=_rows(page), after=cursor)


def queue_counts(*, by: Person, at: datetime) -> Mapping[str, int]:
    """Return how many cases each view holds for a person, counted to 51: more is "50+"."""
    views = _views(by, at)
    counted = (
        _visible(by)
        .filter(is_open())
        .aggregate(**{view: Count("pk", filter=condition) for view, condition in views.items()})
    )
    return {view: min(count, COUNT_LIMIT + 1) for view, count in counted.items()}


def _visible(by: Person) -> QuerySet[Case]:
    return Case.objects.filter(reached_by(person=by, permission=Permission.VIEW))


def _views(by: Person, at: datetime) -> Mapping[str, Q]:
    leases = Lease.objects.filter(case=OuterRef("pk"), ended_at=None)
    lifted = ObjectionLift.objects.filter(objection=OuterRef("pk"))
    objections = Objection.objects.filter(~Exists(lifted), case=OuterRef("pk"))
    signed = SignOff.objects.filter(case=OuterRef("pk"), person=by.id, kind=SignOffKind.EDITOR.value)
    return {
        "all": Q(state__in=OPEN),
        "mine": Q(state__in=OPEN) & (Q(assignee=by.id) | Q(Exists(leases.filter(holder=by.id)))),
        "unassigned": Q(state=CaseState.QUEUED.value, assignee=None),
        "due": Q(state__in=OPEN, due_at__lte=at + timedelta(hours=DUE_SOON_HOURS)),
        "sent_back": Q(state__in=OPEN) & Q(Exists(objections)),
        "to_approve": Q(state=CaseState.AWAITING_SECOND.value) & ~Q(Exists(signed)),
        "to_publish": Q(state=CaseState.READY.value),
    }


def _filtered(filters: Mapping[str, str], by: Person) -> Q:
    found = Q()
    for name, value in filters.items():
        match name:
            case "state":
                found &= Q(state=value)
            case "kind":
                found &= Q(draft__kind=value)
            case "source":
                found &= Q(draft__source__slug=value)
            case "language":
                found &= Q(draft__head__language=value)
            case "model":
                found &= Q(draft__in=draft_queries.drafts_made_by(model=value))
            case "assignee":
                found &= Q(assignee=by.id) if value == "me" else Q(assignee__username=value)
            case _:
                found &= Q(draft__head__title__icontains=value)
    return found


def _behind(cursor: Cursor) -> Q:
    return (
        Q(priority__lt=cursor.priority)
        | Q(priority=cursor.priority, due_at__gt=cursor.due_at)
        | Q(priority=cursor.priority, due_at=cursor.due_at, risk__lt=cursor.risk)
        | Q(priority=cursor.priority, due_at=cursor.due_at, risk=cursor.risk, pk__gt=cursor.id)
    )


def _with_columns(rows: QuerySet[Case]) -> QuerySet[Any]:
    return rows.annotate(
        title=F("draft__head__title"),
        words=F("draft__head__words"),
        language=F("draft__head__language"),
        kind=F("draft__kind"),
        source_name=F("draft__source__name"),
        **listed(),
    ).order_by("-priority", "due_at", "-risk", "id")


def _rows(cases: Sequence[Any]) -> tuple[QueueRow, ...]:
    results = GateResult.objects.in_bulk([case.judged for case in cases if case.judged])
    names = names_of(user_ids=[each for case in cases for each in (case.holder_id, case.assignee_id) if each])
    made = draft_queries.generations_of(draft_ids=[DraftId(case.draft_id) for case in cases])
    return tuple(
        _row(case, results.get(case.judged), names, str(made.get(DraftId(case.draft_id), {}).get("model", "")))
        for case in cases
    )


def _row(case: Any, result: GateResult | None, names: Mapping[int, str], model: str) -> QueueRow:
    evidence = result.evidence if result else {}
    verdicts = result.verdicts if result else []
    pending = {Outcome.PENDING.value, Outcome.ERROR.value}
    open_rules = [each for each in verdicts if each["outcome"] in pending and not each["asked"] and "level" not in each]
    needed = [each["needed"] for each in verdicts if each["rule"] == "minimum_human_share.v1" and each["needed"]]
    return QueueRow(
        case_id=CaseId(case.pk),
        draft_id=DraftId(case.draft_id),
        state=CaseState(case.state),
        title=case.title,
        kind=case.kind,
        language=case.language,
        source=case.source_name,
        model=model,
        words=case.words,
        claims_open=int(evidence.get("claims_open", 0)),
        rules_open=len(open_rules),
        human_share=evidence.get("effective_human_share"),
        human_share_needed=float(needed[0]) if needed else None,
        claim_level=result.claim_level if result else "",
        priority=case.priority,
        risk=case.risk,
        opened_at=case.opened_at,
        due_at=case.due_at,
        assignee=_person(case.assignee_id, names, None),
        holder=_person(case.holder_id, names, case.holder_seen_at),
        was_sent_back=case.objected,
    )


def _person(user_id: int | None, names: Mapping[int, str], seen_at: datetime | None) -> Holder | None:
    return None if user_id is None else Holder(id=PersonId(user_id), name=names.get(user_id, ""), seen_at=seen_at)


def names_of(*, user_ids: Sequence[int]) -> Mapping[int, str]:
    """Return the names that colleagues see, by user id."""
    if not user_ids:
        return {}
    users = get_user_model().objects.filter(pk__in=set(user_ids))
    return {user.pk: user.get_full_name() or user.get_username() for user in users}
