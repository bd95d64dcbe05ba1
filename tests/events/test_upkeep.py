from datetime import datetime, timedelta

import pytest

from content import pipeline
from content.actors import SYSTEM, Granted, NotPermitted, PeopleOnly, Person, PersonId
from content.errors import NotFound
from content.events import actions as events
from content.events import queries
from content.events.flow import JobNotFound, Queue
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


class TestSweep:
    def test_sends_what_was_never_woken(self, django_capture_on_commit_callbacks: object) -> None:
        with flowing(Work().kind()) as woken:
            ring(draft_id=None, by=SYSTEM, at=NOON)
            with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
                assert events.sweep(by=SYSTEM, at=NOON) == 1

            assert woken == [(the_job().pk, Queue.INTERACTIVE)]

    def test_does_not_send_twice_within_half_a_minute(self) -> None:
        with flowing(Work().kind()):
            ring(draft_id=None, by=SYSTEM, at=NOON)
            events.sweep(by=SYSTEM, at=NOON)

            assert events.sweep(by=SYSTEM, at=NOON + timedelta(seconds=29)) == 0
            assert events.sweep(by=SYSTEM, at=NOON + timedelta(seconds=31)) == 1

    def test_gives_back_the_job_of_a_worker_that_died(self) -> None:
        with flowing(Work().kind()):
            ring(draft_id=None, by=SYSTEM, at=NOON)
            events.claim_job(job_id=the_job().pk, by=SYSTEM, at=NOON)

            events.sweep(by=SYSTEM, at=NOON + timedelta(seconds=151))

        assert (the_job().state, the_job().attempts) == ("ready", 1)

    def test_ends_a_job_that_kills_every_worker(self) -> None:
        with flowing(Work().kind(max_attempts=1)):
            ring(draft_id=None, by=SYSTEM, at=NOON)
            events.claim_job(job_id=the_job().pk, by=SYSTEM, at=NOON)

            events.sweep(by=SYSTEM, at=NOON + timedelta(seconds=151))

        assert (the_job().state, the_job().last_error) == ("dead", "worker_lost: no attempt is left")

    def test_deletes_what_is_long_done(self) -> None:
        with flowing(Work().kind()):
            ring(draft_id=None, by=SYSTEM, at=NOON)
            run(the_job().pk)
            events.sweep(by=SYSTEM, at=NOON + timedelta(days=14))
            assert Job.objects.exists()

            events.sweep(by=SYSTEM, at=NOON + timedelta(days=14, seconds=1))

        assert not Job.objects.exists()


class TestDeadJob:
    @pytest.fixture
    def dead(self) -> Job:
        work = Work()
        work.error = NotFound()
        with flowing(work.kind()):
            ring(draft_id=None, by=SYSTEM, at=NOON)
            run(the_job().pk)
        return the_job()

    def test_is_put_back_to_work_by_a_manager(self, dead: Job) -> None:
        events.replay_job(job_id=dead.pk, by=MANAGER, at=NOON)

        job = the_job()
        assert (job.state, job.attempts, job.fence) == ("ready", 0, dead.fence)
        assert Event.objects.filter(fact="job_replayed.v1", actor="7").exists()

    def test_is_dropped_by_a_manager_and_its_failures_stay(self, dead: Job) -> None:
        events.drop_job(job_id=dead.pk, by=MANAGER, at=NOON)

        assert not Job.objects.exists()
        assert JobFailure.objects.filter(job_id=dead.pk).exists()
        assert Event.objects.filter(fact="job_dropped.v1").exists()

    def test_is_left_alone_by_others(self, dead: Job) -> None:
        with pytest.raises(NotPermitted):
            events.replay_job(job_id=dead.pk, by=EDITOR, at=NOON)
        with pytest.raises(PeopleOnly):
            events.drop_job(job_id=dead.pk, by=SYSTEM, at=NOON)  # type: ignore[arg-type]

    def test_is_not_found_among_those_that_live(self, dead: Job) -> None:
        events.replay_job(job_id=dead.pk, by=MANAGER, at=NOON)

        with pytest.raises(JobNotFound):
            events.replay_job(job_id=dead.pk, by=MANAGER, at=NOON)
        with pytest.raises(JobNotFound):
            events.drop_job(job_id=404, by=MANAGER, at=NOON)


class TestEnqueue:
    def test_puts_work_in_line_once_for_a_key(self) -> None:
        with flowing(Work().kind()):
            first = events.enqueue(kind="tests.answer", payload={"times": 1}, key="noon", by=SYSTEM, at=NOON)
            second = events.enqueue(kind="tests.answer", payload={"times": 1}, key="noon", by=SYSTEM, at=NOON)

        assert first == second == the_job().pk


class TestBookkeeping:
    def test_is_for_the_system_alone(self) -> None:
        with pytest.raises(NotPermitted):
            events.sweep(by=MANAGER, at=NOON)
        with pytest.raises(NotPermitted):
            events.claim_job(job_id=1, by=MANAGER, at=NOON)
        with pytest.raises(NotPermitted):
            events.ping(by=MANAGER, at=NOON)


class TestBacklog:
    def test_says_how_each_queue_stands(self) -> None:
        with flowing(Work().kind()):
            for _ in range(3):
                ring(draft_id=None, by=SYSTEM, at=NOON)
            events.claim_job(job_id=Job.objects.order_by("pk").first().pk, by=SYSTEM, at=NOON)  # type: ignore[union-attr]

        (line,) = queries.backlog(at=NOON)

        assert (line.queue, line.ready, line.running, line.dead, line.oldest_ready_at) == ("interactive", 2, 1, 0, NOON)
        assert queries.work_waits_since(at=NOON) == NOON

    def test_is_empty_when_nothing_waits(self) -> None:
        assert queries.backlog(at=NOON) == []
        assert queries.work_waits_since(at=NOON) is None

    def test_names_what_is_overdue(self) -> None:
        with flowing(Work().kind()):
            ring(draft_id=None, by=SYSTEM, at=NOON)

        late = NOON + timedelta(minutes=3)
        assert queries.overdue_jobs(ready_before=NOON, lease_before=NOON) == []
        assert queries.overdue_jobs(ready_before=late, lease_before=late) == [the_job()]


class TestRunReady:
    def test_works_off_all_that_is_due(self) -> None:
        work = Work()
        with flowing(work.kind()):
            for _ in range(3):
                ring(draft_id=None, by=SYSTEM, at=NOON)

            assert pipeline.run_ready(clock=lambda: NOON) == 3
            assert pipeline.run_ready(clock=lambda: NOON) == 0

    def test_stops_at_a_limit(self) -> None:
        with flowing(Work().kind()):
            for _ in range(3):
                ring(draft_id=None, by=SYSTEM, at=NOON)

            assert pipeline.run_ready(limit=2, clock=lambda: NOON) == 2
