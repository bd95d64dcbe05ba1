"""The whole flow on one page: which work follows which fact, and how one Job is worked. Knows nothing of Celery."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.dispatch import Signal
from django.utils import timezone

from content.actors import SYSTEM
from content.attestation.actions import sequencing
from content.attestation.facts import AttestationIssued, AttestationRevoked, AttestationSigned, KeyRegistered
from content.authorship import actions as authorship
from content.authorship import queries as authorship_queries
from content.authorship.facts import RevisionAttributed
from content.conf import conf
from content.drafts.actions import answers, rendering
from content.drafts.facts import DraftId, DraftReceived, DraftResubmitted, RevisionSaved
from content.errors import NotFound, Refused, ReviewDeskError
from content.events import actions as events
from content.events import flow, signals
from content.events import queries as event_queries
from content.events.facts import FACTS, Fact
from content.events.flow import Flow, JobKind, NotYet, Queue, Wake, arguments
from content.insights import actions as insights
from content.language import actions as language
from content.language.facts import DraftAnalyzed
from content.lineage import actions as lineage
from content.lineage.facts import DraftIndexed
from content.policy.facts import PolicyActivated
from content.publishing.actions import deliveries, issuing, releasing, requests, withdrawing
from content.publishing.facts import (
    DraftPublished,
    PublicationFailed,
    PublicationRequested,
    PublicationRetracted,
)
from content.publishing.queries import endpoints
from content.review.actions import cases, judging, leases
from content.review.facts import CaseOpened, CaseReady, SignOffGiven, SignOffVoided
from content.review.queries import cases as case_queries

if TYPE_CHECKING:
    from content.events.models import Job

log = logging.getLogger("reviewdesk.jobs")

CRITICAL, INTERACTIVE, DELIVERY, NLP, BULK = Queue


def _has_a_case(fact: Fact) -> bool:
    """Tell whether a draft was in the queue already; what records its facts holds its lock."""
    return case_queries.has_case(draft_id=DraftId(UUID(fact.chain)))


def _waits_for_a_case(fact: Fact) -> bool:
    return not _has_a_case(fact)


# ---------------------------------------------------------------- the steps
PING = JobKind(name="events.ping", action=events.ping, queue=INTERACTIVE, priority=1)
RENDER = JobKind(
    name="drafts.render", action=rendering.render, prepare=rendering.prepare_rendering, queue=INTERACTIVE, priority=6
)
INDEX_DRAFT = JobKind(name="lineage.index_draft", action=lineage.index_draft, queue=INTERACTIVE)
ATTRIBUTE = JobKind(name="authorship.attribute", action=authorship.attribute, queue=INTERACTIVE)
ANALYZE = JobKind(name="language.analyze", action=language.analyze, prepare=language.read_text, queue=NLP)
OPEN_CASE = JobKind(
    name="review.open_case", action=cases.open_case, queue=INTERACTIVE, priority=4, wanted=_waits_for_a_case
)
NOTE_REVISION = JobKind(name="review.note_revision", action=judging.note_revision, queue=INTERACTIVE)
JUDGE = JobKind(name="review.judge", action=judging.judge, queue=INTERACTIVE, wanted=_has_a_case)
JUDGE_UNDER_POLICY = JobKind(name="review.judge_under_policy", action=judging.judge_under_policy, queue=BULK)
REQUEST_WHEN_READY = JobKind(
    name="publishing.request_when_ready", action=requests.request_when_ready, queue=INTERACTIVE, priority=4
)
ISSUE = JobKind(
    name="attestation.issue",
    action=issuing.issue,
    prepare=issuing.prepare_issue,
    queue=CRITICAL,
    due=lambda: conf.publish_undo_seconds,
)
SEQUENCE_LOG = JobKind(
    name="attestation.sequence_log",
    action=sequencing.sequence_log,
    prepare=sequencing.prepare_checkpoint,
    queue=CRITICAL,
    priority=3,
)
PUBLISH = JobKind(
    name="publishing.publish", action=releasing.publish, prepare=releasing.prepare_publish, queue=CRITICAL
)
REVOKE_RETRACTED = JobKind(
    name="publishing.revoke_retracted",
    action=withdrawing.revoke_retracted,
    prepare=withdrawing.prepare_retracted,
    queue=CRITICAL,
)
REVOKE_UNPUBLISHED = JobKind(
    name="publishing.revoke_unpublished",
    action=withdrawing.revoke_unpublished,
    prepare=withdrawing.prepare_unpublished,
    queue=CRITICAL,
)
INDEX_PUBLICATION = JobKind(
    name="lineage.index_publication",
    action=lineage.index_publication,
    prepare=authorship_queries.origins_for_index,
    queue=BULK,
)
RETIRE = JobKind(name="lineage.retire_publication", action=lineage.retire_publication, queue=BULK)
FAN_OUT = JobKind(
    name="publishing.fan_out",
    action=deliveries.fan_out,
    queue=DELIVERY,
    listened=endpoints.anybody_listens,
)
DELIVER = JobKind(
    name="publishing.deliver", action=deliveries.deliver, prepare=deliveries.prepare_delivery, queue=DELIVERY
)
EXPIRE_LEASES = JobKind(name="review.expire_leases", action=leases.expire_leases, queue=CRITICAL)
ROLL_UP = JobKind(name="insights.roll_up", action=insights.roll_up, queue=BULK)
PURGE_ANSWERS = JobKind(name="drafts.purge_answers", action=answers.purge_answers, queue=BULK)

# ---------------------------------------------------------------- what follows what
STEPS: Flow = {
    DraftReceived: (INDEX_DRAFT, ATTRIBUTE, ANALYZE, RENDER),
    DraftResubmitted: (INDEX_DRAFT, ATTRIBUTE, ANALYZE, RENDER),
    DraftAnalyzed: (OPEN_CASE,),
    DraftIndexed: (JUDGE,),
    RevisionSaved: (ATTRIBUTE, ANALYZE, RENDER, NOTE_REVISION),
    RevisionAttributed: (JUDGE,),
    PolicyActivated: (JUDGE_UNDER_POLICY,),
    CaseReady: (REQUEST_WHEN_READY,),
    PublicationRequested: (ISSUE,),
    AttestationSigned: (SEQUENCE_LOG,),
    AttestationIssued: (PUBLISH,),
    DraftPublished: (INDEX_PUBLICATION,),
    PublicationFailed: (REVOKE_UNPUBLISHED,),
    PublicationRetracted: (REVOKE_RETRACTED, RETIRE),
    AttestationRevoked: (SEQUENCE_LOG,),
    KeyRegistered: (SEQUENCE_LOG,),
}
PERIODIC: tuple[JobKind, ...] = (EXPIRE_LEASES, ROLL_UP, PURGE_ANSWERS)
SIGNALS: Mapping[type[Fact], Signal] = {
    DraftReceived: signals.draft_received,
    CaseOpened: signals.case_opened,
    RevisionSaved: signals.revision_saved,
    SignOffGiven: signals.signed_off,
    SignOffVoided: signals.signoff_voided,
    AttestationIssued: signals.attested,
    DraftPublished: signals.published,
    PublicationRetracted: signals.retracted,
}


def _told(facts: Flow) -> Flow:
    """Return `facts` with FAN_OUT after every fact that Sources may hear about."""
    known = [FACTS[name] for name in FACTS]
    return {fact: (*facts.get(fact, ()), *((FAN_OUT,) if fact.wire != "internal" else ())) for fact in known}


FLOW: Flow = _told(STEPS)
KINDS: tuple[JobKind, ...] = tuple(
    {kind.name: kind for kind in (PING, DELIVER, *PERIODIC, *(k for kinds in FLOW.values() for k in kinds))}.values()
)


def install(*, wake: Wake = flow.installed.wake) -> None:
    """Hand the flow to `events`, which follows it without knowing the parts."""
    flow.install(flow=FLOW, kinds=KINDS, wake=wake, announce=announce)


def announce(fact: Fact, at: datetime) -> None:
    """Tell the host project's listeners about a fact, after commit."""
    signal: Signal | None = SIGNALS.get(type(fact))
    if signal is not None:
        signal.send_robust(sender=type(fact), fact=fact, at=at)


def run_job(job_id: int, *, clock: Callable[[], datetime] = timezone.now) -> bool:
    """Work one Job: claim it, do its work, and mark it done in the transaction of its effect.

    What we refuse on purpose for good (not found, not permitted) makes the Job dead at once; anything else is tried
    again until its attempts are used up.

    :return: False if there was nothing to do: somebody has it, it is over, or it is not due.
    """
    job = events.claim_job(job_id=job_id, by=SYSTEM, at=clock())
    if job is None:
        return False
    try:
        _work(job, clock)
    except NotYet as wait:
        events.postpone_job(job_id=job.pk, fence=job.fence, reason=str(wait), by=SYSTEM, at=clock())
    except Exception as error:
        log.exception("job_failed", extra={"job": job.pk, "kind": job.kind, "attempt": job.attempts})
        code = error.code if isinstance(error, ReviewDeskError) else type(error).__name__
        events.fail_job(
            job_id=job.pk,
            fence=job.fence,
            code=code,
            message=str(error),
            permanent=isinstance(error, NotFound | Refused),
            by=SYSTEM,
            at=clock(),
        )
    return True


def _work(job: "Job", clock: Callable[[], datetime]) -> None:
    kind = flow.installed.kinds[job.kind]
    asked = arguments(job.payload)
    if kind.prepare is not None:
        asked["prepared"] = kind.prepare(**asked, at=clock())
    at = clock()
    effect = partial(kind.action, **asked, by=SYSTEM, at=at)
    events.finish_job(job_id=job.pk, fence=job.fence, effect=effect, by=SYSTEM, at=at)


def tick(*, at: datetime) -> None:
    """Put the work of each minute in line, once however often this is called."""
    minute = at.strftime("%Y-%m-%dT%H:%M")
    for kind in PERIODIC:
        events.enqueue(kind=kind.name, payload={}, key=minute, by=SYSTEM, at=at)


def run_ready(*, limit: int = 1000, clock: Callable[[], datetime] = timezone.now) -> int:
    """Work Jobs that are due, oldest first by priority, until none is left or `limit` are done.

    :return: how many were worked.
    """
    worked = 0
    while worked < limit:
        due = event_queries.due_jobs(at=clock(), limit=limit - worked)
        if not due:
            break
        worked += sum(run_job(job_id, clock=clock) for job_id in due)
    return worked
