"""Record facts, and keep the books of the work that follows them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q

from content.actors import Actor, Person, id_of, kind_of, require, require_system
from content.events.after_commit import Announcement, WakeUp
from content.events.chain import FIRST, Link
from content.events.facts import SYSTEM_CHAIN, Fact, JobDropped, JobReplayed, Plain
from content.events.flow import JobKind, JobLeaseLost, JobNotFound, Queue, installed
from content.events.frames import Step, note_events
from content.events.models import Event, Job, JobFailure, JobState
from content.events.writing import action, quiet_action
from content.permissions import Permission

SWEEP_LIMIT = 2000
RESEND_AFTER = timedelta(seconds=30)
WAITS_AT_MOST = 60
WAIT_SECONDS = 5
KEEP_DONE = timedelta(days=14)
# One statement where Django takes two: it knows no RETURNING of an update.
CLAIM = (
    "UPDATE reviewdesk_job SET state = 'running', attempts = attempts + 1, fence = fence + 1, lease_until = %s"
    " WHERE id = %s AND state = 'ready' AND run_at <= %s AND kind IN ({}) RETURNING *"
)
SYSTEM_CHAIN_LOCK = 0x52_44_65_76  # any constant of our own: PostgreSQL advisory locks share one number space


def record(fact: Fact, *, by: Actor, at: datetime, cause: int | None = None) -> int:
    """Write the Event for `fact` and, at the end of the caller's transaction, one Job for each step that follows.

    :param cause: id of the Event that led to this one, for what the system draws from a person's act.
    :return: the Event's id.
    :raises HouseLawBroken: outside an action.
    """
    return record_each(facts=[fact], by=by, at=at, cause=cause)[0]


def record_each(*, facts: Sequence[Fact], by: Actor, at: datetime, cause: int | None = None) -> list[int]:
    """Do the same for several facts, with one statement for all Events.

    :return: the Events' ids, in order.
    :raises HouseLawBroken: outside an action.
    """
    frame = note_events(len(facts))
    rows = []
    for fact in facts:
        row = _event(fact, frame.heads.get(fact.chain), by=by, at=at, cause=cause)
        frame.heads[fact.chain] = (row.seq, row.digest)
        rows.append(row)
        transaction.on_commit(Announcement(fact, at), robust=True)
    Event.objects.bulk_create(rows)
    frame.at_end = _put_in_line
    frame.steps += [
        Step(kind=kind, fact=fact, event_id=row.pk, draft_id=row.draft_id, at=at)
        for fact, row in zip(facts, rows, strict=True)
        for kind in installed.flow.get(type(fact), ())
    ]
    return [row.pk for row in rows]


def _put_in_line(steps: Sequence[Step]) -> None:
    listened = {name: kind.listened() for name, kind in {step.kind.name: step.kind for step in steps}.items()}
    asked: dict[tuple[str, str], bool] = {}
    wanted = []
    for step in steps:
        question = (step.kind.name, step.fact.chain)
        if listened[step.kind.name] and question not in asked:
            asked[question] = step.kind.wanted(step.fact)
        if asked.get(question):
            wanted.append(step)
    if wanted:
        _enqueue(
            _job(step.kind, step.kind.payload(step.fact, step.event_id), str(step.event_id), step.at, step=step)
            for step in wanted
        )


def _event(fact: Fact, head: tuple[int, str] | None, *, by: Actor, at: datetime, cause: int | None) -> Event:
    chain = fact.chain
    seq, previous = head or _head_of(chain)
    link = Link(
        chain=chain,
        seq=seq + 1,
        fact=fact.fact,
        at=at,
        actor_kind=kind_of(by),
        actor=id_of(by),
        cause=cause,
        payload=fact.payload(),
        previous_digest=previous,
    )
    return Event(
        **{name: getattr(link, name) for name in Link.__slots__},
        draft_id=getattr(fact, "draft_id", None),
        case_id=getattr(fact, "case_id", None),
        digest=link.digest(),
    )


def _head_of(chain: str) -> tuple[int, str]:
    if chain == SYSTEM_CHAIN and connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # no draft row is locked here, so the chain itself must be
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SYSTEM_CHAIN_LOCK])
    rows = Event.objects.filter(chain=chain).order_by("-seq").values_list("seq", "digest")
    return next(iter(rows[:1]), (0, FIRST))


def _job(kind: JobKind, payload: dict[str, Plain], key: str, at: datetime, *, step: Step | None = None) -> Job:
    return Job(
        kind=kind.name,
        queue=kind.queue.value,
        priority=kind.priority,
        dedupe_key=f"{kind.name}:{key}",
        payload=payload,
        max_attempts=kind.max_attempts,
        run_at=at + timedelta(seconds=kind.due()),
        event_id=step.event_id if step else None,
        draft_id=step.draft_id if step else None,
        created_at=at,
    )


def _enqueue(made: Iterable[Job]) -> list[Job]:
    jobs = Job.objects.bulk_create(made)
    due = [(job.pk, Queue(job.queue)) for job in jobs if job.run_at <= job.created_at]
    if due:
        transaction.on_commit(WakeUp(due), robust=True)
    return jobs


@quiet_action
def enqueue(
    *, kind: str, payload: Mapping[str, Plain], key: str, by: Actor, at: datetime, due_at: datetime | None = None
) -> int:
    """Put one Job in line that follows no Event, such as the sweep of a rollup; `key` makes it unique.

    :param due_at: when it is to be worked, for work with a schedule of its own; now otherwise.
    :return: the Job's id.
    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    for existing in Job.objects.filter(dedupe_key=f"{kind}:{key}"):
        return existing.pk
    job = _job(installed.kinds[kind], dict(payload), key, at)
    job.run_at = due_at or job.run_at
    return _enqueue([job])[0].pk


@quiet_action
def ping(*, by: Actor, at: datetime) -> None:  # noqa: ARG001 (the clock is part of every action)
    """Do nothing: a Job of this kind that gets done shows that workers are alive.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)


@quiet_action
def claim_job(*, job_id: int, by: Actor, at: datetime) -> Job | None:
    """Take a ready Job for the length of its lease; None when somebody has it, it is over, or it is not due.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    for seconds, names in installed.names_by_lease.items():
        moment, end = (connection.ops.adapt_datetimefield_value(each) for each in (at, at + timedelta(seconds=seconds)))
        marks = ", ".join(["%s"] * len(names))
        for job in Job.objects.raw(CLAIM.format(marks), [end, job_id, moment, *names]):
            return job
    return None


@quiet_action
def finish_job(*, job_id: int, fence: int, effect: Callable[[], object], by: Actor, at: datetime) -> None:
    """Do a Job's work and mark it done, both in one transaction.

    :param effect: calls the Job's action.
    :raises JobLeaseLost: if the lease ran out meanwhile; the effect is rolled back with it.
    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    effect()
    done = Job.objects.filter(pk=job_id, state=JobState.RUNNING.value, fence=fence).update(
        state=JobState.DONE.value, lease_until=None, finished_at=at, last_error=""
    )
    if not done:
        raise JobLeaseLost(job_id=job_id)


@quiet_action
def postpone_job(*, job_id: int, fence: int, by: Actor, at: datetime, reason: str = "") -> None:
    """Put back a Job that came too early. The attempt does not count; after `WAITS_AT_MOST` times the Job is dead.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    mine = Job.objects.filter(pk=job_id, state=JobState.RUNNING.value, fence=fence)
    postponed = mine.filter(waits__lt=WAITS_AT_MOST).update(
        state=JobState.READY.value,
        attempts=F("attempts") - 1,
        waits=F("waits") + 1,
        lease_until=None,
        run_at=at + timedelta(seconds=WAIT_SECONDS),
        woken_at=None,
    )
    if not postponed:
        fail_job(job_id=job_id, fence=fence, code="not_yet", message=reason, permanent=True, by=by, at=at)


@quiet_action
def fail_job(*, job_id: int, fence: int, code: str, message: str, permanent: bool, by: Actor, at: datetime) -> None:
    """Note a failed attempt: the Job waits for the next one, or is dead.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    job = Job.objects.filter(pk=job_id, state=JobState.RUNNING.value, fence=fence).first()
    if job is None:
        return
    JobFailure.objects.create(job_id=job_id, attempt=job.attempts, at=at, code=code, message=message[:2000])
    dead = permanent or job.attempts >= job.max_attempts
    job.state = (JobState.DEAD if dead else JobState.READY).value
    job.lease_until = None
    job.finished_at = at if dead else None
    job.run_at = job.run_at if dead else at + installed.kinds[job.kind].pause_after(job.attempts)
    job.woken_at = None
    job.last_error = f"{code}: {message}"[:2000]
    job.save(update_fields=["state", "lease_until", "finished_at", "run_at", "woken_at", "last_error"])


@quiet_action
def sweep(*, by: Actor, at: datetime) -> int:
    """Give back Jobs whose worker died, wake again what got lost, delete what is long done.

    :return: how many Jobs were sent.
    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    lost = Job.objects.filter(state=JobState.RUNNING.value, lease_until__lt=at)
    lost.filter(attempts__gte=F("max_attempts")).update(
        state=JobState.DEAD.value,
        lease_until=None,
        finished_at=at,
        last_error="worker_lost: no attempt is left",
    )
    lost.update(state=JobState.READY.value, lease_until=None, woken_at=None)
    due = Job.objects.filter(
        Q(woken_at=None) | Q(woken_at__lt=at - RESEND_AFTER), state=JobState.READY.value, run_at__lte=at
    )
    rows = list(
        due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        .order_by("priority", "run_at", "id")
        .values_list("pk", "queue")[:SWEEP_LIMIT]
    )
    Job.objects.filter(pk__in=[pk for pk, _ in rows]).update(woken_at=at)
    Job.objects.filter(state=JobState.DONE.value, finished_at__lt=at - KEEP_DONE).delete()
    if rows:
        transaction.on_commit(WakeUp([(pk, Queue(queue)) for pk, queue in rows]), robust=True)
    return len(rows)


@action
def replay_job(*, job_id: int, by: Person, at: datetime) -> None:
    """Put a dead Job back to work with all its attempts.

    :raises JobNotFound: if it is not dead.
    :raises NotPermitted: without ASSIGN, which managers have.
    """
    require(by, Permission.ASSIGN)
    job = _lock_dead(job_id)
    Job.objects.filter(pk=job_id).update(
        state=JobState.READY.value, attempts=0, waits=0, run_at=at, finished_at=None, woken_at=None
    )
    transaction.on_commit(WakeUp([(job_id, Queue(job.queue))]), robust=True)
    record(JobReplayed(job_id=job_id, kind=job.kind), by=by, at=at)


@action
def drop_job(*, job_id: int, by: Person, at: datetime) -> None:
    """Delete a dead Job that is not needed any more; its failures stay on record.

    :raises JobNotFound: if it is not dead.
    :raises NotPermitted: without ASSIGN, which managers have.
    """
    require(by, Permission.ASSIGN)
    job = _lock_dead(job_id)
    kind = job.kind
    job.delete()
    record(JobDropped(job_id=job_id, kind=kind), by=by, at=at)


def _lock_dead(job_id: int) -> Job:
    job = Job.objects.select_for_update().filter(pk=job_id, state=JobState.DEAD.value).first()
    if job is None:
        raise JobNotFound(job_id=job_id)
    return job
