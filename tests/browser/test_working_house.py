"""The working house's pages, as those who work there see them: axe, three widths, keyboard."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import filled
from .test_accessibility import FOCUSED, OPERABLE, faults, listen
from .working import CAREFUL, PASSWORD

OUTSIDE = (
    "sign in", "second step asked for", "wrong password", "way in", "invitation", "spent link",
    "closed account", "forgotten password", "forgotten password sent", "new password",
    "password changed", "municipal sign-in broken off",
)  # fmt: skip
WITHIN = (
    "desk", "own account", "two steps", "second step", "sign out", "meetings", "season",
    "show who you are", "change password", "first password",
    "show who you are by a code", "emergency codes", "new emergency codes", "without two steps",
    "procedure", "move a meeting", "agenda", "agenda that is out", "publishing",
    "cases", "no cases", "new case", "new case without a word",
    "case", "case log", "attachment", "writing", "approving", "versions", "version",
    "reading", "question", "signing", "kept minutes", "kept change", "log", "proof of the log",
    "people", "person", "members", "seat", "house rules", "outlines", "outline",
    "forbidden", "no such page",
    "before the meeting", "meeting", "decided item", "closing",
)  # fmt: skip
STATUS = {"spent link": 410, "forbidden": 403, "no such page": 404}
NO_PAGES = {
    "answer with another page, once something is done": (
        "announce conflict", "ask", "attachment-add", "attachment-change", "attachment-move",
        "calendar link", "dissent", "hearing", "hearing-answer", "hearing-end", "hearing-take-back", "note",
        "picture-add", "presentation-accept", "presentation-answer",
        "presentation-import", "presentation-send", "presentation-withdraw", "refer",
    ),
    "are files": (
        "attachment", "attachment-kept", "attachment-page", "hearing-file", "item attachment", "kept on paper",
        "log-export",
        "mfa_download_recovery_codes", "own calendar", "picture", "printed agenda",
        "printed minutes", "sealed minutes", "service-worker",
    ),
    "are there for every address with nothing": ("nowhere",),
    "are for scripts": ("keep typed", "kle", "live state", "presentation-state"),
    "are there where the municipality has a sign-in of its own": (
        "saml_login", "saml_acs", "saml_finish_acs", "saml_sls", "saml_metadata",
        "openid_connect_login", "openid_connect_callback", "socialaccount_login_error",
        "socialaccount_signup",
    ),
}  # fmt: skip


def sign_in_wrongly(page: Page) -> None:
    sign_in(page, "ikke den rigtige")


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("mail").fill(CAREFUL)
    page.get_by_label("Adgangskode").fill(password)
    page.get_by_role("button", name="Log ind").click()


def create(page: Page) -> None:
    page.get_by_role("button", name="Opret sagen").click()


LED_TO = {
    "second step asked for": ("sign in", sign_in),
    "wrong password": ("sign in", sign_in_wrongly),
    "new case without a word": ("new case", create),
}
"""Pages that one comes to from another, by doing something there."""


class House:
    """A running site with the working house, and those who are signed in."""

    def __init__(self, root: str, told: dict, chromium: Browser) -> None:
        self.root, self.told, self.chromium = root, told, chromium
        self.states: dict[str, dict] = {}

    def __getitem__(self, kind: str) -> str:
        """The address of a kind of page; one that is shown again with a mistake has the same."""
        addresses = self.told["addresses"]
        return self.root + addresses.get(kind, addresses[LED_TO.get(kind, (kind, None))[0]])

    def context(self, role: str = "", **settings) -> BrowserContext:
        """A window of the one with that role, or of nobody."""
        if role and role not in self.states:
            context = self.chromium.new_context(base_url=self.root, service_workers="block")
            page = context.new_page()
            self._let_in(page, role)
            self.states[role] = context.storage_state()
            context.close()
        state = {"storage_state": self.states[role]} if role else {}
        return self.chromium.new_context(base_url=self.root, **state, **settings)

    def _let_in(self, page: Page, role: str) -> None:
        if role != "careful":
            page.goto(self.told["people"][role])
            with page.expect_navigation():
                page.get_by_role("main").get_by_role("button").click()
            return
        page.goto(self["sign in"])
        sign_in(page)
        page.get_by_label("Kode").fill(self.told["code"])
        page.get_by_role("main").get_by_role("button").first.click()
        page.wait_for_url("**/arbejde/")


@pytest.fixture(scope="module")
def house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with filled(tmp_path_factory.mktemp("house"), "tests.browser.working") as (root, told):
        yield House(root, json.loads(told), chromium)


@pytest.mark.parametrize("kind", OUTSIDE + WITHIN)
def test_axe_finds_nothing(house: House, kind: str) -> None:
    before, do = LED_TO.get(kind, (kind, None))
    role = "" if kind in OUTSIDE else house.told["roles"].get(before, "secretary")
    context = house.context(role)
    page = context.new_page()
    complaints: list[str] = []
    listen(page, complaints)
    answer = page.goto(house[before])
    assert answer.status == STATUS.get(kind, 200)
    assert name_at(page.url) == name_at(house[before])
    if do:
        with page.expect_navigation():
            do(page)
        assert name_at(page.url) == name_at(house[kind])
    assert faults(page) == []
    assert complaints == [] or not answer.ok or do
    if pictures := os.environ.get("LOOK"):
        page.screenshot(path=f"{pictures}/{kind}.png", full_page=True)
    context.close()


def test_every_page_of_the_working_house_is_looked_at(house: House) -> None:
    looked_at = {name_at(house[kind]) for kind in OUTSIDE + WITHIN if STATUS.get(kind) != 404}
    others = {name for names in NO_PAGES.values() for name in names}
    there = set(names_of(get_resolver().url_patterns, ""))
    assert looked_at == there - others
    assert others <= there
    assert not looked_at & others


def names_of(patterns: Iterable[Any], before: str) -> Iterator[str]:
    """The names of all addresses in the working house."""
    for one in patterns:
        route = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from names_of(one.url_patterns, route)
        elif route.startswith("arbejde/"):
            yield one.name


def name_at(address: str) -> str:
    """What the address of a page is called; empty where there is none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


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
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Mail")).to_have_value("ingen@lindvig.dk")
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


def test_all_that_is_needed_at_an_item_is_in_the_first_screenful(house: House) -> None:
    context = house.context("secretary", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(house["meeting"])
    needed = {
        "the item": "#overskrift",
        "the wording": "#tekst",
        "the outcome": "#udfald",
        "the last vote": ".ballot >> nth=-1",
        "the button that decides": "#beslut",
        "the last member": ".seats > li >> nth=-1",
    }
    boxes = {name: page.locator(selector).bounding_box() for name, selector in needed.items()}
    context.close()
    below = {name for name, box in boxes.items() if not box or box["y"] + box["height"] > 800}
    assert below == set()
