"""Every main page against axe, light and dark; narrow screens without sideways scroll; pages without a script."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from content.actors import SYSTEM
from content.insights import actions as insights
from content.permissions import Role
from tests.browser.conftest import Desk, Watch
from tests.make import Maker
from tests.making_cases import Step

pytestmark = pytest.mark.browser

EVERYBODY = (Role.EDITOR, Role.APPROVER, Role.MANAGER, Role.PUBLISHER)
EMAIL = "all@desk.example"
WIDTH = 320  # what 1280 pixels are at a zoom of 400 % (WCAG 2.2, 1.4.10)
DULL = "# Sharpening knives\n\nKnives get dull. A whetstone can be used to make a knife sharp again.\n"
SHARP = "# Sharpening knives\n\nA wet stone wants patience. Hold twenty degrees and count thirty strokes a side.\n"


def publish(make: Maker) -> None:
    """Sign and approve a text about something else; the Jobs bring it out."""
    step = make.claimed(at=timezone.now(), title="A text that is out", body=DULL)
    make.save(step, SHARP)
    make.check_all(step)
    make.sign(step)
    make.approve(make.claim_to_approve(step, make.approver()))


@pytest.fixture
def step(make: Maker, work: Callable[[], int]) -> Step:
    """Return an edited case that somebody holds who may open every page; another was published, a third waits."""
    somebody = make.person(*EVERYBODY, email=EMAIL)
    publish(make)
    work()
    make.case(at=timezone.now(), title="A text that waits")
    step = make.edited(at=timezone.now(), editor=somebody)
    insights.roll_up(by=SYSTEM, at=timezone.now())
    return step


PAGES = (
    *("/queue/?view=all", "/queue/?view=sent_back", "/queue/?q=nonsense:x", "/account/", "/nothing/here/"),
    *("/insights/", "/insights/drafts/?metric=human_share.v1", "/operations/", "/administration/"),
    *("/administration/sources/", "/administration/people/", "/administration/responsible/"),
    *("/administration/policies/", "/administration/policies/1/"),
)
OF_A_CASE = (
    "",
    "sign/",
    "read/",
    "read/?as=text",
    "versions/",
    "history/",
    "passages/",
    "plan/",
    "hand-over/",
    "reject/",
)


class TestEveryPage:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_keeps_to_what_axe_knows(self, another: Callable[..., Desk], step: Step, scheme: str, watch: Watch) -> None:
        watch.allow("400")
        watch.allow("404")
        desk = another(color_scheme=scheme)
        desk.page.goto(f"{desk.server}/accounts/login/")
        desk.finds_nothing("login")
        desk.sign_in(EMAIL)

        for path in (*PAGES, *(f"/cases/{step.case_id}/{each}" for each in OF_A_CASE)):
            desk.open(path)
            desk.finds_nothing(f"{path} {scheme}")

    def test_needs_no_sideways_scroll(self, another: Callable[..., Desk], step: Step, watch: Watch) -> None:
        watch.allow("400")
        watch.allow("404")
        desk = another(viewport={"width": WIDTH, "height": 800}).sign_in(EMAIL)

        wide = {}
        for path in (*PAGES, *(f"/cases/{step.case_id}/{each}" for each in OF_A_CASE)):
            desk.open(path)
            wide[path] = desk.page.evaluate("document.documentElement.scrollWidth")

        assert {path: reached for path, reached in wide.items() if reached > WIDTH} == {}


class TestTheModesOfTheDesk:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_keep_to_what_axe_knows(self, another: Callable[..., Desk], step: Step, scheme: str) -> None:
        desk = another(color_scheme=scheme).sign_in(EMAIL).open(f"/cases/{step.case_id}/")
        desk.ready()

        for mode in ("edit", "changes", "side"):
            desk.page.locator(f"#desk-modes [data-mode={mode}]").click()
            expect(desk.page.locator(f"#desk-modes [data-mode={mode}]")).to_have_attribute("aria-pressed", "true")
            desk.finds_nothing(f"{mode} {scheme}")
        for tab in ("t-outline", "t-comments"):
            desk.page.locator(f"#{tab}").click()
            desk.finds_nothing(f"{tab} {scheme}")


class TestWithoutAScript:
    def test_everything_but_the_editor_works(self, another: Callable[..., Desk], step: Step) -> None:
        desk = another(java_script_enabled=False)
        page = desk.page
        page.goto(f"{desk.server}/queue/")
        page.get_by_label("E-mail address").fill(EMAIL)
        page.get_by_label("Password").fill("correct horse")
        page.get_by_role("button", name="Sign in").click()

        page.get_by_role("link", name="Keeping bread").first.click()
        page.locator(".toolbar").get_by_role("link", name="Read view").click()
        expect(page.locator("ins.diff-ins").first).to_be_visible()
        page.goto(f"{desk.server}/cases/{step.case_id}/sign/")
        desk.declare()
        page.get_by_role("button", name="Sign off").click()

        expect(page.locator("#bands")).to_contain_text("Signed off.")
