import pytest

from content.actors import SYSTEM
from content.events.models import Event
from content.review.actions import judging, leases
from content.review.facts import CaseId
from content.review.queries import cases as case_queries
from content.review.queries import gate as gates
from content.review.queries.facts import facts_of
from content.review.refusals import CaseClosed
from content.review.states import Purpose
from tests.make import NOON, Maker
from tests.making_cases import EDITED, later

ANOTHER = "# Bread again\n\nA machine wrote this text anew. It speaks of loaves and boxes.\n"


class TestResubmit:
    def test_makes_the_machine_text_the_head_while_no_person_wrote(self, make: Maker) -> None:
        cms = make.cms()
        case = make.case(cms=cms)

        answer = make.resubmit(make.step(case), cms, ANOTHER)

        assert (answer.placement, make.head(make.step(case)).text) == ("head", ANOTHER)

    def test_never_overwrites_a_person(self, make: Maker) -> None:
        cms = make.cms()
        step = make.edited(cms=cms)

        answer = make.resubmit(step, cms, ANOTHER)

        assert (answer.placement, make.head(step).text) == ("aside", EDITED)

    def test_never_overwrites_what_is_being_typed(self, make: Maker) -> None:
        cms = make.cms()
        step = make.claimed(cms=cms)
        make.type(step, EDITED)

        assert make.resubmit(step, cms, ANOTHER).placement == "aside"

    @pytest.mark.parametrize("body", [ANOTHER, EDITED], ids=["another text", "the very text that was signed"])
    def test_voids_every_sign_off(self, make: Maker, body: str) -> None:
        cms = make.cms()
        step = make.ready(cms=cms)

        make.resubmit(step, cms, body)

        facts = facts_of(case_id=step.case_id)
        assert [each.void_cause for each in facts.sign_offs] == ["machine", "machine"]
        assert (facts.valid_sign_offs, facts.state) == ((), "queued")
        assert not gates.publishable(case_id=step.case_id, at=NOON).may_go_out
        assert Event.objects.filter(fact="sign_off_voided.v1").count() == 1

    def test_changes_nothing_when_it_says_the_same(self, make: Maker) -> None:
        cms = make.cms()
        step = make.ready(cms=cms)
        make.resubmit(step, cms, ANOTHER)
        events = Event.objects.count()

        answer = make.resubmit(step, cms, ANOTHER)

        assert (answer.changed, Event.objects.count()) == (False, events)

    def test_answers_a_request_for_changes(self, make: Maker) -> None:
        cms = make.cms()
        step = make.claimed(cms=cms)
        make.end_by("request_changes", step)

        make.resubmit(step, cms, ANOTHER)

        assert make.state(step) == "queued"

    @pytest.mark.parametrize("end", ["reject", "withdraw"])
    def test_is_refused_after_the_end(self, make: Maker, end: str) -> None:
        cms = make.cms()
        step = make.claimed(cms=cms)
        make.end_by(end, step)

        with pytest.raises(CaseClosed):
            make.resubmit(step, cms, ANOTHER)

    def test_opens_a_new_case_after_a_publication(self, make: Maker) -> None:
        cms = make.cms()
        step = make.published(cms=cms)

        answer = make.resubmit(step, cms, ANOTHER, at=later(60))

        case = case_queries.open_case_of(draft_id=step.draft_id)
        assert case
        assert (case.pk != step.case_id, case.state, answer.placement) == (True, "queued", "head")
        assert next(iter(case_queries.cases_of(draft_id=step.draft_id))) == case

    def test_puts_a_second_text_aside_once_people_work_on_the_new_case(self, make: Maker) -> None:
        cms = make.cms()
        step = make.published(cms=cms)
        make.resubmit(step, cms, ANOTHER, at=later(60))
        case = case_queries.open_case_of(draft_id=step.draft_id)
        assert case
        lease = leases.claim(case_id=CaseId(case.pk), purpose=Purpose.EDIT, by=step.editor, at=later(61))
        make.save(make.moved(step, case, lease), EDITED, at=later(62))

        assert make.resubmit(step, cms, ANOTHER + "\nMore.\n", at=later(63)).placement == "aside"

    def test_changes_a_draft_without_a_case(self, make: Maker) -> None:
        cms = make.cms()
        draft_id = make.measured(cms=cms)

        answer = make.resubmit(make.before_case(draft_id), cms, ANOTHER)

        assert (answer.changed, case_queries.state_of(draft_id=draft_id)) == (True, "received")


class TestLateJobs:
    def test_find_it_done(self, make: Maker) -> None:
        step = make.again(make.ready())
        make.save(step, EDITED.replace("Linen", "Cotton"))
        before = Event.objects.count()

        judging.note_revision(draft_id=step.draft_id, revision_id=make.head_id(step), by=SYSTEM, at=NOON)
        judging.judge(draft_id=step.draft_id, by=SYSTEM, at=NOON)

        assert Event.objects.count() == before

    def test_leave_closed_cases_alone(self, make: Maker) -> None:
        step = make.claimed()
        make.end_by("reject", step)

        judging.judge(draft_id=step.draft_id, by=SYSTEM, at=NOON)

        assert make.state(step) == "rejected"

    def test_judge_what_was_measured_late(self, make: Maker) -> None:
        case = make.unmeasured_case()
        step = make.step(case)
        assert make.judgement(step).decision.waits

        make.measure(step.draft_id, NOON)
        judging.judge(draft_id=step.draft_id, by=SYSTEM, at=NOON)

        assert not make.judgement(step).decision.waits
        result = gates.latest_result(case_id=step.case_id, stage=make.judgement(step).decision.stage)
        assert result
        assert result.evidence["waits_for"] == []
