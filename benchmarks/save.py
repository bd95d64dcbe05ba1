"""What it costs to save a version of a text of about 1,000 words, attribution and gate included.

An editor types the edited text over the draft; after every 70 changes (about fifty seconds of typing) the desk has
kept what was typed and a version is saved: `content.review.actions.text.save_version`, in this process. Inside the
figure: everything that the action does before it answers, so who wrote each token, all measures, the gate under the
policy in force, the revision, its Events and the Jobs that follow. Not inside: HTTP; the autosaves between, which
have rows of their own; the Jobs that follow (rendering, the language model's advice), which `lifecycle` measures.
"""

import sys
from datetime import UTC, datetime

from benchmarks import stage
from benchmarks.meter import Cost, Tally, median, spread
from benchmarks.report import Figure, Report, at_most, circumstances, finish, parser
from benchmarks.texts import pair

TEXT = ("docs:commons:seed-library", "docs:inc-2026-17")
CHANGES = 70
WARM_UP = 1
CPU_MS, QUERIES = 20, 15
PEER_CPU_MS, PEER_QUERIES = 12.6, 31


def main(arguments: list[str]) -> int:
    """Save versions, print and write what they cost; return the exit code."""
    options = parser("save", __doc__ or "")
    options.add_argument("--drafts", type=int, default=4, help="how many are edited, after one to warm up")
    given = options.parse_args(arguments)
    run = circumstances(database=given.db)
    stage.set_up(database=given.db)
    tallies = play(given.drafts)
    return finish(Report(name="save", figures=figures(tallies), run=run | details(tallies)), given.json)


def play(drafts: int) -> list[Tally]:
    """Edit drafts in as many versions as it takes, after one to warm up; return what each cost."""
    from benchmarks.desk_steps import Journey, load_language_model  # noqa: PLC0415 (needs Django)

    clock = stage.Clock(now=datetime(2026, 3, 2, 9, tzinfo=UTC))
    cast = stage.cast(clock.now)
    load_language_model()
    tallies = []
    for number in range(drafts + WARM_UP):
        journey = Journey(number=number, pair=pair(number, *TEXT), cast=cast, clock=clock)
        journey.receive()
        fence, typed, entries = journey.claim(), journey.pair.draft, journey.typed()
        for start in range(0, len(entries), CHANGES):
            typed = journey.autosave(fence, typed, 0, entries[start : start + CHANGES], "autosave")
            journey.save(fence, "save")
            journey.work()
        journey.release()
        tallies.append(journey.tally)
        clock.pass_by(hours=1)
    return tallies[WARM_UP:]


def figures(tallies: list[Tally]) -> list[Figure]:
    """Return medians over all saves, of the last one of each draft, and of the autosaves before them."""
    saves = [cost for tally in tallies for cost in tally.costs("save")]
    last = [tally.costs("save")[-1] for tally in tallies]
    kept = [cost for tally in tallies for cost in tally.costs("autosave")]
    return [
        at_most("save a version: CPU", _cpu(saves), "ms", CPU_MS, peer=PEER_CPU_MS),
        at_most("save a version: queries", _queries(saves), "", QUERIES, peer=PEER_QUERIES),
        Figure(name="  the last version of a draft: CPU", value=_cpu(last), unit="ms"),
        Figure(name="  autosave, with a judgement of what is typed: CPU", value=_cpu(kept), unit="ms"),
        Figure(name="  autosave, with a judgement of what is typed: queries", value=_queries(kept), unit=""),
    ]


def _cpu(costs: list[Cost]) -> float:
    return median([cost.cpu_ms for cost in costs])


def _queries(costs: list[Cost]) -> float:
    return median([cost.queries for cost in costs])


def details(tallies: list[Tally]) -> dict[str, object]:
    """Return the spread over saves, for the record."""
    saves = [cost for tally in tallies for cost in tally.costs("save")]
    return {
        "saves": len(saves),
        "cpu_ms": spread([cost.cpu_ms for cost in saves]),
        "queries": spread([cost.queries for cost in saves]),
        "peer": "recorded elsewhere: Wagtail 8.0.1, save_revision",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
