import hashlib

import pytest

from content.actors import NotPermitted
from content.drafts.journal import JournalEntry
from content.review.actions import findings, text
from content.review.queries import evidence as evidences
from content.review.refusals import CheckIncomplete, ReasonTooShort, UnknownPassage
from content.review.states import PasteOrigin
from tests.make import NOON, Maker
from tests.making_cases import BODY, Step, later

PASTED = "Rye flour ferments slowly and keeps its moisture for nearly two whole weeks. "


def paste(make: Maker) -> Step:
    """Return a case into whose text a passage was pasted, with a record of it."""
    step = make.claimed()
    text.save_text(
        case_id=step.case_id,
        fence=step.fence,
        base=1,
        start=0,
        entries=[JournalEntry(1000, "input.paste", ((0, PASTED), len(BODY)))],
        base_sha256=hashlib.sha256(BODY.encode()).hexdigest(),
        sha256=hashlib.sha256((PASTED + BODY).encode()).hexdigest(),
        by=step.editor,
        at=later(10),
    )
    text.save_version(case_id=step.case_id, fence=step.fence, base=1, by=step.editor, at=later(10))
    return step


class TestDeclarePasted:
    def test_answers_where_a_passage_comes_from(self, make: Maker) -> None:
        step = paste(make)
        judgement = make.judgement(step)
        assert judgement.evidence.pasted_without_source == 1
        (passage,) = judgement.reading.passages

        findings.declare_pasted(
            case_id=step.case_id,
            passage=passage.quote,
            origin=PasteOrigin.OWN,
            note="From my own notebook.",
            by=step.editor,
            at=later(20),
        )

        assert make.judgement(step).evidence.pasted_without_source == 0

    def test_makes_nobodys_words_of_it(self, make: Maker) -> None:
        step = paste(make)
        before = make.judgement(step).measures
        (passage,) = make.judgement(step).reading.passages

        findings.declare_pasted(
            case_id=step.case_id,
            passage=passage.quote,
            origin=PasteOrigin.QUOTED,
            source_url="https://example.org/rye",
            by=step.editor,
            at=later(20),
        )

        assert make.judgement(step).measures == before

    def test_needs_words_that_stand_in_the_text(self, make: Maker) -> None:
        step = paste(make)

        for passage in ("", "These words stand nowhere."):
            with pytest.raises(UnknownPassage):
                findings.declare_pasted(
                    case_id=step.case_id, passage=passage, origin=PasteOrigin.OWN, by=step.editor, at=NOON
                )

    @pytest.mark.parametrize(("origin", "url", "note"), [("quoted", "", ""), ("own", "", "mine"), ("dictated", "", "")])
    def test_needs_an_address_or_a_word_on_it(self, make: Maker, origin: str, url: str, note: str) -> None:
        step = paste(make)

        with pytest.raises(CheckIncomplete):
            findings.declare_pasted(
                case_id=step.case_id,
                passage=PASTED,
                origin=PasteOrigin(origin),
                source_url=url,
                note=note,
                by=step.editor,
                at=NOON,
            )

    def test_is_for_editors(self, make: Maker) -> None:
        step = paste(make)

        with pytest.raises(NotPermitted):
            findings.declare_pasted(
                case_id=step.case_id, passage=PASTED, origin=PasteOrigin.OWN, by=make.approver(), at=NOON
            )


class TestDismissFinding:
    def found(self, make: Maker, step: Step) -> list[str]:
        reading = make.judgement(step).reading
        return [name for name, _ in evidences.open_findings(draft_id=step.draft_id, reading=reading)]

    def test_lets_something_stay_for_a_reason(self, make: Maker) -> None:
        step = make.claimed(body=BODY + "\nWrite [TODO] on the lid.\n")
        (name,) = self.found(make, step)
        assert "finding_open" in {each.code for each in make.judgement(step).decision.blocking}

        findings.dismiss_finding(
            case_id=step.case_id, finding_hash=name, reason="It is what people write.", by=step.editor, at=NOON
        )

        assert "finding_open" not in {each.code for each in make.judgement(step).decision.blocking}

    def test_ends_when_its_line_changes(self, make: Maker) -> None:
        body = BODY + "\nWrite [TODO] on the lid.\n"
        step = make.claimed(body=body)
        (name,) = self.found(make, step)
        findings.dismiss_finding(
            case_id=step.case_id, finding_hash=name, reason="It is what people write.", by=step.editor, at=NOON
        )

        make.save(step, body.replace("on the lid", "somewhere else"))

        assert len(self.found(make, step)) == 1

    def test_needs_a_reason(self, make: Maker) -> None:
        step = make.claimed(body=BODY + "\nWrite [TODO] on the lid.\n")
        (name,) = self.found(make, step)

        with pytest.raises(ReasonTooShort):
            findings.dismiss_finding(case_id=step.case_id, finding_hash=name, reason="ok", by=step.editor, at=NOON)

    def test_needs_a_finding(self, make: Maker) -> None:
        step = make.claimed()

        with pytest.raises(UnknownPassage):
            findings.dismiss_finding(
                case_id=step.case_id, finding_hash="0" * 64, reason="It may stay there.", by=step.editor, at=NOON
            )

    def test_is_for_editors(self, make: Maker) -> None:
        step = make.claimed(body=BODY + "\nWrite [TODO] on the lid.\n")
        (name,) = self.found(make, step)

        with pytest.raises(NotPermitted):
            findings.dismiss_finding(
                case_id=step.case_id, finding_hash=name, reason="It may stay there.", by=make.manager(), at=NOON
            )
