"""Gathers everything that decides what may happen to a case, in few questions to the database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Subquery

from content.actors import Actor, Person, SourceId
from content.conf import conf
from content.drafts import queries as draft_queries
from content.drafts.facts import DraftId, RevisionId
from content.drafts.states import Origin, Placement
from content.policy import queries as policy_queries
from content.policy.body import PolicyBody
from content.review import four_eyes
from content.review.declaration import Declaration
from content.review.facts import CaseId
from content.review.models import (
    Case,
    Lease,
    Objection,
    ObjectionLift,
    SignOff,
    SignOffCarry,
    SignOffVoid,
)
from content.review.queries.counts import counted
from content.review.refusals import CaseNotFound
from content.review.situation import CaseFacts, LeaseFacts, ObjectionFacts, RevisionFacts, SignOffFacts
from content.review.states import OPEN_STATES, CaseState, Purpose, SignOffKind, VoidCause
from content.review.validity import with_validity

if TYPE_CHECKING:
    from content.drafts.models import Revision
    from content.policy.models import Policy

OPEN = frozenset(state.value for state in OPEN_STATES)


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A case as it stands: the facts, and the rows they were read from. `policy` is the one in force now."""

    facts: CaseFacts
    case: Case
    head: "Revision"
    policy: "Policy"
    leases: tuple[Lease, ...]

    @property
    def body(self) -> PolicyBody:
        """What the policy in force asks for."""
        return policy_queries.body_of(policy=self.policy)

    @property
    def live_lease(self) -> Lease | None:
        """The lease that has not ended; its time may be over."""
        return next((lease for lease in self.leases if lease.ended_at is None), None)

    def active_seconds_of(self, person_id: int) -> int:
        """Return how long a person had the text before them, gaps of more than a minute left out."""
        mine = [each for each in self.leases if each.holder_id == person_id and each.purpose == Purpose.EDIT.value]
        return sum(each.active_seconds for each in mine)


def facts_of(*, case_id: CaseId, by: Actor | None = None) -> CaseFacts:
    """Return everything that decides what may happen to a case.

    :param by: whoever asks; their leases are counted.
    :raises CaseNotFound: if there is none.
    """
    return standing_of(case_id=case_id, by=by).facts


def standing_of(*, case_id: CaseId, by: Actor | None = None) -> Standing:
    """Return a case with its facts, its head, the policy in force and its leases.

    :raises CaseNotFound: if there is none.
    """
    case = _with_counts(case_id, by)
    leases = tuple(Lease.objects.filter(case=case_id).order_by("id"))
    policy = case.policy
    if policy.state != "active" and case.state in OPEN:
        policy = policy_queries.policy_for(kind=case.draft.kind, slug=case.draft.policy_slug)
    facts = _plain(case, policy, next((lease for lease in leases if lease.ended_at is None), None))
    if case.has_sign_offs:
        facts = _with_people(facts, case, sign_offs=True)
    return Standing(facts=facts, case=case, head=case.draft.head, policy=policy, leases=leases)


def with_head(*, standing: Standing, head: "Revision") -> Standing | None:
    """Return a case after its head became another; None where sign-offs make it worth reading everything anew."""
    if standing.facts.sign_offs:
        return None
    facts = replace(
        standing.facts,
        head_id=RevisionId(head.pk),
        head_number=head.number,
        head_digest=head.digest,
        gate_approved=False,
    )
    return replace(standing, facts=facts, head=head)


def with_people(*, standing: Standing) -> Standing:
    """Return a case with who worked on its text; without sign-offs, nothing else asks for that."""
    if standing.case.has_sign_offs:  # type: ignore[attr-defined]  # an annotation
        return standing
    return replace(standing, facts=_with_people(standing.facts, standing.case, sign_offs=False))


def with_sign_off(*, standing: Standing, sign_off: SignOff) -> Standing:
    """Return a case, of which `with_people` knows, after somebody signed its head: their lease ended with it.

    An approval lifts its author's own objections.
    """
    facts = standing.facts
    given = _sign_off_facts(sign_off, number=facts.head_number, version=facts.policy_version)
    lifts = given.kind is SignOffKind.APPROVER
    changed = replace(
        facts,
        sign_offs=(*facts.sign_offs, replace(given, is_valid=True)),
        objections=tuple(each for each in facts.objections if not lifts or each.person_id != given.person_id),
        lease=None,
    )
    return replace(standing, facts=changed)


def live_lease(*, case_id: CaseId) -> Lease | None:
    """Return the lease of a case that has not ended; its time may be over."""
    return Lease.objects.filter(case=case_id, ended_at=None).first()


def _with_counts(case_id: CaseId, by: Actor | None) -> Any:
    rows = Case.objects.select_related("draft__head", "policy").defer("draft__head__journal").filter(pk=case_id)
    case = next(iter(rows.annotate(**counted(holder_id=by.id if isinstance(by, Person) else None))), None)
    if case is None:
        raise CaseNotFound(case_id=str(case_id))
    return case


def _plain(case: Any, policy: "Policy", lease: Lease | None) -> CaseFacts:
    draft, head = case.draft, case.draft.head
    return CaseFacts(
        case_id=CaseId(case.pk),
        draft_id=DraftId(draft.pk),
        state=CaseState(case.state),
        source_id=SourceId(draft.source_id),
        kind=draft.kind,
        language=head.language,
        version=draft.version,
        fence=draft.fence,
        opened_at=case.opened_at,
        head_id=RevisionId(head.pk),
        head_number=head.number,
        head_digest=head.digest,
        policy_id=policy.pk,
        policy_version=policy.version,
        four_eyes=policy_queries.body_of(policy=policy).four_eyes,
        lease=None if lease is None else _lease(lease),
        changes_asked=case.changes_requested_at is not None,
        was_published=case.was_out,
        has_comment_for_source=case.asks,
        gate_approved=bool(case.judged) and policy.pk == case.policy_id,
        leases_of_actor=case.mine,
        wip_limit=conf.wip_limit,
        open_threads=case.threads,
        objections=_objections(CaseId(case.pk)) if case.has_objections else (),
    )


def _lease(lease: Lease) -> LeaseFacts:
    return LeaseFacts(
        id=lease.pk,
        holder_id=lease.holder_id,
        purpose=Purpose(lease.purpose),
        fence=lease.fence,
        taken_at=lease.taken_at,
        seen_at=lease.seen_at,
        expires_at=lease.expires_at,
        active_seconds=lease.active_seconds,
    )


def _objections(case_id: CaseId) -> tuple[ObjectionFacts, ...]:
    lifted = ObjectionLift.objects.filter(objection=OuterRef("pk"))
    rows = Objection.objects.filter(~Exists(lifted), case=case_id).order_by("id")
    return tuple(
        ObjectionFacts(id=row.pk, person_id=row.person_id, reason_code=row.reason_code, reason=row.reason, at=row.at)
        for row in rows
    )


def _with_people(facts: CaseFacts, case: Any, *, sign_offs: bool) -> CaseFacts:
    revisions = revisions_of(draft_id=facts.draft_id)
    contributed, last = contributors_of(revisions=revisions, since=case.opened_at)
    return replace(
        facts,
        sign_offs=with_validity(sign_off_rows(case_id=facts.case_id, newest=facts.head_number), revisions)
        if sign_offs
        else (),
        contributors=contributed,
        last_author=last,
        newest_number=max((each.number for each in revisions), default=facts.head_number),
    )


def contributors_of(*, revisions: Sequence[RevisionFacts], since: datetime) -> tuple[frozenset[str], str]:
    """Return the identity keys of who changed a text since a time, and of who did last."""
    authors = four_eyes.author_ids(four_eyes.contributions(revisions, since=since))
    keys = draft_queries.identity_keys(user_ids=authors) if authors else {}
    return four_eyes.contributors(revisions, since=since, keys=keys)


def revisions_of(*, draft_id: DraftId) -> tuple[RevisionFacts, ...]:
    """Return every revision of a draft without its text, by number."""
    return tuple(
        RevisionFacts(
            id=RevisionId(line.id),
            number=line.number,
            parent_id=line.parent_id,
            origin=Origin(line.origin),
            placement=Placement(line.placement),
            author=line.author,
            digest=line.digest,
            created_at=line.created_at,
            requested_by=line.requested_by,
        )
        for line in draft_queries.revision_lines(draft_id=draft_id)
    )


def sign_off_rows(*, case_id: CaseId, newest: int) -> tuple[SignOffFacts, ...]:
    """Return the sign-offs of a case as they stand in the tables, oldest first; `is_valid` is not computed yet.

    :param newest: number of the head: a sign-off of the head itself was never carried anywhere.
    """
    cause = SignOffVoid.objects.filter(sign_off=OuterRef("pk")).values("cause")[:1]
    rows = list(
        SignOff.objects.filter(case=case_id)
        .annotate(void_cause=Subquery(cause), number=F("revision__number"), version=F("policy__version"))
        .order_by("id")
    )
    carried: dict[int, set[int]] = {}
    older = [row.pk for row in rows if row.number < newest]
    carries = SignOffCarry.objects.filter(sign_off__in=older).values_list("sign_off_id", "revision_id")
    for sign_off_id, revision_id in carries if older else ():
        carried.setdefault(sign_off_id, set()).add(revision_id)
    return tuple(
        replace(
            _sign_off_facts(row, number=row.number, version=row.version),
            carried_to=frozenset(carried.get(row.pk, ())),
            void_cause=VoidCause(row.void_cause) if row.void_cause else None,
        )
        for row in rows
    )


def _sign_off_facts(row: SignOff, *, number: int, version: int) -> SignOffFacts:
    return SignOffFacts(
        id=row.pk,
        kind=SignOffKind(row.kind),
        person_id=row.person_id,
        identity_key=row.identity_key,
        revision_id=RevisionId(row.revision_id),
        revision_number=number,
        newest_number=row.newest_number,
        digest=row.digest,
        contributor=row.contributor,
        policy_version=version,
        at=row.at,
        statement=row.statement,
        active_seconds=row.active_seconds,
        auth_method=row.auth_method,
        responsible_id=row.responsible_id,
        gate_result_id=row.gate_result_id,
        evidence_digest=row.evidence_digest,
        declaration=Declaration.from_value(row.declaration),
    )
