"""Event: the append-only, hash-chained record. Job: the work that follows. JobFailure: what went wrong with it."""

from enum import StrEnum
from typing import Self, TypeVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

M = TypeVar("M", bound=models.Model)


class AppendOnlyRows(models.QuerySet[M]):
    """Rows that are only ever added; triggers in the database refuse the rest as well."""

    def update(self, **_: object) -> int:
        """Refuse.

        :raises TypeError: always.
        """
        raise TypeError(f"{self.model.__name__} is append-only.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse.

        :raises TypeError: always.
        """
        raise TypeError(f"{self.model.__name__} is append-only.")


class AppendOnly(models.Manager[M]):
    """The manager of tables whose rows are never changed or deleted."""

    def get_queryset(self) -> AppendOnlyRows[M]:
        """Return all rows, as ones that refuse to be changed."""
        return AppendOnlyRows(self.model, using=self._db)


class Event(models.Model):
    """One fact, for ever. `chain` is a draft's id or `system`; `seq` counts from 1 within it."""

    chain = models.CharField(max_length=36)
    seq = models.PositiveIntegerField()
    fact = models.CharField(max_length=80)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor = models.CharField(max_length=40)
    draft_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    cause = models.BigIntegerField(null=True)
    payload = models.JSONField()
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    objects = AppendOnly()

    class Meta:
        constraints = (
            UniqueConstraint(fields=("chain", "seq"), name="one_event_at_each_place_of_a_chain"),
            CheckConstraint(condition=Q(actor_kind__in=("person", "source", "system")), name="event_actor_kind_known"),
        )
        indexes = (
            Index(fields=("fact", "at"), name="event_by_fact"),
            Index(fields=("case_id", "id"), name="event_by_case", condition=Q(case_id__isnull=False)),
        )


class JobState(StrEnum):
    """Where a Job stands."""

    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class JobQuerySet(models.QuerySet["Job"]):
    """Questions about Jobs."""

    def ready(self) -> Self:
        """Jobs that wait to be worked."""
        return self.filter(state=JobState.READY.value)

    def dead(self) -> Self:
        """Jobs that were given up."""
        return self.filter(state=JobState.DEAD.value)


class Job(models.Model):
    """Work that follows a fact: the outbox. Celery only wakes whoever looks here."""

    kind = models.CharField(max_length=60)
    queue = models.CharField(max_length=20)
    priority = models.SmallIntegerField()
    dedupe_key = models.CharField(max_length=160, unique=True)
    payload = models.JSONField()
    state = models.CharField(
        max_length=10, default=JobState.READY.value, choices=[(s.value, s.value) for s in JobState]
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    waits = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    run_at = models.DateTimeField()
    woken_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    fence = models.BigIntegerField(default=0)
    last_error = models.CharField(max_length=2000, default="", blank=True)
    event_id = models.BigIntegerField(null=True)
    draft_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = (
            CheckConstraint(condition=Q(state__in=[s.value for s in JobState]), name="job_state_known"),
            CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False)
                | ~Q(state="running") & Q(lease_until__isnull=True),
                name="job_lease_while_running",
            ),
            CheckConstraint(
                condition=Q(state__in=("done", "dead"), finished_at__isnull=False)
                | ~Q(state__in=("done", "dead")) & Q(finished_at__isnull=True),
                name="job_finished_when_over",
            ),
            CheckConstraint(condition=Q(attempts__lte=models.F("max_attempts")), name="job_attempts_within_limit"),
        )
        indexes = (
            Index(fields=("queue", "priority", "run_at", "id"), name="job_ready", condition=Q(state="ready")),
            Index(fields=("lease_until",), name="job_running", condition=Q(state="running")),
            Index(fields=("finished_at",), name="job_done", condition=Q(state="done")),
            Index(fields=("finished_at",), name="job_dead", condition=Q(state="dead")),
        )


class JobFailure(models.Model):
    """One attempt that did not work."""

    job_id = models.BigIntegerField(db_index=True)
    attempt = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    code = models.CharField(max_length=60)
    message = models.CharField(max_length=2000)

    objects = AppendOnly()
