from collections.abc import Sequence
from dataclasses import dataclass

from content.language.pipeline import Advice
from content.language.reading import read


@dataclass(frozen=True, kw_only=True, slots=True)
class Listener:
    """An adviser that notices what a test tells it to: the edge at which spaCy stands."""

    id: str = "test-1"
    advice: tuple[Advice, ...] = ()

    def advise(self, text: str) -> Sequence[Advice]:
        return self.advice


TEXT = "It uses 40 liters. curie was there. It hums."


class TestRead:
    def test_marks_what_only_a_model_found_as_advice(self) -> None:
        adviser = Listener(advice=(Advice(start=19, end=24, label="PERSON"),))

        reading = read(TEXT, language="en", engine=adviser)

        assert [(row["start"], row["kinds"], row["entities"], row["advice"]) for row in reading.claims] == [
            (0, ["number"], [], False),
            (19, [], ["PERSON"], True),
        ]
        assert reading.claims_to_check == 1

    def test_adds_a_model_s_labels_to_a_claim(self) -> None:
        adviser = Listener(advice=(Advice(start=8, end=17, label="ORG"),))

        reading = read(TEXT, language="en", engine=adviser)

        assert [(row["entities"], row["advice"]) for row in reading.claims] == [(["ORG"], False)]

    def test_leaves_out_labels_that_point_at_nothing_to_check(self) -> None:
        adviser = Listener(advice=(Advice(start=19, end=24, label="CARDINAL"),))

        assert len(read(TEXT, language="en", engine=adviser).claims) == 1

    def test_lists_findings_as_rows(self) -> None:
        reading = read("See [TODO].", language="en", engine=Listener())

        assert reading.engine == "test-1"
        assert reading.findings == (
            {
                "check": "placeholder_left.v1",
                "start": 4,
                "end": 10,
                "severity": "error",
                "enforced": True,
                "reason": "A placeholder is left: [TODO].",
            },
        )
