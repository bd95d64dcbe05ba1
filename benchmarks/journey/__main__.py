"""Plays pairs of draft and edited text through a running server, from the CMS to an offline check by a reader.

A CMS posts each draft; an editor claims it, saves the edited text (whole, or typed word by word with `--typed`),
checks the claims, vouches for the rest and signs; an approver approves; what is published is downloaded and checked
by the offline command in a process that has no Django. Exit status 1 if anything that was signed does not verify, or
anything got lost.
"""

import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict
from functools import partial
from pathlib import Path

from benchmarks.journey.browsing import Browser
from benchmarks.journey.cms import Cms
from benchmarks.journey.place import APPROVER, EDITOR, Place, own, running
from benchmarks.journey.playing import Outcome, Pair, Players, Steps, attempted
from benchmarks.journey.verifying import take_home, verify
from benchmarks.report import Figure, Report, at_least, at_most, circumstances, finish, parser

PORT = 8791
COLUMNS = ("pair", "human", "edits", "claim", "disclosure", "outcome")


def main(arguments: list[str]) -> int:
    """Play, print and write; return the exit status."""
    options = parser("journey", __doc__ or "")
    options.add_argument("--pairs", type=Path, required=True, help="JSON lines with id, model, genre, draft, edited")
    options.add_argument("--limit", type=int, default=0, help="how many pairs; all of them by default")
    options.add_argument("--url", default="", help="a server that runs; one of its own by default")
    options.add_argument("--data", type=Path, default=Path("var"), help="data folder of the server at --url")
    options.add_argument("--typed", action="store_true", help="type each changed word, with a record")
    options.add_argument("--out", type=Path, help="keep ID.bundle.json, ID.content.md and keys.json here")
    given = options.parse_args(arguments)
    pairs = _pairs(given.pairs, given.limit)
    run = circumstances()
    scratch = tempfile.TemporaryDirectory(prefix="reviewdesk-bundles-")
    with scratch as kept, nullcontext(running(given.url, given.data)) if given.url else own(PORT) as place:
        folder = given.out or Path(kept)
        folder.mkdir(parents=True, exist_ok=True)
        steps = Steps()
        began = time.perf_counter()
        outcomes = _play(pairs, place, folder, steps, typed=given.typed)
        seconds = time.perf_counter() - began
    _print(outcomes)
    report = Report(
        name="journey",
        figures=_figures(outcomes, steps, seconds),
        run={**run, "pairs": [asdict(each) for each in outcomes]},
    )
    finish(report, given.json)
    return 1 if any(each.lost or (each.signed and not each.verified) for each in outcomes) else 0


def _pairs(path: Path, limit: int) -> list[Pair]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    wanted = rows[:limit] if limit else rows
    return [Pair(**{name: row[name] for name in ("id", "model", "genre", "draft", "edited")}) for row in wanted]


def _play(pairs: Sequence[Pair], place: Place, folder: Path, steps: Steps, *, typed: bool) -> list[Outcome]:
    players = Players(
        cms=Cms(place.base, place.token),
        editor=Browser(place.base),
        approver=Browser(place.base),
        steps=steps,
        typed=typed,
    )
    players.editor.sign_in(EDITOR, place.password)
    players.approver.sign_in(APPROVER, place.password)
    run = f"{time.time_ns():x}"
    outcomes = []
    for number, pair in enumerate(pairs, 1):
        outcome = players.post(pair, run)
        attempted(partial(players.review, pair, outcome), outcome)
        outcomes.append(outcome)
        sys.stderr.write(f"\r{number} of {len(pairs)} reviewed")
    (folder / "keys.json").write_bytes(players.cms.bytes_at(".well-known/reviewdesk/keys.json"))
    for outcome in outcomes:
        if outcome.signed:
            with steps.timed("published and taken home"):
                attempted(partial(take_home, players.cms, outcome, folder), outcome)
    (folder / "keys.json").write_bytes(players.cms.bytes_at(".well-known/reviewdesk/keys.json"))
    for outcome in outcomes:
        if outcome.signed and not outcome.lost:
            with steps.timed("verify offline"):
                verify(outcome, folder)
    sys.stderr.write("\n")
    return outcomes


def _print(outcomes: Sequence[Outcome]) -> None:
    rows = [COLUMNS, *(_row(each) for each in outcomes)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        print("  ".join([*cells, row[-1]]))


def _row(outcome: Outcome) -> tuple[str, ...]:
    end = f"lost: {outcome.lost}" if outcome.lost else outcome.verdict or "not signed: " + "; ".join(outcome.refused)
    shares = ("" if share is None else f"{share:.3f}" for share in (outcome.human_share, outcome.edit_rate))
    return (outcome.id, *shares, outcome.claim_level, outcome.disclosure, end)


def _figures(outcomes: Sequence[Outcome], steps: Steps, seconds: float) -> list[Figure]:
    signed = sum(each.signed for each in outcomes)
    levels = Counter(each.claim_level for each in outcomes if each.signed)
    return [
        Figure(name="pairs", value=len(outcomes), unit="drafts"),
        Figure(name="signed", value=signed, unit="drafts"),
        at_least("verified", sum(each.verified for each in outcomes), "drafts", signed),
        at_most("lost", sum(bool(each.lost) for each in outcomes), "drafts", 0),
        Figure(name="refused by the gate", value=sum(bool(each.refused) for each in outcomes), unit="drafts"),
        *(Figure(name=f"claim {level}", value=number, unit="drafts") for level, number in sorted(levels.items())),
        Figure(name="whole journey", value=round(len(outcomes) / seconds, 3), unit="drafts/s"),
        *(figure for name, taken in steps.seconds.items() for figure in _times(name, taken)),
    ]


def _times(name: str, taken: Sequence[float]) -> tuple[Figure, Figure]:
    cuts = statistics.quantiles(taken, n=20, method="inclusive") if len(taken) > 1 else [taken[0]] * 19
    return (
        Figure(name=f"{name}, p50", value=round(cuts[9] * 1000, 1), unit="ms"),
        Figure(name=f"{name}, p95", value=round(cuts[18] * 1000, 1), unit="ms"),
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
