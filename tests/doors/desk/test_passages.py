"""Where pasted passages are from, and findings that may stay."""

from content.review.queries import evidence
from tests.doors.desk.visitor import Visitor, now_claimed, sha256
from tests.make import Maker
from tests.making_cases import BODY, Step

PASTED = "Sourdough from Altdorf keeps eleven days in linen when the room stays below twelve degrees.\n"


def with_paste(make: Maker) -> Step:
    step = now_claimed(make)
    entry = [1_795_000_000_000, "input.paste", [len(BODY), [0, PASTED.rstrip("\n"), ""]]]
    Visitor(step.editor).ask(
        "POST",
        "revisions",
        step.case_id,
        **{"base": 1, "fence": step.fence, "from": 0, "sha256": sha256(BODY + PASTED)},
        journal={"base_sha256": sha256(BODY), "entries": [entry]},
    )
    return step


class TestPassages:
    def test_that_were_pasted_are_listed(self, make: Maker) -> None:
        step = with_paste(make)

        page = Visitor(step.editor).open("passages", step.case_id).content.decode()

        assert "Sourdough from Altdorf" in page
        assert "It is a quotation" in page

    def test_are_settled_by_their_source(self, make: Maker) -> None:
        step = with_paste(make)
        visitor = Visitor(step.editor)
        quote = make.judgement(step).reading.passages[0].quote

        visitor.send(
            "declare", step.case_id, passage=quote, origin="quoted", source_url="https://example.org/bread", note=""
        )

        assert (
            "Nothing was pasted, or every passage has a source."
            in visitor.open("passages", step.case_id).content.decode()
        )

    def test_that_are_quotations_need_an_address(self, make: Maker) -> None:
        step = with_paste(make)
        quote = make.judgement(step).reading.passages[0].quote

        page = Visitor(step.editor).send("declare", step.case_id, passage=quote, origin="quoted")

        assert page.status_code == 422
        assert 'role="alert"' in page.content.decode()


class TestFindings:
    def test_may_stay_with_a_reason(self, make: Maker) -> None:
        step = now_claimed(make, body="# Bread\n\nBread keeps well [TODO].\n")
        visitor = Visitor(step.editor)
        found = evidence.open_findings(draft_id=step.draft_id, reading=make.judgement(step).reading)

        refused = visitor.send("dismiss", step.case_id, finding=found[0][0], reason="no")
        done = visitor.send("dismiss", step.case_id, finding=found[0][0], reason="It is the name of our list.")

        assert "[TODO]" in refused.content.decode()
        assert (refused.status_code, done.status_code) == (422, 302)
        assert not evidence.open_findings(draft_id=step.draft_id, reading=make.judgement(step).reading)
