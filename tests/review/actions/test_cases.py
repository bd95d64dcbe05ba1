from datetime import timedelta

import pytest

from content.actors import SYSTEM, NotPermitted
from content.drafts.facts import DraftId
from content.drafts.refusals import PersonNotFound
from content.drafts.states import Priority
from content.events.models import Event
from content.permissions import Role
from content.policy import actions as policies
from content.policy import queries as policy_queries
from content.policy.shipped import SHIPPED
from content.review.actions import cases, judging
from content.review.facts import CaseId
from content.review.models import Case
from content.review.queries import cases as case_queries
from content.review.queries import evidence as evidences
from content.review.queries.problems import problems
from content.review.refusals import CaseNotFound, PartyInvalid
from tests.make import NOON, Maker


class TestOpenCase:
    def test_puts_a_draft_into_the_queue(self, make: Maker) -> None:
        case = make.case(kind="news", priority="high")

        assert (case.state, case.priority, case.due_at) == ("queued", 2, NOON + timedelta(hours=4))
        assert case.policy == policy_queries.policy_for(kind="news")

    def test_takes_the_due_time_that_the_source_gave(self, make: Maker) -> None:
        case = make.case(due_at="2026-12-24T12:00:00Z")

        assert case.due_at == NOON + timedelta(days=29)

    def test_happens_once(self, make: Maker) -> None:
        case = make.case()

        assert cases.open_case(draft_id=DraftId(case.draft_id), by=SYSTEM, at=NOON) is None
        assert Event.objects.filter(fact="case_opened.v1").count() == 1

    def test_installs_the_policies_that_are_missing(self, make: Maker) -> None:
        make.case(kind="other")

        assert policy_queries.policies().count() == len(SHIPPED)

    def test_rates_the_risk(self, make: Maker) -> None:
        plain, hidden = make.case(), make.case(body="# Bread\n\nA word\u200b in it.\n")

        assert (plain.risk, hidden.risk) == (0, 5)

    def test_is_no_business_of_a_person(self, make: Maker) -> None:
        draft_id = make.measured()

        with pytest.raises(NotPermitted):
            cases.open_case(draft_id=draft_id, by=make.manager(), at=NOON)  # type: ignore[arg-type]


class TestManagers:
    def test_say_who_how_soon_and_until_when(self, make: Maker) -> None:
        case, manager, editor = make.case(), make.manager(), make.editor()
        case_id = CaseId(case.pk)

        cases.assign(case_id=case_id, user_id=editor.id, by=manager, at=NOON)
        cases.set_priority(case_id=case_id, priority=Priority.URGENT, by=manager, at=NOON)
        changed = cases.set_due(case_id=case_id, due_at=NOON + timedelta(hours=1), by=manager, at=NOON)

        assert (changed.assignee_id, changed.priority, changed.due_at) == (editor.id, 3, NOON + timedelta(hours=1))
        names = [event.payload["names"] for event in Event.objects.filter(fact="case_assigned.v1").order_by("id")]
        assert names == [["assignee"], ["priority"], ["due_at"]]
        assert cases.assign(case_id=case_id, user_id=None, by=manager, at=NOON).assignee_id is None

    def test_assign_to_somebody_who_is_there(self, make: Maker) -> None:
        case = make.case()

        with pytest.raises(PersonNotFound):
            cases.assign(case_id=CaseId(case.pk), user_id=4711, by=make.manager(), at=NOON)

    @pytest.mark.parametrize("role", [each for each in Role if each is not Role.MANAGER])
    def test_alone_do_that(self, make: Maker, role: Role) -> None:
        case = make.case()

        with pytest.raises(NotPermitted):
            cases.set_priority(case_id=CaseId(case.pk), priority=Priority.LOW, by=make.person(role), at=NOON)


class TestResponsibleParties:
    def test_have_a_page_that_the_public_can_open(self, make: Maker) -> None:
        for name, role, url in (
            ("", "editor", "https://example.org"),
            ("Ada", "", "https://example.org"),
            ("Ada", "editor", "http://example.org"),
            ("Ada", "editor", "https://"),
            ("Ada", "editor", "mailto:ada@example.org"),
        ):
            with pytest.raises(PartyInvalid):
                cases.set_responsible_party(name=name, role=role, contact_url=url, by=SYSTEM, at=NOON)

    def test_are_named_by_managers(self, make: Maker) -> None:
        with pytest.raises(NotPermitted):
            cases.set_responsible_party(
                name="Ada", role="editor", contact_url="https://example.org", by=make.editor(), at=NOON
            )
        cases.set_responsible_party(
            name="Ada", role="editor", contact_url="https://example.org", by=make.manager(), at=NOON
        )

        assert [each.name for each in evidences.responsible_parties(at=NOON)] == ["Ada"]
        assert evidences.responsible_parties(at=NOON - timedelta(days=1)) == []


class TestQueries:
    def test_find_cases_by_draft(self, make: Maker) -> None:
        case = make.case()
        draft_id = DraftId(case.draft_id)
        other = make.measured()

        assert case_queries.case_of(draft_id=draft_id) == case
        assert case_queries.states_of(draft_ids=[draft_id, other]) == {draft_id: "queued"}
        assert list(case_queries.drafts_in_state(state="queued")) == [case.draft_id]
        assert list(case_queries.drafts_in_state(state="ready")) == []

    def test_say_what_is_not_there(self, make: Maker) -> None:
        nobody = CaseId(make.measured())

        with pytest.raises(CaseNotFound):
            case_queries.get_case(case_id=nobody)
        with pytest.raises(CaseNotFound):
            case_queries.lock_case(case_id=nobody)

    def test_give_the_version_and_the_head_as_an_etag(self, make: Maker) -> None:
        case = make.case()

        etag = case_queries.etag_of(draft=case_queries.get_case(case_id=CaseId(case.pk)).draft)

        assert etag == f"2-{make.head(make.step(case)).digest[7:19]}"


class TestAnotherPolicy:
    def test_judges_the_open_cases_of_its_kind(self, make: Maker) -> None:
        step, other = make.claimed(), make.claimed(kind="news")
        body = SHIPPED["documentation"] | {"rules": [{"rule": "no_open_threads.v1"}]}
        drafted = policies.draft_policy(
            slug="documentation", kind="documentation", body=body, by=make.manager(), at=NOON
        )
        policies.activate_policy(policy_id=drafted.pk, by=make.manager(), at=NOON)

        assert judging.judge_under_policy(policy_id=drafted.pk, by=SYSTEM, at=NOON) == 1

        assert case_queries.get_case(case_id=step.case_id).policy == drafted
        assert case_queries.get_case(case_id=other.case_id).policy != drafted
        assert judging.judge_under_policy(policy_id=drafted.pk, by=SYSTEM, at=NOON) == 0

    def test_that_retired_meanwhile_judges_nothing(self, make: Maker) -> None:
        make.claimed()
        drafted = policies.draft_policy(
            slug="documentation", kind="documentation", body=SHIPPED["documentation"], by=make.manager(), at=NOON
        )

        assert judging.judge_under_policy(policy_id=drafted.pk, by=SYSTEM, at=NOON) == 0


class TestDoctor:
    def test_finds_nothing_in_sound_cases(self, make: Maker) -> None:
        make.ready()
        make.published()
        make.end_by("reject", make.claimed())

        assert problems(at=NOON) == ()

    def test_finds_a_state_that_does_not_follow(self, make: Maker, unguarded: None) -> None:
        step = make.claimed()
        Case.objects.filter(pk=step.case_id).update(state="ready")

        assert problems(at=NOON) == (f"case {step.case_id}: it reads ready and its facts say in_review",)

    def test_finds_a_lease_on_a_closed_case(self, make: Maker, unguarded: None) -> None:
        step = make.claimed()
        Case.objects.filter(pk=step.case_id).update(state="rejected", closed_at=NOON, closed_by="person:1")

        assert problems(at=NOON) == (f"case {step.case_id}: it has ended and somebody still holds it",)

    def test_finds_a_publication_without_a_sign_off(self, make: Maker, unguarded: None) -> None:
        case = make.case()
        Case.objects.filter(pk=case.pk).update(state="closed_published", closed_at=NOON, closed_by="system:x")

        assert problems(at=NOON) == (f"case {case.pk}: it was published and no sign-off of it counts",)
