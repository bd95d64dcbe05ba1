"""How many statements the Jobs of one draft take, from its POST to its publication; acts of people are in `review`.

The numbers are written down so that a change of them is seen, up or down. `benchmarks/lifecycle.py` measures the same
way with CPU. Begin and end of a transaction are not counted.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from content import pipeline
from content.actors import SYSTEM
from content.attestation.actions.keys import register_keys
from content.drafts.facts import DraftId
from content.events import queries as event_queries
from content.events.models import Job
from content.policy.actions import install_policies
from content.review.queries import cases, queue
from tests.make import NOON, Maker
from tests.making_cases import EDITED

UNDO_OVER = timedelta(seconds=30)
UNCOUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


class Counter:
    """Counts statements while a block runs."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += not sql.startswith(UNCOUNTED)
        return execute(sql, params, many, context)


@contextmanager
def counting() -> Iterator[Counter]:
    counter = Counter()
    with connection.execute_wrapper(counter):
        yield counter


def work(*, at: Any) -> dict[str, int]:
    """Work all Jobs that are due, and return how many statements each kind took."""
    counts: dict[str, int] = {}
    while due := event_queries.due_jobs(at=at):
        for job_id in due:
            kind = Job.objects.get(pk=job_id).kind
            with counting() as counter:
                assert pipeline.run_job(job_id, clock=lambda: at)
            counts[kind] = counts.get(kind, 0) + counter.count
    return counts


@pytest.fixture
def no_model(settings: Settings) -> None:
    settings.REVIEWDESK = settings.REVIEWDESK | {"LANGUAGE_MODEL_PARTS": "none"}


@pytest.mark.usefixtures("no_model")
class TestJobs:
    def test_of_one_draft_take_so_many_statements(self, make: Maker) -> None:
        install_policies(by=SYSTEM, at=NOON)
        make.party()
        register_keys(by=SYSTEM, at=NOON)
        work(at=NOON)
        draft = make.draft(title="Keeping bread", body=make.BODY, kind="documentation", sources=[])

        received = work(at=NOON)
        case = cases.open_case_of(draft_id=DraftId(draft.pk))
        assert case is not None
        step = make.claim(case)
        make.save(step, EDITED)
        saved = work(at=NOON)
        make.check_all(step)
        make.sign(step)
        signed = work(at=NOON)
        make.approve(make.claim_to_approve(step, make.approver()))
        approved = work(at=NOON)
        published = work(at=NOON + UNDO_OVER)

        assert received == {
            "lineage.index_draft": 16,
            "authorship.attribute": 11,
            "language.analyze": 11,
            "drafts.render": 9,
            "review.open_case": 19,
        }
        assert saved == {"language.analyze": 10, "drafts.render": 9}
        assert signed == {}
        assert approved == {"publishing.request_when_ready": 18}
        assert published == {
            "attestation.issue": 40,
            "attestation.sequence_log": 25,
            "publishing.publish": 30,
            "lineage.index_publication": 14,
        }


def plan_of(question: Callable[[], object], *, table: str) -> str:
    """Return how the database goes about the first statement that a question asks of a table."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if f'FROM "{table}"' in sql:
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        question()
    statement, parameters = asked[0]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for way in ("seqscan", "bitmapscan", "sort"):  # these tables are too small for an index to pay
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute(f"EXPLAIN {statement}", parameters)
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


class TestPlans:
    """With bound parameters, as the statements are sent: SQLite takes a partial index only for what is written out."""

    def test_of_the_queue_follow_its_index(self, make: Maker) -> None:
        make.case()
        by = make.editor()

        plan = plan_of(lambda: queue.queue(view="all", by=by, at=NOON), table="reviewdesk_case")

        assert "case_queue_order" in plan
        assert "TEMP B-TREE" not in plan

    def test_of_due_jobs_follow_their_index(self, make: Maker) -> None:
        make.case()

        plan = plan_of(lambda: event_queries.due_jobs(at=NOON), table="reviewdesk_job")

        assert "job_ready" in plan
