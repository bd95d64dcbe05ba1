import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.actors import SYSTEM
from content.drafts.states import Format
from content.permissions import Role
from content.policy import actions as policies
from content.policy import queries as policy_queries
from content.policy.verdict import Outcome
from content.review.actions import comments, leases
from content.review.facts import CaseId
from content.review.queries import desk, sign_offs
from content.review.queries.dry_run import dry_run
from content.review.refusals import CaseNotFound
from content.review.states import Purpose
from tests.make import NOON, Maker
from tests.making_cases import BODY, EDITED, later

QUERIES_A_DESK = 24


class TestDesk:
    def test_shows_everything_about_a_case(self, make: Maker) -> None:
        step = make.edited()
        comments.comment(case_id=step.case_id, body="Which box?", by=step.editor, at=NOON)

        shown = desk.desk(case_id=step.case_id, by=step.editor, at=NOON)

        assert (shown.head.number, shown.original.number, shown.original.text) == (2, 1, BODY)
        assert (shown.facts.state, shown.policy.slug, shown.working_copy) == ("in_review", "documentation", None)
        assert [each.opening.body for each in shown.threads] == ["Which box?"]
        assert {each.is_open for each in shown.claims} <= {False}
        assert shown.judgement.decision.claim_level == "substantially_edited"
        assert set(shown.names) == {step.editor.id}

    def test_offers_what_the_person_may_do(self, make: Maker) -> None:
        step = make.edited()

        shown = desk.desk(case_id=step.case_id, by=step.editor, at=NOON)

        assert shown.may("sign")
        assert not shown.may("approve")
        assert not shown.may("claim")

    def test_never_hides_the_button_for_what_the_dialog_asks(self, make: Maker) -> None:
        step = make.edited()

        shown = desk.desk(case_id=step.case_id, by=step.editor, at=NOON)

        assert {each.code for each in shown.judgement.decision.blocking} == {"declaration_asked", "reading_time_asked"}
        assert shown.may("sign")

    def test_says_which_rules_keep_one_from_signing(self, make: Maker) -> None:
        step = make.claimed()

        shown = desk.desk(case_id=step.case_id, by=step.editor, at=NOON)

        (sign,) = [each for each in shown.actions if each.action == "sign"]
        assert {(each.code, each.rule) for each in sign.reasons} == {
            ("gate_pending", "coverage.v1"),
            ("gate_pending", "all_claims_checked.v1"),
        }

    def test_is_not_shown_to_whom_it_does_not_concern(self, make: Maker) -> None:
        step = make.claimed()

        with pytest.raises(CaseNotFound):
            desk.desk(case_id=step.case_id, by=make.person(Role.EDITOR, kind="news"), at=NOON)
        with pytest.raises(CaseNotFound):
            desk.desk(case_id=step.case_id, by=make.outsider(), at=NOON)

    def test_offers_a_case_whose_lease_ran_out(self, make: Maker) -> None:
        step, other = make.claimed(), make.editor()

        shown = desk.desk(case_id=step.case_id, by=other, at=later(1801))

        assert shown.may("claim")
        assert leases.claim(case_id=step.case_id, purpose=Purpose.EDIT, by=other, at=later(1801)).holder_id == other.id

    def test_tells_a_contributor_why_another_approves(self, make: Maker) -> None:
        both = make.person(Role.EDITOR, Role.APPROVER)
        step = make.signed(editor=both)

        actions = {each.action: each for each in desk.allowed_actions(case_id=step.case_id, by=both, at=NOON)}

        (reason,) = actions["claim_to_approve"].reasons
        assert reason.code == "not_a_distinct_person"
        assert "somebody else" in reason.reason

    def test_asks_few_questions(self, make: Maker) -> None:
        step = make.reviewed()

        with CaptureQueriesContext(connection) as asked:
            desk.desk(case_id=step.case_id, by=step.editor, at=NOON)

        assert len(asked) <= QUERIES_A_DESK


class TestSignPage:
    def test_shows_the_editor_what_they_put_their_name_to(self, make: Maker) -> None:
        step = make.edited()

        shown = desk.sign_page(case_id=step.case_id, by=step.editor, at=NOON)

        assert (shown.kind, shown.statement.id, shown.head.text) == ("editor", "editor.v1", EDITED)
        assert (shown.asks_public_interest, shown.publishes_at_once, shown.reasons) == (True, True, ())
        assert [party.name for party in shown.parties] == ["Example News Ltd"]

    def test_shows_the_approver_theirs(self, make: Maker) -> None:
        step = make.reviewed(kind="analysis")
        assert step.approver

        shown = desk.sign_page(case_id=step.case_id, by=step.approver, at=NOON)

        assert (shown.kind, shown.statement.id) == ("approver", "approver.v1")
        assert (shown.asks_public_interest, shown.publishes_at_once, shown.reasons) == (False, False, ())

    def test_says_that_something_is_not_saved_yet(self, make: Maker) -> None:
        step = make.edited()
        make.type(step, EDITED + "\nMore.\n")

        assert desk.sign_page(case_id=step.case_id, by=step.editor, at=NOON).has_unsaved_text


class TestHistory:
    def test_tells_the_life_of_a_draft_newest_first(self, make: Maker) -> None:
        step = make.signed()

        facts = [event.fact for event in desk.history_of(case_id=step.case_id)]

        assert facts[-1] == "draft_received.v1"
        assert facts.index("sign_off_given.v1") < facts.index("revision_saved.v1") < facts.index("case_claimed.v1")


class TestSignOffs:
    def test_are_listed_with_whether_they_count(self, make: Maker) -> None:
        step = make.ready()
        make.save(make.again(step), EDITED.replace("Linen", "Cotton"))

        listed = sign_offs.sign_offs_of(case_id=step.case_id)

        assert [(each.kind, each.is_valid, each.void_cause) for each in listed] == [
            ("editor", False, "substantive"),
            ("approver", False, "substantive"),
        ]
        assert sign_offs.valid_sign_offs(case_id=step.case_id) == ()
        assert [row.responsible.name for row in sign_offs.sign_off_rows(ids=[each.id for each in listed])] == [
            "Example News Ltd"
        ] * 2

    def test_say_how_they_were_carried(self, make: Maker) -> None:
        step = make.ready()
        make.save(make.again(step), EDITED.replace("\n\nNever", "\n\n\nNever"))
        ids = [each.id for each in sign_offs.sign_offs_of(case_id=step.case_id)]

        methods = sign_offs.carry_methods(ids=ids, revision_id=make.head_id(step))

        assert set(methods.values()) == {"cosmetic.v1"}

    def test_come_with_the_objections(self, make: Maker) -> None:
        step = make.reviewed()
        make.end_by("send_back", step)

        assert len(sign_offs.open_objections(case_id=step.case_id)) == 1
        assert len(sign_offs.objections_ever(case_id=step.case_id)) == 1
        assert sign_offs.responsible_party(party_id=make.party())
        assert sign_offs.responsible_party(party_id=4711) is None


class TestDryRun:
    def test_judges_a_pair_of_texts_that_nobody_posted(self, make: Maker) -> None:
        policies.install_policies(by=SYSTEM, at=NOON)
        policy = policy_queries.policy_for(kind="documentation")

        found = dry_run(policy=policy, machine_text=BODY, text=EDITED, language="en", format_=Format.MARKDOWN, at=NOON)

        assert not found.decision.approved
        pending = {each.rule for each in found.decision.verdicts if each.outcome is Outcome.PENDING}
        assert {"declaration_complete.v1", "responsible_person_set.v1", "minimum_reading_time.v1"} <= pending
        assert found.decision.claim_level == "substantially_edited"
        assert found.measures["typed_words"] == 0

    def test_finds_a_text_that_nobody_changed(self, make: Maker) -> None:
        policies.install_policies(by=SYSTEM, at=NOON)
        policy = policy_queries.policy_for(kind="documentation")

        found = dry_run(policy=policy, machine_text=BODY, text=BODY, language="en", format_=Format.MARKDOWN, at=NOON)

        assert found.decision.claim_level == "reviewed"
        assert found.evidence.human_share == 0.0


class TestNobody:
    def test_sees_a_case_that_is_not_there(self, make: Maker) -> None:
        nobody = CaseId(make.measured())

        for ask in (desk.desk, desk.sign_page, desk.allowed_actions):
            with pytest.raises(CaseNotFound):
                ask(case_id=nobody, by=make.editor(), at=NOON)
