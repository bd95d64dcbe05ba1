"""The editor in a real browser, under its real policy: nothing typed is lost, whatever happens."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from content.drafts import queries as draft_queries
from content.permissions import Role
from content.review.actions import leases
from content.review.states import Purpose
from tests.browser.conftest import Desk, Watch
from tests.make import Maker
from tests.making_cases import BODY, EDITED, Step

pytestmark = pytest.mark.browser

WORDS = "The crust sings when it cools."


@pytest.fixture
def step(make: Maker) -> Step:
    """Return a case that an editor holds."""
    return make.claimed(at=timezone.now(), editor=make.person(Role.EDITOR, email="editor@desk.example"))


@pytest.fixture
def editing(desk: Desk, step: Step) -> Desk:
    """Return that editor at the desk."""
    desk.sign_in("editor@desk.example").open(f"/cases/{step.case_id}/").ready()
    return desk


def stored(step: Step) -> str:
    copy = draft_queries.working_copy(draft_id=step.draft_id, person_id=step.editor.id)
    return copy.text if copy is not None else ""


class TestTyping:
    def test_is_saved_with_its_record_and_counted_as_typed(self, editing: Desk, step: Step) -> None:
        editing.type_at_the_end(WORDS)

        editing.saved()
        expect(editing.page.locator(".who-row[data-kind=typed]")).to_contain_text("6")
        expect(editing.page.locator(".cm-content .au-typed").first).to_be_visible()
        assert stored(step) == BODY + WORDS

    def test_outlives_a_reload(self, editing: Desk, step: Step) -> None:
        editing.type_at_the_end(WORDS)
        editing.saved()

        editing.page.reload()
        editing.ready()
        editing.type_at_the_end(" It does.")
        editing.saved()

        assert stored(step) == f"{BODY}{WORDS} It does."
        expect(editing.page.locator(".who-row[data-kind=typed]")).to_contain_text("8")

    def test_becomes_a_version_with_control_s(self, editing: Desk, step: Step, make: Maker) -> None:
        editing.type_at_the_end(WORDS)
        editing.page.keyboard.press("Control+s")

        expect(editing.page.locator("#desk-versions li").first).to_contain_text("2")
        assert make.head(step).text == BODY + WORDS

    def test_while_offline_is_kept_on_the_device_and_saved_later(self, editing: Desk, step: Step, watch: Watch) -> None:
        watch.allow("ERR_INTERNET_DISCONNECTED")
        editing.page.context.set_offline(offline=True)
        editing.type_at_the_end(WORDS)
        expect(editing.page.locator("#desk-save")).to_have_attribute("data-state", "offline", timeout=15_000)

        editing.page.context.set_offline(offline=False)

        expect(editing.page.locator("#desk-save")).to_have_attribute("data-state", "saved", timeout=20_000)
        assert stored(step) == BODY + WORDS

    def test_that_never_reached_the_server_is_offered_after_a_reload(
        self, editing: Desk, step: Step, watch: Watch
    ) -> None:
        watch.allow("ERR_FAILED")
        page = editing.page
        page.route("**/working-copy/", lambda route: route.abort())
        editing.type_at_the_end(WORDS)
        expect(page.locator("#desk-save")).to_have_attribute("data-state", re.compile("offline|unsaved"))
        page.wait_for_timeout(2500)  # the slice is written to the device before the request leaves

        page.unroute("**/working-copy/")
        page.reload()
        editing.ready()
        page.get_by_role("button", name="Put back").click()

        editing.saved()
        assert stored(step) == BODY + WORDS

    def test_in_another_mode_and_back_changes_no_byte(self, editing: Desk, step: Step) -> None:
        page = editing.page
        editing.type_at_the_end(WORDS)
        for mode in ("changes", "side", "edit"):
            page.locator(f"#desk-modes [data-mode={mode}]").click()
            expect(page.locator(f"#desk-modes [data-mode={mode}]")).to_have_attribute("aria-pressed", "true")

        editing.saved()
        assert stored(step) == BODY + WORDS


class TestTwoEditors:
    def test_cannot_hold_one_draft(self, editing: Desk, another: Callable[..., Desk], step: Step, make: Maker) -> None:
        make.person(Role.EDITOR, email="second@desk.example")

        second = another().sign_in("second@desk.example").open(f"/cases/{step.case_id}/")
        second.ready()

        expect(second.page.locator("#desk-save")).to_have_attribute("data-state", "readonly")
        expect(second.page.locator("#desk-bands")).to_contain_text("holds this draft")
        expect(second.page.get_by_role("button", name="Take to edit")).to_be_disabled()

    def test_who_lost_the_case_hands_in_what_was_typed(
        self, editing: Desk, step: Step, watch: Watch, make: Maker
    ) -> None:
        watch.allow("409")
        leases.release(
            case_id=step.case_id, by=make.manager(), reason="Needed for the evening edition today.", at=timezone.now()
        )
        leases.claim(case_id=step.case_id, purpose=Purpose.EDIT, by=make.editor(), at=timezone.now())

        editing.type_at_the_end(WORDS)

        expect(editing.page.locator("#desk-save")).to_have_attribute("data-state", "readonly")
        kept = list(draft_queries.revisions_of(draft_id=step.draft_id).filter(placement="branch"))
        assert [each.text for each in kept] == [BODY + WORDS]

    def test_who_was_overtaken_by_a_newer_version_loses_nothing(
        self, editing: Desk, step: Step, watch: Watch, make: Maker
    ) -> None:
        watch.allow("412")
        make.save(step, EDITED)

        editing.type_at_the_end(WORDS)

        expect(editing.page.locator("#desk-save")).to_have_attribute("data-state", "conflict")
        expect(editing.page.get_by_role("button", name="Copy my text")).to_be_visible()
        kept = list(draft_queries.revisions_of(draft_id=step.draft_id).filter(placement="branch"))
        assert [each.text for each in kept] == [BODY + WORDS]


class TestADialog:
    def test_gives_the_draft_back(self, editing: Desk, step: Step) -> None:
        page = editing.page
        editing.type_at_the_end(WORDS)
        page.locator("summary", has_text="More").click()
        page.get_by_role("link", name="Give it back").click()
        page.get_by_role("dialog").get_by_role("button", name="Give it back").click()

        page.wait_for_url("**/queue/")
        assert draft_queries.head_of(draft_id=step.draft_id).text == BODY + WORDS
