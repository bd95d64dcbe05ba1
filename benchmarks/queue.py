"""What the queue costs with many drafts in it: statements, and the time until a page of it is made.

A few drafts come in through the real actions; their rows are then copied, each copy with ids, dates, priority and
risk of its own, until there are as many as asked (10,000, all open: seven of ten wait for an editor). Measured in
this process, without a network: the whole page as an editor opens it, with session, counts of all views, rows and
template; the two questions behind it by themselves; the poll of a page that stays open.
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks import stage
from benchmarks.meter import Cost, measured, median, spread
from benchmarks.report import Figure, Report, at_most, circumstances, finish, parser
from benchmarks.texts import pair

ORIGINALS = 10
AT_ONCE = 500
WARM_UP = 3
QUERIES, P50_MS = 8, 30


def main(arguments: list[str]) -> int:
    """Fill the queue, open it, print and write what it cost; return the exit code."""
    options = parser("queue", __doc__ or "")
    options.add_argument("--drafts", type=int, default=10_000, help="how many drafts there are")
    options.add_argument("--times", type=int, default=30, help="how often each is measured")
    given = options.parse_args(arguments)
    run = circumstances(database=given.db, drafts=given.drafts)
    stage.set_up(database=given.db)
    began = time.perf_counter()
    user_id = fill(given.drafts)
    run["filled_in_seconds"] = round(time.perf_counter() - began, 1)
    costs = {name: repeated(work, given.times) for name, work in questions(user_id).items()}
    details = {name: spread([cost.wall_ms for cost in each]) for name, each in costs.items()}
    return finish(Report(name="queue", figures=figures(costs), run=run | {"wall_ms": details}), given.json)


def fill(drafts: int) -> int:
    """Put drafts into the queue, and return the id of an editor who may see them."""
    from benchmarks.desk_steps import Journey, load_language_model  # noqa: PLC0415 (needs Django)
    from content.review.models import Case  # noqa: PLC0415 (the same)

    clock = stage.Clock(now=datetime.now(UTC) - timedelta(days=1))
    cast = stage.cast(clock.now)
    load_language_model()
    for number in range(ORIGINALS):
        Journey(number=number, pair=pair(number, "docs:1042"), cast=cast, clock=clock).receive()
    originals = list(Case.objects.select_related("draft__head"))
    dice = random.Random(1)
    for first in range(ORIGINALS, drafts, AT_ONCE):
        copy(originals, range(first, min(first + AT_ONCE, drafts)), dice)
    return cast.editor.id


def copy(originals: list[Any], numbers: range, dice: random.Random) -> None:
    """Copy drafts with their texts, cases and judgements."""
    from django.db import transaction  # noqa: PLC0415 (needs Django)

    from content.drafts.models import Draft, Revision  # noqa: PLC0415 (the same)
    from content.events.uuid7 import uuid7  # noqa: PLC0415 (the same)
    from content.review.models import Case, GateResult  # noqa: PLC0415 (the same)

    drafts, revisions, cases = [], [], []
    for number in numbers:
        case = originals[number % len(originals)]
        at = case.opened_at + timedelta(seconds=number)
        draft = again(case.draft, Draft, pk=uuid7(at), external_id=f"copy:{number}", received_at=at, changed_at=at)
        head = again(case.draft.head, Revision, pk=None, draft_id=draft.pk, title=f"{case.draft.head.title} {number}")
        drafts.append(draft)
        revisions.append(head)
        changes = {
            "state": dice.choice(["queued"] * 7 + ["in_review", "awaiting_second", "ready"]),
            "priority": dice.choice([0, 1, 1, 1, 2, 3]),
            "risk": dice.choice([0, 0, 0, 1, 5]),
            "due_at": at + timedelta(minutes=dice.randrange(10_000)),
        }
        cases.append(again(case, Case, pk=uuid7(at), draft_id=draft.pk, opened_at=at, **changes))
    with transaction.atomic():
        for draft, head in zip(drafts, Revision.objects.bulk_create(revisions), strict=True):
            draft.head = head
        Draft.objects.bulk_create(drafts)
        Case.objects.bulk_create(cases)
        GateResult.objects.bulk_create(
            again(
                judgement(originals[number % len(originals)]), GateResult, pk=None, case_id=case.pk, revision_id=row.pk
            )
            for number, case, row in zip(numbers, cases, revisions, strict=True)
        )


def judgement(case: Any) -> Any:
    """Return the newest judgement of a case, asked for once."""
    from content.review.models import GateResult  # noqa: PLC0415 (needs Django)

    if not hasattr(case, "bench_judgement"):
        case.bench_judgement = GateResult.objects.filter(case=case.pk).order_by("-id")[0]
    return case.bench_judgement


def again(row: Any, model: Any, **changes: object) -> Any:
    """Return an unsaved copy of a row."""
    values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}  # noqa: SLF001
    key = model._meta.pk.attname  # noqa: SLF001 (documented for apps that look at models)
    values[key] = changes.pop("pk")
    return model(**(values | changes))


def questions(user_id: int) -> dict[str, Callable[[], object]]:
    """Return what is measured: the page, its two questions, the hundredth page, the poll."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 (needs Django)
    from django.test import Client  # noqa: PLC0415 (the same)
    from django.urls import reverse  # noqa: PLC0415 (the same)

    from content.actors import PersonId  # noqa: PLC0415 (the same)
    from content.drafts.queries import person_of  # noqa: PLC0415 (the same)
    from content.review.queries import queue  # noqa: PLC0415 (the same)

    client = Client(headers={"Host": "127.0.0.1"})
    client.force_login(get_user_model().objects.get(pk=user_id), "allauth.account.auth_backends.AuthenticationBackend")
    by, at = person_of(user_id=PersonId(user_id)), datetime.now(UTC)
    far = ""
    for _ in range(20):
        far = queue.queue(view="all", by=by, at=at, after=far, limit=200).after or far

    def opened(url: str, **query: str) -> Callable[[], object]:
        def ask() -> object:
            answer = client.get(url, query)
            if answer.status_code != 200:
                raise RuntimeError(f"{url}: {answer.status_code}")
            return answer

        return ask

    return {
        "page": opened(reverse("reviewdesk:queue"), view="all"),
        "rows": lambda: queue.queue(view="all", by=by, at=at),
        "far": lambda: queue.queue(view="all", by=by, at=at, after=far),
        "counts": lambda: queue.queue_counts(by=by, at=at),
        "poll": opened(reverse("reviewdesk:live_queue"), view="all", seen="51"),
    }


def repeated(work: Callable[[], object], times: int) -> list[Cost]:
    """Do something several times, after some to warm up; return what each cost."""
    costs = []
    for _ in range(times + WARM_UP):
        with measured() as cost:
            work()
        costs.append(cost())
    return costs[WARM_UP:]


def figures(costs: dict[str, list[Cost]]) -> list[Figure]:
    """Return medians."""
    page = costs["page"]
    found = [
        at_most("page of the queue: queries", median([cost.queries for cost in page]), "", QUERIES),
        at_most("page of the queue: p50", median([cost.wall_ms for cost in page]), "ms", P50_MS),
        Figure(name="page of the queue: CPU", value=median([cost.cpu_ms for cost in page]), unit="ms"),
    ]
    words = {"rows": "rows of a page", "far": "rows, 4,000 further on", "counts": "counts of all views", "poll": "poll"}
    for name, label in words.items():
        found += [
            Figure(name=f"  {label}: queries", value=median([cost.queries for cost in costs[name]]), unit=""),
            Figure(name=f"  {label}: p50", value=median([cost.wall_ms for cost in costs[name]]), unit="ms"),
        ]
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
