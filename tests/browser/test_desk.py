"""The desk in a real browser, under its real Content-Security-Policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from content import pipeline
from content.permissions import Role
from tests.make import Maker

pytestmark = pytest.mark.browser


@pytest.fixture
def faults(page: Page) -> Iterator[list[str]]:
    """Collect what the browser complains of; a test that leaves any fails."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    assert found == []


class TestDesk:
    def test_opens_a_case_for_an_editor_who_takes_the_next(
        self, live_server: LiveServer, page: Page, faults: list[str], make: Maker
    ) -> None:
        make.person(Role.EDITOR, email="editor@desk.example")
        make.draft()
        pipeline.run_ready()

        page.goto(f"{live_server.url}/queue/")
        page.fill("input[name=login]", "editor@desk.example")
        page.fill("input[name=password]", "correct horse")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Take next").click()

        expect(page.locator("html[data-ready]")).to_be_attached()
        expect(page.locator(".cm-content")).to_contain_text("heat pump")
