"""The main job in a real browser: from the queue over the editor to a page that anybody can check."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from content.permissions import Role
from tests.browser.conftest import Desk
from tests.make import Maker

pytestmark = pytest.mark.browser

BODY = """# Heat pumps

A heat pump can warm an old house. It needs large radiators.

In 2024 it saved us 40 percent of the gas bill. Nobody missed the old boiler.
"""
TYPED = "\nOurs hums softly behind the shed and the cat sleeps on its lid all winter.\n"


class TestTheMainJob:
    def test_goes_from_a_draft_to_a_page_that_says_valid(
        self, desk: Desk, another: Callable[..., Desk], make: Maker, work: Callable[[], int]
    ) -> None:
        make.person(Role.EDITOR, email="editor@desk.example")
        make.person(Role.APPROVER, email="approver@desk.example")
        make.draft(body=BODY, kind="documentation", sources=[])
        work()

        self.edit_and_sign(desk)
        work()
        second = another().sign_in("approver@desk.example")
        self.approve(second)
        work()

        self.look_at_the_proof(second)

    def edit_and_sign(self, desk: Desk) -> None:
        page = desk.sign_in("editor@desk.example").take_next().page
        desk.type_at_the_end(TYPED)
        expect(page.locator("#desk-who .who-row[data-kind=typed]")).to_be_visible()
        desk.saved()
        desk.check_everything()
        expect(page.locator("#desk-gate")).to_contain_text("Nothing is open before the sign-off.")
        page.locator("#desk-sign").click()
        page.wait_for_url("**/sign/")
        desk.declare()
        page.get_by_role("button", name="Sign off").click()
        page.wait_for_url("**/queue/")
        expect(page.locator("#bands")).to_contain_text("Signed off.")

    def approve(self, desk: Desk) -> None:
        page = desk.take_next().page
        expect(page.locator("#desk-save")).to_have_attribute("data-state", "readonly")
        expect(page.locator("#desk-modes [data-mode=changes]")).to_have_attribute("aria-pressed", "true")
        page.locator("#desk-sign").click()
        page.wait_for_url("**/approve/")
        desk.declare()
        page.get_by_role("button", name="Approve").click()
        expect(page.locator("#bands")).to_contain_text("Approved.")

    def look_at_the_proof(self, desk: Desk) -> None:
        page = desk.page
        page.reload()
        page.get_by_role("link", name="Check this text").click()
        expect(page.locator(".verdict").first).to_contain_text("Valid.")
        page.go_back()
        page.get_by_role("link", name="See the page").click()
        expect(page.locator("article")).to_contain_text("the cat sleeps on its lid")


class TestAWaitingApprover:
    def test_sees_the_page_appear_by_itself(self, desk: Desk, make: Maker, work: Callable[[], int]) -> None:
        approver = make.person(Role.APPROVER, email="approver@desk.example")
        step = make.reviewed(at=timezone.now(), approver=approver)
        work()
        page = desk.sign_in("approver@desk.example").open(f"/cases/{step.case_id}/approve/").page
        desk.declare()
        page.get_by_role("button", name="Approve").click()
        expect(page.locator("#desk-bands")).to_contain_text(re.compile("published by itself|Publishing"))

        work()

        expect(page.locator("h2").first).to_contain_text("What became of it", timeout=15_000)
