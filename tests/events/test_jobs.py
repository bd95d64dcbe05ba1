from datetime import datetime, timedelta

import pytest

from content import pipeline
from content.actors import SYSTEM, Granted, Person, PersonId
from content.errors import NotFound, Refused
from content.events import actions as events
from content.events import queries
from content.events.flow import JobKind, JobLeaseLost, NotYet, Queue
from content.events.models import Event, Job, JobFailure
from content.permissions import Role
from tests.events.facts import Work, flowing, ring
from tests.make import NOON

MANAGER = Person(id=PersonId(7), identity_key="manager@example.org", grants=(Granted(role=Role.MANAGER),))
EDITOR = Person(id=PersonId(8), identity_key="editor@example.org", grants=(Granted(role=Role.EDITOR),))
pytestmark = pytest.mark.django_db


def run(job_id: int, *, at: datetime = NOON) -> bool:
    return pipeline.run_job(job_id, clock=lambda: at)


def the_job() -> Job:
    return Job.objects.get()


class TestRecord:
    def test_puts_the_work_that_follows_in_line(self) -> None:
        with flowing(Work().kind(priority=3)):
            event_id = ring(draft_id=None, by=SYSTEM, at=NOON, times=2)

        job = the_job()
        assert (job.kind, job.queue, job.priority, job.state) == ("tests.answer", "interactive", 3, "ready")
        assert job.payload == {"times": 2, "event_id": event_id}
        assert (job.event_id, job.run_at, job.attempts) == (event_id, NOON, 0)

    def test_wakes_the_workers_after_commit(self, django_capture_on_commit_callbacks: object) -> None:
        with flowing(Work().kind()) as woken:
            with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
                ring(draft_id=None, by=SYSTEM, at=NOON)
                assert woken == []

            assert woken == [(the_job().pk, Queue.INTERACTIVE)]

    def test_does_not_wake_for_work_that_is_due_later(self, django_capture_on_commit_callbacks: object) -> None:
        with flowing(Work().kind(due=lambda: 60)) as woken:
            with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
                ring(draft_id=None, by=SYSTEM, at=NOON)

            assert woken == []
        assert the_job().run_at == NOON + timedelta(seconds=60)


class TestRunJob:
    def test_does_the_work_and_marks_it_done(self) -> None:
        work = Work()
        with flowing(work.kind()):
            event_id = ring(draft_id=None, by=SYSTEM, at=NOON)

            assert run(the_job().pk)

        assert work.done == [{"times": 1, "event_id": event_id, "at": NOON}]
        assert (the_job().state, the_job().attempts, the_job().finished_at) == ("done", 1, NOON)

    def test_does_nothing_a_second_time(self) -> None:
        work = Work()
        with flowing(work.kind()):
            ring(draft_id=None, by=SYSTEM, at=NOON)
            run(the_job().pk)

            assert not run(the_job().pk)
        assert len(work.done) == 1

    def test_does_nothing_before_it_is_due(self) -> None:
        work = Work()
        with flowing(work.kind(due=lambda: 60)):
            ring(draft_id=None, by=SYSTEM, at=NOON)

            assert not run(the_job().pk)
            assert run(the_job().pk, at=NOON + timedelta(seconds=60))

    def test_does_nothing_for_a_job_that_is_gone(self) -> None:
        assert not run(404)

    def test_hands_over_what_was_prepared_outside_the_transaction(self) -> None:
        work = Work()
        seen: list[object] = []

        def prepare(*, times: int, event_id: int, at: datetime) -> str:
            return f"{times} at {at:%H:%M}"

        kind = work.kind(prepare=prepare)
        action = kind.action

        def answer(*, times: int, event_id: int, prepared: str, by: object, at: datetime) -> None:
            seen.append(prepared)
            action(times=times, event_id=event_id, by=by, at=at)

        with flowing(type(kind)(name=kind.name, action=answer, queue=kind.queue, prepare=prepare)):
            ring(draft_id=None, by=SYSTEM, at=NOON)
            run(the_job().pk)

        assert seen == ["1 at 12:00"]

    def test_tries_again_later_after_an_error(self) -> None:
        work = Work()
        work.error = ValueError("out of paper")
        with flowing(work.kind(delays=(30,))):
            ring(draft_id=None, by=SYSTEM, at=NOON)
            run(the_job().pk)

        job = the_job()
        assert (job.state, job.attempts, job.last_error) == ("ready", 1, "ValueError: out of paper")
        assert timedelta(seconds=24) <= job.run_at - NOON <= timedelta(seconds=36)
        assert JobFailure.objects.get().code == "ValueError"

    def test_gives_up_when_the_attempts_are_used_up(self) -> None:
        work = Work()
        work.error = ValueError("out of paper")
        with flowing(work.kind(max_attempts=2, delays=(0,))):
            ring(draft_id=None, by=SYSTEM, at=NOON)
            run(the_job().pk)
            run(the_job().pk, at=NOON + timedelta(minutes=1))

        assert (the_job().state, the_job().attempts) == ("dead", 2)
        assert [failure.attempt for failure in queries.failures_of(job_id=the_job().pk)] == [2, 1]

    @pytest.mark.parametrize("error", [NotFound(), Refused()])
    def test_gives_up_at_once_when_another_try_cannot_help(self, error: Exception) -> None:
        work = Work()
        work.error = error
        with flowing(work.kind()):
            ring(draft_id=None, by=SYSTEM, at=NOON)
            run(the_job().pk)

        assert the_job().state == "dead"

    def test_rolls_back_what_a_failed_attempt_wrote(self) -> None:
        def answer(*, times: int, by: object, at: datetime) -> None:
            ring(draft_id=None, by=SYSTEM, at=at, times=99)
            raise ValueError

        with flowing(JobKind(name="tests.answer", action=answer, queue=Queue.BULK)):
            ring(draft_id=None, by=SYSTEM, at=NOON)
            run(the_job().pk)

        assert [event.payload["times"] for event in Event.objects.all()] == [1]


class TestNotYet:
    def test_puts_the_job_back_without_counting_the_attempt(self) -> None:
        work = Work()
        work.error = NotYet()
        with flowing(work.kind()):
            ring(draft_id=None, by=SYSTEM, at=NOON)
            run(the_job().pk)

        job = the_job()
        assert (job.state, job.attempts, job.waits, job.run_at) == ("ready", 0, 1, NOON + timedelta(seconds=5))

    def test_ends_after_sixty_times(self) -> None:
        work = Work()
        work.error = NotYet("no revision is measured")
        with flowing(work.kind()):
            ring(draft_id=None, by=SYSTEM, at=NOON)
            for minute in range(61):
                run(the_job().pk, at=NOON + timedelta(minutes=minute))

        assert (the_job().state, the_job().last_error) == ("dead", "not_yet: no revision is measured")


class TestLease:
    def test_that_ran_out_costs_the_first_worker_its_effect(self) -> None:
        with flowing(Work().kind()):
            ring(draft_id=None, by=SYSTEM, at=NOON)
            first = events.claim_job(job_id=the_job().pk, by=SYSTEM, at=NOON)
            assert first is not None
            events.sweep(by=SYSTEM, at=NOON + timedelta(hours=1))
            events.claim_job(job_id=first.pk, by=SYSTEM, at=NOON + timedelta(hours=1))

            with pytest.raises(JobLeaseLost):
                events.finish_job(job_id=first.pk, fence=first.fence, effect=list, by=SYSTEM, at=NOON)

    def test_is_held_by_one_worker_at_a_time(self) -> None:
        with flowing(Work().kind()):
            ring(draft_id=None, by=SYSTEM, at=NOON)

            assert events.claim_job(job_id=the_job().pk, by=SYSTEM, at=NOON) is not None
            assert events.claim_job(job_id=the_job().pk, by=SYSTEM, at=NOON) is None

    def test_of_a_late_worker_fails_nobody(self) -> None:
        with flowing(Work().kind()):
            ring(draft_id=None, by=SYSTEM, at=NOON)
            job = events.claim_job(job_id=the_job().pk, by=SYSTEM, at=NOON)
            assert job is not None

            events.fail_job(
                job_id=job.pk, fence=job.fence - 1, code="x", message="", permanent=True, by=SYSTEM, at=NOON
            )

        assert the_job().state == "running"
