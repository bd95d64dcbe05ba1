"""Everything that the review desk, the sign-off dialog and the API show about one case, each thing from one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from content.actors import Actor, Person, System
from content.drafts import queries as draft_queries
from content.events import queries as event_queries
from content.permissions import Permission
from content.policy.verdict import Stage, Verdict
from content.review import transitions
from content.review.facts import CaseId
from content.review.guards import Reason
from content.review.models import Case, Comment, ResponsibleParty
from content.review.queries import claims as claim_queries
from content.review.queries import evidence as evidences
from content.review.queries import gate as gates
from content.review.queries.facts import Standing, standing_of
from content.review.queries.gate import Judgement
from content.review.queries.queue import names_of
from content.review.refusals import CaseNotFound
from content.review.situation import CaseFacts
from content.review.statements import Statement, statement_of
from content.review.states import CaseState, SignOffKind
from content.review.transitions import TABLE

if TYPE_CHECKING:
    from content.drafts.models import Draft, Revision, WorkingCopy
    from content.events.models import Event
    from content.policy.models import Policy

OFFERED = (
    *("claim", "claim_to_approve", "release", "hand_over", "edit", "check_claims", "declare_pasted"),
    *("dismiss_finding", "comment", "sign", "approve", "send_back", "request_changes", "assign", "reject", "withdraw"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class AllowedAction:
    """Whether somebody may do something now, through which door, and if not, everything that is in the way."""

    action: str
    ok: bool
    door: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskFacts:
    """All that the desk shows. `names` has the names of everybody who appears, by user id."""

    case: Case
    draft: "Draft"
    head: "Revision"
    original: "Revision"
    working_copy: "WorkingCopy | None"
    policy: "Policy"
    facts: CaseFacts
    judgement: Judgement
    claims: tuple[claim_queries.ClaimRow, ...]
    paragraphs: tuple[claim_queries.ParagraphRow, ...]
    threads: tuple["Thread", ...]
    actions: tuple[AllowedAction, ...]
    names: dict[int, str]

    def may(self, action: str) -> bool:
        """Tell whether an action is offered."""
        return any(each.ok for each in self.actions if each.action == action)


@dataclass(frozen=True, kw_only=True, slots=True)
class Thread:
    """A comment and its answers, oldest first."""

    opening: Comment
    answers: tuple[Comment, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SignPage:
    """All that the sign-off dialog shows and sends back."""

    case: Case
    head: "Revision"
    original: "Revision"
    policy: "Policy"
    facts: CaseFacts
    kind: SignOffKind
    judgement: Judgement
    statement: Statement
    parties: tuple[ResponsibleParty, ...]
    asks_public_interest: bool
    publishes_at_once: bool
    reasons: tuple[Reason, ...]
    has_unsaved_text: bool


def desk(*, case_id: CaseId, by: Person, at: datetime) -> DeskFacts:
    """Return everything that the desk of a case shows a person, about their own working copy where they have one.

    :raises CaseNotFound: if there is none, or the person may not see it.
    """
    standing = _seen_by(case_id, by)
    head = standing.head
    draft_id = standing.facts.draft_id
    judgement = gates.judged(standing=standing, at=at)
    reading = judgement.reading
    facts = transitions.without_lapsed_lease(standing.facts, at)
    threads = threads_of(case_id=case_id)
    return DeskFacts(
        case=standing.case,
        draft=standing.case.draft,
        head=head,
        original=draft_queries.original_of(draft_id=draft_id),
        working_copy=draft_queries.working_copy(draft_id=draft_id, person_id=by.id),
        policy=standing.policy,
        facts=facts,
        judgement=judgement,
        claims=claim_queries.claims_of(draft_id=draft_id, text=head.text, language=head.language),
        paragraphs=claim_queries.paragraphs_of(draft_id=draft_id, reading=reading),
        threads=threads,
        actions=_allowed(standing, judgement, by, at),
        names=dict(names_of(user_ids=_people(standing, threads))),
    )


def sign_page(*, case_id: CaseId, by: Person, at: datetime) -> SignPage:
    """Return everything that the sign-off dialog shows: the editor's in review, the approver's after that.

    :raises CaseNotFound: if there is none, or the person may not see it.
    """
    standing = _seen_by(case_id, by)
    second = standing.facts.state is CaseState.AWAITING_SECOND
    kind = SignOffKind.APPROVER if second else SignOffKind.EDITOR
    judgement = gates.judged(standing=standing, at=at, stage=Stage.APPROVE if second else Stage.SIGN)
    typed = draft_queries.working_copy(draft_id=standing.facts.draft_id, person_id=by.id)
    allowed = {each.action: each for each in _allowed(standing, judgement, by, at)}
    return SignPage(
        case=standing.case,
        head=standing.head,
        original=draft_queries.original_of(draft_id=standing.facts.draft_id),
        policy=standing.policy,
        facts=standing.facts,
        kind=kind,
        judgement=judgement,
        statement=statement_of(kind),
        parties=tuple(evidences.responsible_parties(at=at)),
        asks_public_interest=standing.body.public_interest == "asked",
        publishes_at_once=standing.body.publish == "when_ready",
        reasons=allowed["approve" if second else "sign"].reasons,
        has_unsaved_text=typed is not None and typed.text != standing.head.text,
    )


def allowed_actions(*, case_id: CaseId, by: Actor, at: datetime) -> tuple[AllowedAction, ...]:
    """Return every action on a case with whether `by` may do it now and, if not, everything that is in the way.

    :raises CaseNotFound: if there is no such case.
    """
    standing = standing_of(case_id=case_id, by=by)
    return _allowed(standing, gates.judged(standing=standing, at=at), by, at)


def threads_of(*, case_id: CaseId) -> tuple[Thread, ...]:
    """Return the threads of a case with their answers, oldest first."""
    rows = list(Comment.objects.filter(case=case_id).order_by("id"))
    answers: dict[int, list[Comment]] = {}
    for row in rows:
        if row.thread_id is not None:
            answers.setdefault(row.thread_id, []).append(row)
    return tuple(Thread(opening=row, answers=tuple(answers.get(row.pk, ()))) for row in rows if row.thread_id is None)


def history_of(*, case_id: CaseId, limit: int = 500) -> Sequence["Event"]:
    """Return the Events of a case's draft, newest first.

    :raises CaseNotFound: if there is no such case.
    """
    return list(event_queries.history_of(draft_id=standing_of(case_id=case_id).facts.draft_id, limit=limit))


def _seen_by(case_id: CaseId, by: Person) -> Standing:
    standing = standing_of(case_id=case_id, by=by)
    if not by.may(Permission.VIEW, standing.facts.subject):
        raise CaseNotFound(case_id=str(case_id))
    return standing


def _people(standing: Standing, threads: Sequence[Thread]) -> list[int]:
    facts = standing.facts
    comments = [each for thread in threads for each in (thread.opening, *thread.answers)]
    found: list[int | None] = [
        standing.case.assignee_id,
        facts.lease.holder_id if facts.lease else None,
        *(each.person_id for each in facts.sign_offs),
        *(each.person_id for each in facts.objections),
        *(each.author_id for each in comments),
    ]
    return [each for each in found if each is not None]


def _allowed(standing: Standing, judgement: Judgement, by: Actor, at: datetime) -> tuple[AllowedAction, ...]:
    facts = transitions.without_lapsed_lease(standing.facts, at)
    found = []
    for name in OFFERED:
        action = _variant(name, facts, by)
        reasons = transitions.refusals(action, facts, by)
        if name in {"sign", "approve"} and facts.is_open and not isinstance(by, System):
            reasons = (*reasons, *_of_the_gate(name, standing, judgement, by, at))
        door = "api" if TABLE[action].scope is not None and not isinstance(by, Person) else "desk"
        found.append(AllowedAction(action=name, ok=not reasons, door=door, reasons=reasons))
    return tuple(found)


def _variant(name: str, facts: CaseFacts, by: Actor) -> str:
    """Return the row of the table that an offered action takes here: two have one for each of two situations."""
    if name == "request_changes" and facts.state is CaseState.AWAITING_SECOND:
        return "request_changes_as_approver"
    someone_else = facts.lease is not None and isinstance(by, Person) and facts.lease.holder_id != by.id
    return "release_for" if name == "release" and someone_else else name


def _of_the_gate(name: str, standing: Standing, judgement: Judgement, by: Actor, at: datetime) -> tuple[Reason, ...]:
    if not isinstance(by, Person):
        return ()
    decision = judgement.decision
    if name == "approve":
        given = gates.approval_by(standing=standing, by=by, at=at)
        as_given = gates.before_approval(standing=standing, sign_off=given)
        decision = gates.judged_again(judgement=judgement, standing=as_given, stage=Stage.APPROVE, at=at).decision
    elif decision.stage is not Stage.SIGN:
        decision = gates.judged_again(judgement=judgement, standing=standing, stage=Stage.SIGN, at=at).decision
    return tuple(_reason(verdict) for verdict in decision.not_asked)


def _reason(verdict: Verdict) -> Reason:
    code = verdict.code if verdict.code == "evidence_not_ready" else "gate_pending"
    params = {name: value for name, value in verdict.params.items() if isinstance(value, str | int)}
    return Reason(code=code, reason=verdict.reason, rule=verdict.rule, params=params)
