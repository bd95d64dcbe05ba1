"""Who may open what: every role against every page, and what those without a log-in see."""

import pytest

from content.permissions import Role
from tests.doors.desk.visitor import Visitor, now_claimed
from tests.make import Maker

MAY = {
    "queue": {Role.EDITOR, Role.APPROVER, Role.COMMENTER, Role.PUBLISHER, Role.MANAGER, Role.AUDITOR},
    "insights": {Role.MANAGER, Role.AUDITOR, Role.DATA_STEWARD},
    "operations": {Role.MANAGER, Role.AUDITOR},
    "administration": {Role.MANAGER},
    "sources": {Role.MANAGER},
    "people": {Role.MANAGER},
    "responsible": {Role.MANAGER},
    "account": set(Role),
}
MISSING = {
    "queue": "see drafts",
    "insights": "see insights",
    "operations": "see operations and history",
    "administration": "manage sources",
    "sources": "manage sources",
    "people": "manage people",
    "responsible": "manage policies",
}


class TestAPage:
    @pytest.mark.parametrize("role", list(Role))
    @pytest.mark.parametrize("name", list(MAY))
    def test_opens_for_the_roles_that_hold_what_it_needs(self, make: Maker, name: str, role: Role) -> None:
        visitor = Visitor(make.person(role))

        page = visitor.open(name)

        assert page.status_code == (200 if role in MAY[name] else 403)
        if role not in MAY[name]:
            assert MISSING[name] in page.content.decode()

    @pytest.mark.parametrize("name", [name for name in MAY if name != "account"])
    def test_says_what_somebody_without_a_role_lacks(self, make: Maker, name: str) -> None:
        page = Visitor(make.outsider()).open(name)

        assert page.status_code == 403
        assert "A manager can give you a role" in page.content.decode()

    @pytest.mark.parametrize("name", list(MAY))
    def test_sends_those_without_a_log_in_there_and_back(self, db: None, name: str) -> None:
        page = Visitor().open(name)

        assert page.status_code == 302
        assert page["Location"].startswith("/accounts/login/?next=/")

    def test_lets_nobody_in_whose_account_is_switched_off(self, make: Maker) -> None:
        from django.contrib.auth import get_user_model

        visitor = Visitor(make.editor())
        get_user_model().objects.update(is_active=False)

        assert visitor.open("queue").status_code == 302

    def test_of_a_case_hides_it_from_those_who_may_not_see_its_source(self, make: Maker) -> None:
        step = now_claimed(make)
        elsewhere = make.person(Role.EDITOR, source_id=make.source().pk)

        page = Visitor(elsewhere).open("case", step.case_id)

        assert page.status_code == 404
        assert "not yours to see" in page.content.decode()

    def test_carries_a_policy_with_a_nonce_of_its_own_and_is_not_stored(self, make: Maker) -> None:
        visitor = Visitor(make.editor())

        first, second = visitor.open("queue"), visitor.open("queue")

        assert "script-src 'self' 'nonce-" in first["Content-Security-Policy"]
        assert first["Content-Security-Policy"] != second["Content-Security-Policy"]
        assert "no-store" in first["Cache-Control"]

    def test_takes_no_form_without_the_mark_of_its_own_site(self, make: Maker) -> None:
        visitor = Visitor(make.editor())
        visitor.client.handler.enforce_csrf_checks = True

        page = visitor.send("claim_next", purpose="edit")

        assert page.status_code == 403
        assert "Nothing was changed" in page.content.decode()


class TestARequestOfTheScript:
    @pytest.mark.parametrize("name", ["working_copy", "revisions", "lease", "check_claims", "stands"])
    def test_learns_that_the_log_in_is_over(self, make: Maker, name: str) -> None:
        step = now_claimed(make)

        answer = Visitor().ask("PATCH" if name == "working_copy" else "POST", name, step.case_id)

        assert answer.status_code == 401
        assert answer.json()["code"] == "not_authenticated"

    @pytest.mark.parametrize("name", ["live_queue", "live_case"])
    def test_for_news_learns_that_the_log_in_is_over(self, make: Maker, name: str) -> None:
        step = now_claimed(make)

        assert Visitor().open(name, *([] if name == "live_queue" else [step.case_id])).status_code == 401


class TestTheLogInPage:
    def test_leads_to_the_queue(self, make: Maker) -> None:
        make.person(Role.EDITOR, email="ada@desk.example")
        visitor = Visitor()

        page = visitor.follow("account_login", login="ada@desk.example", password="correct horse")

        assert page.redirect_chain[-1][0] == "/queue/"

    def test_does_not_say_which_half_was_wrong(self, make: Maker) -> None:
        make.person(Role.EDITOR, email="ada@desk.example")

        wrong = Visitor().send("account_login", login="ada@desk.example", password="no")
        nobody = Visitor().send("account_login", login="bob@desk.example", password="no")

        assert "That did not work" in wrong.content.decode()
        assert wrong.content.decode().count("e-mail") == nobody.content.decode().count("e-mail")

    def test_shows_colors_that_the_reader_chose(self, db: None) -> None:
        visitor = Visitor()
        visitor.client.cookies["reviewdesk-theme"] = "dark"

        assert 'data-theme="dark"' in visitor.open("account_login").content.decode()

    def test_ignores_a_theme_that_is_none(self, db: None) -> None:
        visitor = Visitor()
        visitor.client.cookies["reviewdesk-theme"] = 'x" onload="y'

        assert "onload" not in visitor.open("account_login").content.decode()


class TestSigningOut:
    def test_ends_the_session(self, make: Maker) -> None:
        visitor = Visitor(make.editor())

        visitor.send("account_logout")

        assert visitor.open("queue").status_code == 302
