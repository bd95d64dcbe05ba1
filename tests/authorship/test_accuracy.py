"""Accuracy on texts nobody here wrote. They are not part of the project; without them these tests say so and skip."""

import json
import os
from pathlib import Path

import pytest

from content.authorship.attribute import Attributor, RevisionText
from content.authorship.hter import hter
from content.text.tokens import tokens

DATA = Path(os.environ.get("EVALUATION_DATA") or Path(__file__).parents[2].parent / "shared" / "data")


def rows(name: str) -> list[dict[str, object]]:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"The evaluation data is not here: no {name} in the folder that EVALUATION_DATA names.")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def marked(draft: str, edits: object) -> set[int]:
    """Return the code points of the draft inside spans that the editor marked."""
    places: set[int] = set()
    assert isinstance(edits, list)
    for edit in edits:
        start = draft.find(edit["before"])
        if start >= 0:
            places.update(range(start, start + len(edit["before"])))
    return places


class TestProfessionalEdits:
    def test_are_found_where_the_editor_marked_them(self) -> None:
        gone_inside = gone = kept_outside = outside = 0
        for row in rows("lamp_pairs.jsonl"):
            draft = str(row["draft"])
            places = marked(draft, row["edits"])
            attributor = Attributor()
            attributor.add(RevisionText(draft, "model", machine=True))
            attributor.add(RevisionText(str(row["edited"]), "editor", machine=False))
            kept = attributor._ledger.alive  # the draft came first: its tokens are the first ones
            for at, (_, start, end) in enumerate(tokens(draft)):
                is_marked = any(place in places for place in range(start, end))
                gone += not kept[at]
                gone_inside += is_marked and not kept[at]
                outside += not is_marked
                kept_outside += kept[at] and not is_marked

        assert gone_inside / gone >= 0.985
        assert kept_outside / outside >= 0.99


class TestPublishedHter:
    def test_is_reproduced(self) -> None:
        sample = rows("mlqe_ro_en_dev.jsonl")[:200]

        close = sum(
            abs(hter(str(row["mt"]), str(row["post_edit"])) - float(str(row["hter"]))) <= 0.001 for row in sample
        )

        assert close == len(sample)
