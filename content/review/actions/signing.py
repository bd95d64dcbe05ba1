"""A person's yes to exact bytes. Everything is judged again inside the transaction that records it."""

from datetime import datetime

from content.actors import SYSTEM, PeopleOnly, Person
from content.conf import conf
from content.drafts import queries as draft_queries
from content.drafts.refusals import UnsavedText
from content.events import actions as events
from content.events.writing import action
from content.policy.gate import GateDecision
from content.policy.verdict import Stage
from content.review import transitions
from content.review.actions.conclusions import add_result, conclude
from content.review.actions.holding import demand_lease, end_lease
from content.review.declaration import Declaration
from content.review.facts import CaseId, SignOffGiven
from content.review.login import Login, demand_fresh
from content.review.models import Case, ObjectionLift, SignOff
from content.review.queries import cases as case_queries
from content.review.queries import gate as gates
from content.review.queries.facts import Standing, standing_of, with_people, with_sign_off
from content.review.queries.gate import Judgement
from content.review.refusals import (
    DeclarationIncomplete,
    DigestMismatch,
    EvidenceNotReady,
    GatePending,
)
from content.review.statements import statement_of
from content.review.states import LeaseEnd, SignOffKind


@action
def sign(
    *,
    case_id: CaseId,
    fence: int,
    digest: str,
    policy_version: int,
    declaration: Declaration,
    authenticated_at: datetime,
    method: str,
    by: Person,
    at: datetime,
) -> SignOff:
    """Put the editor's yes to the head of a case.

    :param digest: of the text that the person was shown; `policy_version`: of the policy that it was judged under.
    :param authenticated_at: their last log-in, and `method` how: password, totp, webauthn or sso.
    :raises PeopleOnly: for anything but a person.
    :raises ReauthenticationRequired: if the log-in is too old.
    :raises UnsavedText: if something was typed after the head; save it as a version first.
    :raises DigestMismatch: if text or policy are not the ones that were shown.
    :raises EvidenceNotReady: while the text is being measured.
    :raises DeclarationIncomplete: naming the answers that are missing.
    :raises GatePending: with the verdicts that are in the way.
    :raises LeaseLost: if the lease ran out or somebody else has the case now.
    :raises NotPermitted: without SIGN.
    """
    login = Login(at=authenticated_at, method=method)
    case, standing = _held("sign", case_id, fence, login, by, at)
    _as_shown(standing, digest, policy_version)
    has_copy = _has_copy(standing, by)
    judgement = gates.judged(standing=standing, declaration=declaration, stage=Stage.SIGN, at=at)
    _demand_approval(judgement.decision, declaration, standing)
    standing = with_people(standing=standing)
    sign_off = _give(SignOffKind.EDITOR, standing, judgement, declaration, login, by, at)
    end_lease(case=case, why=LeaseEnd.SIGNED, nothing_typed=not has_copy, live=standing.live_lease, by=by, at=at)
    _follow(sign_off, with_sign_off(standing=standing, sign_off=sign_off), judgement, by, at)
    return sign_off


@action
def approve(
    *,
    case_id: CaseId,
    fence: int,
    digest: str,
    policy_version: int,
    declaration: Declaration,
    authenticated_at: datetime,
    method: str,
    by: Person,
    at: datetime,
) -> SignOff:
    """Put the second person's yes to the head of a case; their own objections are lifted with it.

    :raises PeopleOnly: for anything but a person.
    :raises NotADistinctPerson: for whoever worked on the text or signed it.
    :raises ReauthenticationRequired: if the log-in is too old.
    :raises DigestMismatch: if text or policy are not the ones that were shown.
    :raises EvidenceNotReady: while the text is being measured.
    :raises DeclarationIncomplete: naming the answers that are missing.
    :raises GatePending: with the verdicts that are in the way.
    :raises LeaseLost: if the lease ran out or somebody else has the case now.
    :raises NotPermitted: without APPROVE.
    """
    login = Login(at=authenticated_at, method=method)
    case, standing = _held("approve", case_id, fence, login, by, at)
    _as_shown(standing, digest, policy_version)
    given = gates.approval_by(standing=standing, declaration=declaration, by=by, at=at)
    judgement = gates.judged(
        standing=gates.before_approval(standing=standing, sign_off=given),
        declaration=declaration,
        stage=Stage.APPROVE,
        at=at,
    )
    _demand_approval(judgement.decision, declaration, standing)
    sign_off = _give(SignOffKind.APPROVER, standing, judgement, declaration, login, by, at)
    ObjectionLift.objects.bulk_create(
        ObjectionLift(objection_id=each.id, person_id=by.id, at=at)
        for each in standing.facts.objections
        if each.person_id == by.id
    )
    end_lease(case=case, why=LeaseEnd.APPROVED, live=standing.live_lease, by=by, at=at)
    known = with_sign_off(standing=standing, sign_off=sign_off)
    _follow(sign_off, known, judgement, by, at)
    return sign_off


def _held(act: str, case_id: CaseId, fence: int, login: Login, by: Person, at: datetime) -> tuple[Case, Standing]:
    """Return the locked case of a person who may do this now, holds it, and proved lately who they are."""
    if not isinstance(by, Person):
        raise PeopleOnly
    case = case_queries.lock_case(case_id=case_id)
    standing = standing_of(case_id=case_id, by=by)
    transitions.check(act, standing.facts, by)
    demand_lease(facts=standing.facts, fence=fence, at=at)
    demand_fresh(login.at, at=at, seconds=conf.reauthentication_seconds)
    return case, standing


def _as_shown(standing: Standing, digest: str, policy_version: int) -> None:
    facts = standing.facts
    if digest != facts.head_digest or policy_version != standing.policy.version:
        raise DigestMismatch(digest=facts.head_digest, policy_version=standing.policy.version)


def _has_copy(standing: Standing, by: Person) -> bool:
    """Tell whether there is a working copy; it must say what the head says."""
    head = standing.head
    typed = draft_queries.working_copy(draft_id=standing.facts.draft_id, person_id=by.id)
    if typed is None:
        return False
    there = (typed.text, typed.title, typed.summary, typed.extras)
    if there != (head.text, head.title, head.summary, head.extras):
        raise UnsavedText
    return True


def _demand_approval(decision: GateDecision, declaration: Declaration, standing: Standing) -> None:
    if decision.waits:
        raise EvidenceNotReady
    missing = declaration.missing(asks_public_interest=standing.body.public_interest == "asked")
    asked = [each for each in decision.blocking if each.asked]
    if missing or asked:
        sentences = " ".join(each.reason for each in asked) or "The declaration is not complete."
        raise DeclarationIncomplete(sentences, fields=missing or ("reading_note",))
    if not decision.approved:
        raise GatePending(decision.blocking)


def _give(
    kind: SignOffKind,
    standing: Standing,
    judgement: Judgement,
    declaration: Declaration,
    login: Login,
    by: Person,
    at: datetime,
) -> SignOff:
    facts, statement = standing.facts, statement_of(kind)
    assert declaration.responsible_id is not None  # noqa: S101 (an incomplete declaration is refused before)
    result = add_result(standing=standing, judgement=judgement, by=SYSTEM, at=at)
    return SignOff.objects.create(
        case_id=facts.case_id,
        revision_id=facts.head_id,
        newest_number=facts.newest_number,
        digest=facts.head_digest,
        kind=kind.value,
        person_id=by.id,
        identity_key=by.identity_key,
        contributor=by.identity_key in facts.contributors,
        policy=standing.policy,
        gate_result=result,
        evidence_digest=result.evidence_digest,
        responsible_id=declaration.responsible_id,
        statement=statement.id,
        statement_sha256=statement.sha256,
        declaration=declaration.to_value(),
        active_seconds=judgement.evidence.active_seconds,
        auth_method=login.method,
        auth_at=login.at,
        at=at,
    )


def _follow(sign_off: SignOff, standing: Standing, judgement: Judgement, by: Person, at: datetime) -> None:
    given = SignOffGiven(
        draft_id=standing.facts.draft_id,
        case_id=standing.facts.case_id,
        sign_off_id=sign_off.pk,
        kind=sign_off.kind,
        digest=sign_off.digest,
        policy_version=standing.policy.version,
    )
    cause = events.record(given, by=by, at=at)
    conclude(case_id=standing.facts.case_id, cause=cause, judgement=judgement, known=standing, at=at)
