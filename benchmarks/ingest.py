"""What it costs to take a draft in: `POST /api/v1/drafts` beside the least that any such server must do.

The ceiling (`benchmarks/ceiling`) looks a token up by its digest, checks the body with a serializer and inserts three
rows in one transaction: five queries. Both run under the same server (gunicorn, gthread), in the same database, with
bodies of about 2 kB, and are loaded in turn: A B A B, each block as long. What is reported are ratios of medians over
blocks; a ratio holds on a busy machine as well, a rate does not.
Inside: authentication, rate limit, reading and checking the payload, draft, revision, Event, the Jobs that follow.
Not inside: working these Jobs (`lifecycle` does), and on PostgreSQL the CPU of the database server. No broker is
configured, so nothing is sent to one; a broker costs its client 0.2 to 0.4 ms a Job.
"""

import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import timedelta

from benchmarks import stage
from benchmarks.meter import measured, median, spread
from benchmarks.report import Figure, Report, at_least, at_most, circumstances, finish, parser
from benchmarks.serving import ROOT, Block, Server, as_json, gunicorn, load
from benchmarks.texts import pair

BODY_BYTES = 2000
BATCH = 100
PORTS = (8761, 8762)
CPU_RATIO, RATE_RATIO, QUERIES, BATCH_RATIO = 1.7, 0.6, 10, 5
A_LOT = 1_000_000


def main(arguments: list[str]) -> int:
    """Load both servers in turn, print and write what came of it; return the exit code."""
    options = parser("ingest", __doc__ or "")
    options.add_argument("--blocks", type=int, default=5, help="blocks of load for each server")
    options.add_argument("--workers", type=int, default=2, help="processes of each server")
    options.add_argument("--connections", type=int, default=8, help="connections that post at once")
    given = options.parse_args(arguments)
    run = circumstances(database=given.db, workers=given.workers, connections=given.connections)
    stage.set_up(database=given.db)
    token = _token()
    queries, batch_queries = _queries(token)
    seconds = given.seconds / given.blocks
    with ExitStack() as stack:
        ours, ceiling = _servers(stack, token, workers=given.workers)
        batch = Server(
            name="batch", port=ours.port, process=ours.process, path="/api/v1/drafts/batch", token=token, body=_batch
        )
        blocks: dict[str, list[Block]] = {"ours": [], "ceiling": [], "batch": []}
        for server in (ours, ceiling):
            load(server, seconds=1, connections=given.connections)
        for _ in range(given.blocks):
            for name, server in (("ours", ours), ("ceiling", ceiling), ("batch", batch)):
                blocks[name].append(load(server, seconds=seconds, connections=given.connections))
    report = Report(
        name="ingest",
        figures=_figures(blocks, queries=queries, batch_queries=batch_queries),
        run=run | _details(blocks),
    )
    return finish(report, given.json)


def _servers(stack: ExitStack, token: str, *, workers: int) -> tuple[Server, Server]:
    from django.db import connection  # noqa: PLC0415 (needs Django)

    database = os.environ.get("DATABASE_URL") or f"sqlite:///{connection.settings_dict['NAME']}"
    environment = os.environ | {"DATABASE_URL": database, "PYTHONPATH": str(ROOT)}
    made = subprocess.run(
        [sys.executable, "-P", "-m", "benchmarks.ceiling.prepare"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    ours = stack.enter_context(gunicorn("reviewdesk.wsgi", port=PORTS[0], workers=workers, environment=environment))
    least = stack.enter_context(
        gunicorn("benchmarks.ceiling.wsgi", port=PORTS[1], workers=workers, environment=environment)
    )
    return (
        Server(name="ours", port=PORTS[0], process=ours, path="/api/v1/drafts", token=token, body=_one),
        Server(name="ceiling", port=PORTS[1], process=least, path="/drafts", token=made.stdout.strip(), body=_least),
    )


def _token() -> str:
    """Return a token of a source that may post as often as it likes."""
    from django.utils import timezone  # noqa: PLC0415 (needs Django)

    from content.actors import SYSTEM  # noqa: PLC0415 (the same)
    from content.drafts.actions import sources  # noqa: PLC0415 (the same)
    from content.permissions import Scope  # noqa: PLC0415 (the same)
    from content.policy import actions as policies  # noqa: PLC0415 (the same)

    at = timezone.now() - timedelta(minutes=1)
    policies.install_policies(by=SYSTEM, at=at)
    source = sources.create_source(slug="bench", name="Bench", requests_a_minute=A_LOT, by=SYSTEM, at=at)
    issued = sources.create_token(source_id=source.pk, name="Bench", scopes=[Scope.DRAFTS_WRITE], by=SYSTEM, at=at)
    return issued.plaintext


def _text(number: int) -> str:
    return pair(number % 50, "docs:1042").draft[:BODY_BYTES]


def _draft(number: int) -> dict[str, object]:
    return stage.payload(number, title=f"Draft {number}", body=_text(number))


def _one(number: int) -> bytes:
    return as_json(_draft(number))


def _batch(number: int) -> bytes:
    return as_json({"drafts": [_draft(10_000_000 + number * BATCH + each) for each in range(BATCH)]})


def _least(number: int) -> bytes:
    return as_json({"external_id": str(number), "title": f"Draft {number}", "body": _text(number), "language": "en"})


def _queries(token: str) -> tuple[int, int]:
    """Return how many statements one POST takes, and one batch of a hundred drafts; the second of each is counted."""
    from django.test import Client  # noqa: PLC0415 (needs Django)

    client = Client(headers={"Authorization": f"Bearer {token}", "Host": "127.0.0.1"})
    counted = []
    for path, body in (("/api/v1/drafts", _one), ("/api/v1/drafts/batch", _batch)):
        for number in (-1, -2):
            with measured() as cost:
                answer = client.post(path, body(number), content_type="application/json")
            if answer.status_code not in {200, 201, 207}:
                raise RuntimeError(answer.content[:300].decode())
        counted.append(cost().queries)
    return counted[0], counted[1]


def _figures(blocks: dict[str, list[Block]], *, queries: int, batch_queries: int) -> list[Figure]:
    ours, ceiling, batch = blocks["ours"], blocks["ceiling"], blocks["batch"]
    cpu, least_cpu = _cpu(ours), _cpu(ceiling)
    rate, least_rate = _rate(ours), _rate(ceiling)
    drafts = BATCH * _rate(batch)
    return [
        at_most("CPU a POST, in ceilings", cpu / least_cpu, "x", CPU_RATIO),
        at_least("POSTs a second, in ceilings", rate / least_rate, "x", RATE_RATIO),
        at_most("queries a POST", queries, "", QUERIES, peer=5),
        at_least("drafts a second in batches of 100, in ceilings", drafts / least_rate, "x", BATCH_RATIO),
        Figure(name="queries of a batch of 100", value=batch_queries, unit=""),
        Figure(name="  CPU a POST", value=cpu, unit="ms", peer=least_cpu),
        Figure(name="  POSTs a second", value=rate, unit="/s", peer=least_rate),
        Figure(name="  drafts a second in batches", value=drafts, unit="/s"),
        Figure(name="  CPU a draft in a batch", value=_cpu(batch) / BATCH, unit="ms"),
        Figure(name="  p50", value=median(_latencies(ours)), unit="ms", peer=median(_latencies(ceiling))),
        Figure(name="  p99", value=_p99(_latencies(ours)), unit="ms", peer=_p99(_latencies(ceiling))),
    ]


def _cpu(blocks: list[Block]) -> float:
    return median([block.cpu_ms for block in blocks])


def _rate(blocks: list[Block]) -> float:
    return median([block.per_second for block in blocks])


def _latencies(blocks: list[Block]) -> list[float]:
    return [each for block in blocks for each in block.latencies_ms]


def _p99(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


def _details(blocks: dict[str, list[Block]]) -> dict[str, object]:
    return {
        name: {
            "cpu_ms": spread([block.cpu_ms for block in each]),
            "per_second": spread([block.per_second for block in each]),
        }
        for name, each in blocks.items()
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
