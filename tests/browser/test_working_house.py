"""The working house's pages, as those who work there see them: axe, three widths, keyboard."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect

from .conftest import filled
from .test_accessibility import FOCUSED, OPERABLE, RULES, VIEWS, listen, told

OUTSIDE = ("sign in", "forgotten password", "invitation", "spent link")
WITHIN = (
    "desk", "own account", "two steps", "second step", "sign out", "meetings", "season",
    "procedure", "move a meeting", "agenda", "agenda that is out", "publishing",
    "cases", "no cases", "new case",
    "case", "case log", "writing", "approving", "versions", "version",
    "reading", "question", "signing", "log", "proof of the log",
    "people", "person",
    "meeting", "decided item", "closing",
)  # fmt: skip


class House:
    """A running site with the working house, and those who are signed in."""

    def __init__(self, root: str, told: dict, chromium: Browser) -> None:
        self.root, self.told, self.chromium = root, told, chromium
        self.states: dict[str, dict] = {}

    def __getitem__(self, kind: str) -> str:
        return self.root + self.told["addresses"][kind]

    def context(self, role: str = "", **settings) -> BrowserContext:
        """A window of the one with that role, or of nobody."""
        if role and role not in self.states:
            context = self.chromium.new_context(base_url=self.root, service_workers="block")
            page = context.new_page()
            page.goto(self.told["people"][role])
            page.get_by_role("main").get_by_role("button").click()
            self.states[role] = context.storage_state()
            context.close()
        state = {"storage_state": self.states[role]} if role else {}
        return self.chromium.new_context(base_url=self.root, **state, **settings)


@pytest.fixture(scope="module")
def house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with filled(tmp_path_factory.mktemp("house"), "tests.browser.working") as (root, told):
        yield House(root, json.loads(told), chromium)


@pytest.mark.parametrize("kind", OUTSIDE + WITHIN)
def test_axe_finds_nothing(house: House, kind: str) -> None:
    found = {}
    role = "" if kind in OUTSIDE else house.told.get("roles", {}).get(kind, "secretary")
    for view, settings in VIEWS.items():
        context = house.context(role, **settings)
        page = context.new_page()
        complaints: list[str] = []
        listen(page, complaints)
        answer = page.goto(house[kind])
        assert answer.status == (410 if kind == "spent link" else 200)
        assert page.url == house[kind]
        violations = Axe().run(page, options=RULES).response["violations"]
        found[view] = [told(violation) for violation in violations]
        found[view] += [each for each in complaints if answer.ok]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > settings["viewport"]["width"]:
            found[view].append(f"the page is {width} wide, so that one must scroll to the side")
        if pictures := os.environ.get("LOOK"):
            page.screenshot(path=f"{pictures}/{kind} {view}.png", full_page=True)
        context.close()
    assert found == {view: [] for view in VIEWS}


@pytest.mark.parametrize("kind", ["sign in", "desk", "agenda"])
def test_everything_is_reached_by_keyboard_in_order_and_seen_when_it_is(
    house: House, kind: str
) -> None:
    context = house.context("" if kind in OUTSIDE else "secretary")
    page = context.new_page()
    page.goto(house[kind])
    wanted = page.evaluate(OPERABLE)
    reached = []
    for _ in range(len(wanted) + 1):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["path"] is None:
            break
        assert focused["marked"], f"it is not seen that {focused['path']} has the focus"
        reached.append(focused["path"])
    context.close()
    assert reached == wanted


def test_the_door_works_without_script(house: House) -> None:
    context = house.context(java_script_enabled=False)
    page = context.new_page()
    page.goto(house.root + "/arbejde/")
    page.get_by_label("Mail").fill("ingen@lindvig.dk")
    page.get_by_label("Adgangskode").fill("ikke rigtig")
    page.get_by_role("button", name="Log ind").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Mail").input_value() == "ingen@lindvig.dk"
    context.close()


def test_the_agenda_is_put_in_order_by_keys_and_by_dragging(house: House) -> None:
    context = house.context("secretary")
    page = context.new_page()
    page.goto(house["agenda"])
    told = page.locator("#told")
    step = page.get_by_role("button", name="Flyt »Indsats for unge uden job« ned")
    step.focus()
    page.keyboard.press("Enter")
    expect(told).to_contain_text("nr. 3 af 7 under »Orientering«.")
    page.keyboard.press("Enter")  # the button keeps the focus
    expect(told).to_contain_text("nr. 4 af 7 under »Orientering«.")
    expect(step).to_be_focused()
    titles = page.locator(".agenda__item .entry__title")
    item = page.locator(".agenda__item", has_text="Indsats for unge uden job")
    item.drag_to(page.locator(".agenda__item").first)
    expect(told).to_contain_text("nr. 1 af 7 under »Til beslutning«.")
    expect(titles.first).to_contain_text("1. Indsats for unge uden job")
    page.reload()
    expect(titles.first).to_contain_text("1. Indsats for unge uden job")
    context.close()
