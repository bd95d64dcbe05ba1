import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from content.actors import SYSTEM, NotPermitted
from content.authorship import queries as authorship
from content.drafts import queries as drafts
from content.drafts.facts import RevisionId
from content.events.models import Event
from content.insights import actions
from content.insights.bins import Unit, bin_of
from content.insights.board import AGES, Filters
from content.insights.metric import METRICS
from content.insights.models import CaseFigures, MetricPoint, RollupCursor
from content.insights.queries import recount
from content.insights.queries.behind import MetricNotFound, bar_of, drafts_behind
from content.insights.queries.dashboard import choices, dashboard, definitions, points_between
from content.review.actions import closing
from content.review.queries import gate
from tests.make import NOON, Maker
from tests.making_cases import Step

FILTERS = Filters(since=NOON.date() - timedelta(days=20), until=NOON.date() + timedelta(days=20))
LATER = NOON + timedelta(days=30)


def roll_up(at: datetime = LATER) -> int:
    return actions.roll_up(by=SYSTEM, at=at)


def figures(step: Step) -> CaseFigures:
    return CaseFigures.objects.get(pk=step.case_id)


def reject(make: Maker, step: Step) -> None:
    closing.reject(
        case_id=step.case_id, reason_code="not_needed", reason="Nobody needs this text.", by=make.manager(), at=step.at
    )


def rows(model: type[Any]) -> list[dict[str, object]]:
    """Return all rows of a table without their own ids."""
    found = [{name: value for name, value in row.items() if name != "id"} for row in model.objects.values()]
    return sorted(found, key=repr)


def stored() -> list[list[dict[str, object]]]:
    return [rows(CaseFigures), rows(MetricPoint)]


class TestRollUp:
    def test_counts_a_signed_case_by_what_was_signed(self, make: Maker) -> None:
        step = make.signed()
        roll_up()

        row = figures(step)
        head = drafts.head_of(draft_id=step.draft_id)
        measures = authorship.attribution_of(revision_id=RevisionId(head.pk)).measures
        assert (row.human_share, row.edit_rate) == (measures["human_share"], measures["edit_rate"])
        assert (row.words, row.longest_ai_run) == (measures["words"], measures["longest_ai_run"])
        assert row.signed_at == step.at
        assert (row.kind, row.model) == ("documentation", "unknown/writer-9")
        assert row.claim_level
        assert row.disclosure

    def test_knows_which_rules_held_the_first_version(self, make: Maker) -> None:
        step = make.edited()
        roll_up()

        first = gate.results_of(case_id=step.case_id)
        assert figures(step).judged_at == step.at
        assert set(figures(step).refused_rules) <= {rule for result in first for rule in result.refused}
        assert figures(step).refused_rules

    def test_counts_how_a_case_ended(self, make: Maker) -> None:
        step = make.claimed()
        reject(make, step)
        roll_up()

        assert (figures(step).outcome, figures(step).closed_at, figures(step).waiting) == ("rejected", step.at, False)

    def test_counts_a_case_that_waits(self, make: Maker) -> None:
        case = make.case()
        roll_up()

        assert CaseFigures.objects.get(pk=case.pk).waiting

    def test_does_nothing_without_news(self, make: Maker) -> None:
        make.signed()
        roll_up()

        assert roll_up() == 0

    def test_takes_young_events_in_before_they_have_settled(self, make: Maker) -> None:
        step = make.signed()
        roll_up(NOON)
        assert figures(step).signed_at == step.at
        assert RollupCursor.objects.get().event_id == 0

        roll_up(NOON + timedelta(minutes=3))
        assert RollupCursor.objects.get().event_id == Event.objects.order_by("-pk").values_list("pk", flat=True)[0]

    def test_goes_on_when_more_happened_at_once_than_it_reads(
        self, make: Maker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(actions, "EVENTS_AT_ONCE", 3)
        step = make.signed()
        for _ in range(20):
            roll_up(NOON)

        assert figures(step).signed_at == step.at

    def test_moves_a_case_to_the_day_of_its_newest_sign_off(self, make: Maker) -> None:
        step = make.signed()
        roll_up()
        assert MetricPoint.objects.filter(metric="time_to_sign_off.v1", day=step.at.date()).exists()

        next_day = step.at + timedelta(days=1)
        make.approve(make.claim_to_approve(step, make.approver(), at=next_day), at=next_day)
        roll_up()
        days = MetricPoint.objects.filter(metric="time_to_sign_off.v1").values_list("day", flat=True)
        assert list(days) == [step.at.date() + timedelta(days=1)]

    def test_leaves_out_drafts_in_test_mode(self, make: Maker) -> None:
        cms = make.cms()
        make.case(cms=type(cms)(source_id=cms.source_id, token_id=0, scopes=cms.scopes, mode="test"))
        roll_up()

        assert not CaseFigures.objects.exists()

    def test_is_the_system_s_work(self, make: Maker) -> None:
        with pytest.raises(NotPermitted):
            actions.roll_up(by=make.manager(), at=NOON)


def stories(make: Maker) -> list[Callable[[], object]]:
    """Return cases of different fates, to be told in any order."""
    return [
        make.signed,
        make.ready,
        make.edited,
        make.case,
        lambda: reject(make, make.claimed()),
        lambda: make.signed(kind="analysis"),
        lambda: make.case(generation={"provider": "acme", "model": "writer", "version": "2"}),
    ]


class TestRebuilding:
    @pytest.mark.parametrize("seed", range(4))
    def test_gives_what_was_rolled_up_bit_by_bit(self, make: Maker, seed: int) -> None:
        chance = random.Random(seed)
        told = stories(make)
        chance.shuffle(told)
        for tell in told:
            tell()
            for _ in range(chance.randrange(3)):
                roll_up(NOON + timedelta(minutes=chance.randrange(10)))
        roll_up()
        bit_by_bit = stored()

        actions.forget_rollups(by=SYSTEM, at=LATER)
        assert stored() == [[], []]
        roll_up()

        assert stored() == bit_by_bit

    def test_is_found_unneeded_by_the_doctor(self, make: Maker) -> None:
        for tell in stories(make):
            tell()
        roll_up()

        assert list(recount.differences(since=NOON.date(), at=NOON + timedelta(minutes=1))) == []

    @pytest.mark.usefixtures("unguarded")
    def test_is_asked_for_when_figures_are_wrong(self, make: Maker) -> None:
        step = make.signed()
        roll_up()
        CaseFigures.objects.filter(pk=step.case_id).update(outcome="published", closed_at=NOON)

        found = list(recount.differences(since=NOON.date(), at=NOON))

        assert any("not what its Events say" in line for line in found)
        assert any("run rebuild_rollups" in line for line in found)

    def test_is_asked_for_when_nobody_counts(self, make: Maker) -> None:
        make.signed()

        (line,) = recount.differences(since=NOON.date(), at=NOON + timedelta(hours=1))

        assert "is not counted yet" in line


class TestDashboard:
    @pytest.fixture
    def told(self, make: Maker) -> None:
        for tell in stories(make):
            tell()
        roll_up()

    @pytest.mark.usefixtures("told")
    def test_asks_two_questions(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(2):
            shown = dashboard(filters=FILTERS, at=LATER)

        assert shown.signed.now == 3
        assert shown.outcomes == {"rejected": 1}
        assert {line.name for line in shown.kinds} == {"documentation", "analysis"}

    @pytest.mark.usefixtures("told")
    @pytest.mark.parametrize("metric", sorted(METRICS))
    def test_shows_the_number_that_the_drafts_behind_it_give(self, metric: str) -> None:
        points = [point for point in points_between(filters=FILTERS) if point.metric == metric]

        behind = drafts_behind(metric=metric, filters=FILTERS, at=LATER)

        counted: dict[str, int] = {}
        for case in behind:
            keys = list(case.categories) if case.value is None else [str(bin_of(case.value, METRICS[metric].unit))]
            for key in keys:
                counted[key] = counted.get(key, 0) + 1
        shown: dict[str, int] = {}
        for point in points:
            for key, count in point.bins.items():
                shown[key] = shown.get(key, 0) + count
        assert counted == shown
        assert len(behind) == sum(point.n for point in points)

    @pytest.mark.usefixtures("told")
    def test_counts_those_who_wait_by_age(self) -> None:
        shown = dashboard(filters=FILTERS, at=NOON + timedelta(hours=5))

        for age in shown.ages:
            behind = drafts_behind(
                metric="queue_age.v1", filters=FILTERS, at=NOON + timedelta(hours=5), category=age.bucket
            )
            assert len(behind) == age.cases
        assert {age.bucket: age.cases for age in shown.ages}["under_1_day"] == shown.waiting > 0
        assert shown.oldest_seconds == 5 * 3600

    @pytest.mark.usefixtures("told")
    def test_keeps_to_its_filters(self) -> None:
        only = Filters(since=FILTERS.since, until=FILTERS.until, kind="analysis")

        assert dashboard(filters=only, at=LATER).signed.now == 1
        assert {case.kind for case in drafts_behind(metric="human_share.v1", filters=only, at=LATER)} == {"analysis"}

    @pytest.mark.usefixtures("told")
    def test_has_bars_that_lead_to_their_drafts(self) -> None:
        shown = dashboard(filters=FILTERS, at=LATER)

        for tenth, count in enumerate(shown.human_share_tenths):
            low, high = bar_of(tenth=tenth)
            behind = drafts_behind(metric="human_share.v1", filters=FILTERS, at=LATER, low=low, high=high)
            assert len(behind) == count

    @pytest.mark.usefixtures("told")
    def test_offers_what_can_be_chosen(self) -> None:
        offered = choices()

        assert [value for value, _ in offered["kind"]] == ["analysis", "documentation"]
        assert ("acme/writer 2", "acme/writer 2") in offered["model"]
        assert offered["source"]

    def test_knows_no_other_metric(self, db: None) -> None:
        with pytest.raises(MetricNotFound):
            drafts_behind(metric="score.v1", filters=FILTERS, at=LATER)
        with pytest.raises(MetricNotFound):
            drafts_behind(metric="queue_age.v1", filters=FILTERS, at=LATER, category="ancient")


class TestMetrics:
    @pytest.mark.parametrize("metric", sorted(METRICS))
    def test_say_what_they_mean(self, metric: str) -> None:
        assert len(definitions()[metric]) > 30

    def test_have_values_or_categories(self) -> None:
        assert {METRICS[name].unit for name in METRICS} == set(Unit)

    def test_name_every_age_once(self) -> None:
        assert len({bucket for bucket, _ in AGES}) == len(AGES)


class TestNoteView:
    def test_records_who_looked_at_people_s_work(self, make: Maker) -> None:
        manager = make.manager()
        actions.note_view(page="editors", filters={"kind": "news"}, by=manager, at=NOON)

        event = Event.objects.get(fact="insights_viewed.v1")
        assert (event.actor, event.payload) == (str(manager.id), {"page": "editors", "filters": {"kind": "news"}})

    def test_is_for_those_who_may_look(self, make: Maker) -> None:
        with pytest.raises(NotPermitted):
            actions.note_view(page="editors", filters={}, by=make.editor(), at=NOON)
