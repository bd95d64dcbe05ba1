"""Sign off and approve: the whole way, and everything that stops it without losing an answer."""

import pytest
from django.utils import timezone

from content.permissions import Role
from content.review.models import SignOff
from content.review.queries import cases, sign_offs
from content.review.states import CaseState, Purpose, SignOffKind
from tests.doors.desk.visitor import Visitor, address, answers, hidden, now_claimed, now_edited, whole
from tests.make import Maker
from tests.making_cases import EDITED, Step


def shown(visitor: Visitor, name: str, step: Step) -> dict[str, str]:
    """Return what the page of a sign-off sends back."""
    page = visitor.open(name, step.case_id)
    return {field: hidden(page, field) for field in ("fence", "digest", "policy_version")}


def state_of(step: Step) -> str:
    return cases.get_case(case_id=step.case_id).state


class TestTheWholeWay:
    def test_goes_from_an_edit_over_a_sign_off_to_an_approval(self, make: Maker) -> None:
        step = now_claimed(make)
        editor, approver = Visitor(step.editor), Visitor(make.approver())
        editor.ask("POST", "revisions", step.case_id, **whole(step, EDITED))
        make.check_all(step)

        signed = editor.follow("sign", step.case_id, **shown(editor, "sign", step), **answers(make))
        approver.send("claim", step.case_id, purpose=Purpose.APPROVE)
        approved = approver.follow("approve", step.case_id, **shown(approver, "approve", step), **answers(make))

        assert "Signed off." in signed.content.decode()
        assert "Approved." in approved.content.decode()
        assert state_of(step) == CaseState.READY
        given = sign_offs.valid_sign_offs(case_id=step.case_id)
        assert [each.kind for each in given] == [SignOffKind.EDITOR, SignOffKind.APPROVER]
        assert {each.auth_method for each in given} == {"password"}
        assert len({each.digest for each in given}) == 1


class TestTheSignPage:
    def test_shows_exactly_what_is_signed(self, make: Maker) -> None:
        step = now_edited(make)

        page = Visitor(step.editor).open("sign", step.case_id).content.decode()

        assert "I have read this text as a whole" in page
        assert f'value="{make.head(step).digest}"' in page
        assert "Next: a second person approves." in page
        assert "claims are checked" in page
        assert 'id="sign-button"' in page

    def test_says_what_is_in_the_way(self, make: Maker) -> None:
        step = now_claimed(make)

        page = Visitor(step.editor).open("sign", step.case_id).content.decode()

        assert "This cannot be signed yet." in page
        assert "sentences are neither edited nor verified" in page
        assert 'id="sign-button"' not in page

    def test_offers_to_save_what_was_typed(self, make: Maker) -> None:
        step = now_edited(make)
        make.type(step, EDITED + "\nOne more thing.\n")
        visitor = Visitor(step.editor)
        page = visitor.open("sign", step.case_id)

        answer = visitor.send("keep", step.case_id, fence=hidden(page, "fence"), base=hidden(page, "base"))

        assert "You typed something that is no version yet." in page.content.decode()
        assert answer["Location"] == address("sign", step.case_id)
        assert make.head(step).text.endswith("One more thing.\n")

    def test_asks_for_nothing_beforehand(self, make: Maker) -> None:
        step = now_edited(make)

        page = Visitor(step.editor).open("sign", step.case_id).content.decode()

        assert " checked>" not in page.split('<form class="form"')[1]


class TestSigning:
    @pytest.mark.parametrize(
        ("field", "sentence"),
        [
            ("facts_checked", "Say that you checked the facts."),
            ("sources_checked", "Say that you checked the sources."),
            ("competence", "Say how you know this subject."),
            ("competence_note", "Say in a sentence why you can judge this text."),
            ("tools", "Say which tools you used, or that you used none."),
            ("public_interest", "Say whether the text is about a matter of public interest."),
            ("responsible_id", "Choose who answers for the text."),
        ],
    )
    def test_names_the_answer_that_is_missing_and_keeps_the_others(
        self, make: Maker, field: str, sentence: str
    ) -> None:
        step = now_edited(make)
        visitor = Visitor(step.editor)
        given = answers(make) | {field: ""}

        page = visitor.send("sign", step.case_id, **shown(visitor, "sign", step), **given)

        assert page.status_code == 422
        assert sentence in page.content.decode()
        assert "I have baked bread" in page.content.decode() or field == "competence_note"
        assert not SignOff.objects.exists()

    def test_with_an_old_log_in_asks_for_the_password_and_keeps_every_answer(self, make: Maker) -> None:
        step = now_edited(make)
        visitor = Visitor(step.editor)
        fields = shown(visitor, "sign", step)
        visitor.prove_long_ago()

        sent = visitor.send("sign", step.case_id, **fields, **answers(make))
        back = visitor.follow("account_reauthenticate", password="correct horse", next=address("sign", step.case_id))

        assert sent["Location"].startswith("/accounts/reauthenticate/?next=%2Fcases%2F")
        assert not SignOff.objects.exists()
        assert back.redirect_chain[-1][0] == address("sign", step.case_id)
        assert "I have baked bread for ten years." in back.content.decode()
        assert 'value="practitioner" checked' in back.content.decode()

    def test_with_an_old_log_in_goes_through_after_the_password(self, make: Maker) -> None:
        step = now_edited(make)
        visitor = Visitor(step.editor)
        visitor.prove_long_ago()
        visitor.send("sign", step.case_id, **shown(visitor, "sign", step), **answers(make))
        visitor.send("account_reauthenticate", password="correct horse", next=address("sign", step.case_id))

        visitor.send("sign", step.case_id, **shown(visitor, "sign", step), **answers(make))

        assert state_of(step) == CaseState.AWAITING_SECOND

    def test_twice_gives_one_sign_off_and_no_error(self, make: Maker) -> None:
        step = now_edited(make)
        visitor = Visitor(step.editor)
        fields = shown(visitor, "sign", step) | answers(make)

        first = visitor.send("sign", step.case_id, **fields)
        second = visitor.send("sign", step.case_id, **fields)

        assert (first.status_code, second.status_code) == (302, 302)
        assert SignOff.objects.count() == 1

    def test_of_a_text_that_changed_meanwhile_is_refused_and_shows_the_new_one(self, make: Maker) -> None:
        step = now_edited(make)
        visitor = Visitor(step.editor)
        fields = shown(visitor, "sign", step)
        make.save(step, EDITED.replace("holes", "many holes"))
        make.check_all(step)

        page = visitor.send("sign", step.case_id, **fields, **answers(make))

        assert page.status_code == 409
        assert "not the one you were shown" in page.content.decode()
        assert f'value="{make.head(step).digest}"' in page.content.decode()
        assert not SignOff.objects.exists()

    def test_is_refused_while_rules_are_open(self, make: Maker) -> None:
        step = now_claimed(make)
        visitor = Visitor(step.editor)

        page = visitor.send("sign", step.case_id, **shown(visitor, "sign", step), **answers(make))

        assert page.status_code == 409
        assert "neither edited nor verified" in page.content.decode()

    def test_keeps_the_tools_that_were_named(self, make: Maker) -> None:
        step = now_edited(make)
        visitor = Visitor(step.editor)
        tools = {"tools": "some", "tool_name_1": "Helper 3", "tool_ai_1": "yes", "tool_used_for_1": "spelling"}

        visitor.send("sign", step.case_id, **shown(visitor, "sign", step), **answers(make, **tools))

        declared = sign_offs.valid_sign_offs(case_id=step.case_id)[0].declaration.tools
        assert declared is not None
        assert [(each.name, each.ai, each.used_for) for each in declared] == [("Helper 3", True, "spelling")]

    def test_asks_for_the_words_that_a_tool_wrote(self, make: Maker) -> None:
        step = now_edited(make)
        visitor = Visitor(step.editor)
        tools = {"tools": "some", "tool_name_1": "Helper 3", "tool_ai_1": "yes", "tool_used_for_1": "wrote_text"}

        page = visitor.send("sign", step.case_id, **shown(visitor, "sign", step), **answers(make, **tools))
        found = visitor.send(
            "sign",
            step.case_id,
            **shown(visitor, "sign", step),
            **answers(make, **tools, tool_passage_1="Linen soaks moisture up."),
        )

        assert "Copy the words that the tool wrote" in page.content.decode()
        assert found.status_code == 302

    def test_refuses_numbers_that_are_none(self, make: Maker) -> None:
        step = now_edited(make)
        visitor = Visitor(step.editor)
        fields = shown(visitor, "sign", step) | {"fence": "first"}

        assert visitor.send("sign", step.case_id, **fields, **answers(make)).status_code == 422


class TestApproving:
    def test_is_refused_to_whoever_worked_on_the_text(self, make: Maker) -> None:
        both = make.person(Role.EDITOR, Role.APPROVER)
        step = make.signed(at=timezone.now(), editor=both)
        visitor = Visitor(both)
        fields = {"fence": 0, "digest": make.head(step).digest, "policy_version": 1}

        page = visitor.send("approve", step.case_id, **fields, **answers(make))

        assert page.status_code in {403, 409}
        assert state_of(step) == CaseState.AWAITING_SECOND

    def test_is_refused_to_an_editor(self, make: Maker) -> None:
        step = make.signed(at=timezone.now())
        fields = {"fence": 0, "digest": make.head(step).digest, "policy_version": 1}

        page = Visitor(make.editor()).send("approve", step.case_id, **fields, **answers(make))

        assert page.status_code == 403
        assert "approve" in page.content.decode()

    def test_has_a_statement_of_its_own(self, make: Maker) -> None:
        step = make.reviewed(at=timezone.now())
        assert step.approver is not None

        page = Visitor(step.approver).open("approve", step.case_id).content.decode()

        assert "I did not write it, and I approve it" in page
        assert "are new against the draft;" in page
