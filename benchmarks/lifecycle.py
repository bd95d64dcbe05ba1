"""What a draft costs from its POST to its publication: CPU and statements to the database, workers included.

One draft after the other (about 500 words; the edit touches most paragraphs) is received, claimed, saved, checked,
signed, approved, attested, logged and published by the same actions that the doors call, in this process; every Job
that follows is worked here too, through `pipeline.run_job`, as a Celery worker does.

Inside `CPU a draft` and `queries a draft`: all of these actions and every Job but one, with the renderer's process,
the signature, the Merkle log, the index of published texts. Vouching for what was left as it stood is inside too,
one action a paragraph, as editors do it; `with one paragraph vouched for` says what the same draft comes to without
the repetition, which is nearer to the peer's steps (it has neither claims nor attestations).
Apart: the advice of the language model (`language.analyze`: nobody waits for it and no gate reads it), and the
heartbeats of somebody who reads (one a minute for as long as they do).
Nowhere: HTTP, templates, the pages that people look at, Celery and its broker. One process does everything, so what
it remembers of a text from one step it need not work out in the next; web and worker processes each do that once.
"""

import sys
from collections import defaultdict
from datetime import UTC, datetime

from benchmarks import stage
from benchmarks.meter import Cost, Tally, median, spread
from benchmarks.report import Figure, Report, at_most, circumstances, finish, parser
from benchmarks.texts import pair

TEXT = ("docs:commons:seed-library",)
WARM_UP = 2
CPU_MS, QUERIES = 60, 70
PEER_CPU_MS, PEER_QUERIES = 74.6, 152
REPEATED = "vouch for a paragraph"
APART = {"Job language.analyze": "advice of the language model", "heartbeat": "heartbeats while reading"}


def main(arguments: list[str]) -> int:
    """Play drafts, print and write what they cost; return the exit code."""
    options = parser("lifecycle", __doc__ or "")
    options.add_argument("--drafts", type=int, default=12, help="how many are measured, after two to warm up")
    given = options.parse_args(arguments)
    run = circumstances(database=given.db)
    stage.set_up(database=given.db)
    tallies = play(given.drafts)
    return finish(Report(name="lifecycle", figures=figures(tallies), run=run | details(tallies)), given.json)


def play(drafts: int) -> list[Tally]:
    """Take drafts from POST to publication, after a few to warm up; return what each cost.

    :raises RuntimeError: if one of them does not get out.
    """
    from benchmarks.desk_steps import Journey, load_language_model  # noqa: PLC0415 (needs Django)

    clock = stage.Clock(now=datetime(2026, 3, 2, 9, tzinfo=UTC))
    cast = stage.cast(clock.now)
    load_language_model()
    tallies = []
    for number in range(drafts + WARM_UP):
        journey = Journey(number=number, pair=pair(number, *TEXT), cast=cast, clock=clock)
        journey.receive()
        fence = journey.claim()
        journey.autosave(fence, journey.pair.draft, 0, journey.typed(), "save text")
        journey.save(fence, "save version")
        journey.work()
        journey.check()
        journey.sign(fence)
        journey.approve()
        if journey.state() != "closed_published":
            raise RuntimeError(f"A draft ended as {journey.state()}.")
        tallies.append(journey.tally)
        clock.pass_by(hours=1)
    return tallies[WARM_UP:]


def figures(tallies: list[Tally]) -> list[Figure]:
    """Return the sums with their targets, then every step, each the median over all drafts."""
    whole = [inside(tally) for tally in tallies]
    once = [inside(tally, once=True) for tally in tallies]
    steps: dict[str, list[tuple[Cost, int]]] = defaultdict(list)
    for tally in tallies:
        for name, cost in tally.by_name().items():
            steps[name].append((cost, len(tally.costs(name))))
    found = [
        at_most("CPU a draft", _cpu(whole), "ms", CPU_MS, peer=PEER_CPU_MS),
        at_most("queries a draft", _queries(whole), "", QUERIES, peer=PEER_QUERIES),
        Figure(name="with one paragraph vouched for: CPU", value=_cpu(once), unit="ms", peer=PEER_CPU_MS),
        Figure(name="with one paragraph vouched for: queries", value=_queries(once), unit="", peer=PEER_QUERIES),
    ]
    places = {name: at for at, name in enumerate(steps)}
    for name in sorted(steps, key=lambda each: (each in APART, places[each])):
        costs = [cost for cost, _ in steps[name]]
        words = f"  ({APART[name]})" if name in APART else f"  {name}"
        words += f" x{median([count for _, count in steps[name]]):g}"
        found += [
            Figure(name=f"{words}: CPU", value=_cpu(costs), unit="ms"),
            Figure(name=f"{words}: queries", value=_queries(costs), unit=""),
        ]
    return found


def inside(tally: Tally, *, once: bool = False) -> Cost:
    """Return the sum of a draft's costs without what stands apart.

    :param once: count the first of what is repeated for each paragraph only.
    """
    total, seen = Cost(), False
    for name, cost in tally.steps:
        if name in APART or (once and seen and name == REPEATED):
            continue
        seen = seen or name == REPEATED
        total += cost
    return total


def _cpu(costs: list[Cost]) -> float:
    return median([cost.cpu_ms for cost in costs])


def _queries(costs: list[Cost]) -> float:
    return median([cost.queries for cost in costs])


def details(tallies: list[Tally]) -> dict[str, object]:
    """Return the spread over drafts, for the record."""
    costs = [inside(tally) for tally in tallies]
    return {
        "drafts": len(tallies),
        "cpu_ms": spread([cost.cpu_ms for cost in costs]),
        "queries": spread([cost.queries for cost in costs]),
        "peer": "recorded elsewhere: Wagtail 8.0.1, create, workflow, approve, publish; no claims, no attestation",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
