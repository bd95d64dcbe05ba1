"""What browser tests begin with: people who log in, a watch over every page, and the Jobs worked on demand."""

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from content import pipeline
from content.actors import SYSTEM
from content.attestation.actions.keys import register_keys
from content.policy.actions import install_policies
from tests.make import NOON, Maker

# Playwright's synchronous face runs an event loop in the test's thread, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
AXE = Axe()
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
expect.set_options(timeout=8_000)


class Watch:
    """Notes what a browser complains of: console errors, broken policies, failed requests."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.allowed: list[str] = []

    def over(self, page: Page) -> Page:
        """Watch a page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"page error: {error}"))
        page.on(
            "response",
            lambda answer: self.found.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None,
        )
        return page

    def allow(self, part: str) -> None:
        """Let pass what names this: a test that breaks something on purpose."""
        self.allowed.append(part)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.found.append(f"{message.text} ({message.location.get('url', '')})")

    def complaints(self) -> list[str]:
        """Return what nobody allowed."""
        return [each for each in self.found if not any(part in each for part in self.allowed)]


class Desk:
    """A person at a browser."""

    def __init__(self, server: str, page: Page) -> None:
        self.server = server
        self.page = page

    def sign_in(self, email: str) -> "Desk":
        """Log in and arrive at the queue."""
        self.open("/queue/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill("correct horse")
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".rail")).to_be_visible()
        return self

    def open(self, path: str) -> "Desk":
        """Open a page and wait until its script stands."""
        self.page.goto(f"{self.server}{path}")
        expect(self.page.locator("html[data-ready]")).to_be_attached()
        return self

    def take_next(self) -> "Desk":
        """Take the next case and wait for the editor."""
        self.page.locator(".rail").get_by_role("button").click()
        self.ready()
        return self

    def ready(self) -> None:
        """Wait for the editor."""
        expect(self.page.locator("html[data-ready]")).to_be_attached()
        expect(self.page.locator(".cm-content").first).to_be_visible()

    def type_at_the_end(self, text: str) -> None:
        """Type into the editor, key by key."""
        self.page.locator(".cm-content").click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)

    def saved(self) -> None:
        """Wait until everything is on the server."""
        expect(self.page.locator("#desk-save")).to_have_attribute("data-state", "saved")

    def check_everything(self) -> None:
        """Vouch for each claim and each paragraph that asks for it, by the buttons of the panel."""
        page = self.page
        while (claims := page.locator("#desk-claims li.claim")).count():
            name = claims.first.get_attribute("data-hash")
            claims.first.locator(".claim-quote").click()
            page.get_by_label("How do you know?").select_option("own_knowledge")
            page.locator("[data-check=correct]").click()
            expect(page.locator(f'#desk-claims li.claim[data-hash="{name}"]')).to_have_count(0)
        while (left := page.locator("[data-stand]")).count():
            name = left.first.get_attribute("data-stand")
            left.first.click()
            expect(page.locator(f'[data-stand="{name}"]')).to_have_count(0)

    def declare(self) -> None:
        """Answer everything that a sign-off asks."""
        page = self.page
        page.get_by_label("I checked the facts in this text.").check()
        page.get_by_label("I checked the sources it names.").check()
        page.get_by_label("Practitioner").check()
        page.get_by_label("Why can you judge this text?").fill("I have lived with one for ten years.")
        page.get_by_label("None", exact=True).check()
        if page.locator("#id_public_interest").count():
            page.locator("#id_public_interest").get_by_label("No").check()
        page.get_by_label("Who answers for this text publicly?").select_option(index=1)
        if page.locator("#id_reading_note").count():
            page.locator("#id_reading_note").fill("I read it aloud, twice.")

    def finds_nothing(self, state: str) -> None:
        """Hold a page against axe: no violation of any impact."""
        found = AXE.run(self.page, options=RULES).response["violations"]
        told = [
            f"{state}: {each['id']} ({each['impact']}) {node['html'][:160]}" for each in found for node in each["nodes"]
        ]
        assert told == []


@pytest.fixture
def watch() -> Iterator[Watch]:
    watching = Watch()
    yield watching
    assert watching.complaints() == []


@pytest.fixture
def desk(live_server: LiveServer, page: Page, watch: Watch) -> Desk:
    return Desk(live_server.url, watch.over(page))


@pytest.fixture
def another(live_server: LiveServer, browser: Browser, watch: Watch) -> Iterator[Callable[..., Desk]]:
    """Return a second person at a browser of their own."""
    contexts: list[BrowserContext] = []

    def arrive(**options: object) -> Desk:
        context = browser.new_context(**options)  # type: ignore[arg-type]  # Playwright's own options
        contexts.append(context)
        return Desk(live_server.url, watch.over(context.new_page()))

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def work(settings: Settings) -> Callable[[], int]:
    """Work every Job that is due; a publication gives no time to undo."""
    settings.REVIEWDESK = settings.REVIEWDESK | {"PUBLISH_UNDO_SECONDS": 0}
    return pipeline.run_ready


@pytest.fixture
def make(transactional_db: None) -> Maker:
    install_policies(by=SYSTEM, at=NOON)
    register_keys(by=SYSTEM, at=NOON)
    maker = Maker()
    maker.party(timezone.now())
    return maker
