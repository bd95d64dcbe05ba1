import pytest

from content.actors import SYSTEM, NotPermitted
from content.drafts.facts import DraftId, RevisionId
from content.drafts.models import Draft
from content.events.models import Event
from content.language import actions, queries
from content.language.models import LanguageReport
from content.language.pipeline import load
from tests.make import NOON, Maker

TEXT = "Marie Curie worked in Paris for 12 years. It hums. See [TODO]."


def analyze(draft: Draft) -> None:
    ids = {"draft_id": DraftId(draft.pk), "revision_id": RevisionId(draft.head_id or 0)}
    reading = actions.read_text(**ids, at=NOON)  # type: ignore[arg-type]
    actions.analyze(**ids, prepared=reading, by=SYSTEM, at=NOON)  # type: ignore[arg-type]


class TestAnalyze:
    def test_stores_claims_findings_and_the_engine_that_read(self, make: Maker) -> None:
        draft = make.draft(body=TEXT)
        analyze(draft)

        report = queries.report_of(revision_id=RevisionId(draft.head_id or 0))
        assert report is not None
        assert report.engine == load("en", "all").id
        assert report.claims[0]["kinds"] == ["number", "name"]
        assert report.claims[0]["entities"] == ["GPE", "PERSON"]
        assert [row["check"] for row in report.findings] == ["placeholder_left.v1"]

    def test_says_so_once(self, make: Maker) -> None:
        draft = make.draft(body=TEXT)
        analyze(draft)
        analyze(draft)

        (event,) = Event.objects.filter(fact="draft_analyzed.v1")
        assert (event.payload["claims"], event.payload["findings"]) == (2, 1)
        assert LanguageReport.objects.count() == 1

    def test_keeps_what_each_engine_said(self, make: Maker, settings: object) -> None:
        draft = make.draft(body=TEXT)
        analyze(draft)
        settings.REVIEWDESK = {**settings.REVIEWDESK, "LANGUAGE_MODEL_PARTS": "none"}  # type: ignore[attr-defined]
        analyze(draft)

        assert LanguageReport.objects.count() == 2
        report = queries.report_of(revision_id=RevisionId(draft.head_id or 0))
        assert report is not None
        assert report.engine.endswith("/blank-en")

    def test_counts_the_same_claims_with_and_without_a_model(self, make: Maker, settings: object) -> None:
        draft = make.draft(body=TEXT)
        for parts in ("all", "corroborated", "none"):
            settings.REVIEWDESK = {**settings.REVIEWDESK, "LANGUAGE_MODEL_PARTS": parts}  # type: ignore[attr-defined]
            analyze(draft)

        counted = {event.payload["claims"] for event in Event.objects.filter(fact="draft_analyzed.v1")}
        assert counted == {2}

    def test_is_the_system_s_work(self, make: Maker) -> None:
        draft = make.draft(body=TEXT)
        ids = {"draft_id": DraftId(draft.pk), "revision_id": RevisionId(draft.head_id or 0)}

        with pytest.raises(NotPermitted):
            actions.analyze(
                **ids,  # type: ignore[arg-type]
                prepared=actions.read_text(**ids, at=NOON),  # type: ignore[arg-type]
                by=make.manager(),
                at=NOON,
            )


class TestReport:
    def test_is_not_there_before_the_analysis(self, make: Maker) -> None:
        assert queries.report_of(revision_id=RevisionId(make.draft().head_id or 0)) is None


class TestClaimsIn:
    def test_are_found_without_any_engine(self) -> None:
        assert [claim.quote for claim in queries.claims_in(text=TEXT, language="en")] == [
            "Marie Curie worked in Paris for 12 years.",
            "See [TODO].",
        ]
