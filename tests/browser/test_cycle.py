"""A meeting from its empty agenda to its signed and published minutes, by the secretary's keyboard alone.

Nothing here uses the pointer, but for the members, who read on a tablet.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import filled
from .test_pictures import PICTURES, size_of
from .test_working_house import House

SIZES = {"agenda": {"width": 1200, "height": 1100}, "meeting": {"width": 1400, "height": 960}}

NAME = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return ''
  const label = one.getAttribute('aria-label')
    || (one.labels && one.labels.length ? one.labels[0].innerText : '') || one.textContent
  return label.replace(/\\s+/g, ' ').trim()
}"""


@pytest.fixture(scope="module")
def house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with filled(tmp_path_factory.mktemp("cycle"), "tests.browser.cycle") as (root, told):
        yield House(root, json.loads(told), chromium)


class Keyboard:
    """Somebody who has no pointer."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, name: str) -> None:
        """Goes on by Tab to what is called so."""
        self.page.wait_for_load_state()
        for _ in range(150):
            if re.fullmatch(name, self.page.evaluate(NAME)):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"nothing called {name!r} is reached by Tab")

    def press(self, name: str) -> None:
        """Presses the link or button that is called so."""
        self.reach(name)
        self.page.keyboard.press("Enter")

    def go(self, name: str) -> None:
        """Presses what leads to another page, and waits for it."""
        self.reach(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def keys(self, *keys: str) -> None:
        """Presses keys, which a page hears when it has come as a whole."""
        self.page.wait_for_load_state()
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)


def test_the_secretarys_whole_cycle_by_keyboard(house: House) -> None:
    context = house.context("secretary")
    page = context.new_page()
    page.goto(house["meetings"])
    by = Keyboard(page)
    told = page.locator("#told")

    # The agenda
    by.go(r"4\. marts 2026.*")
    for title in ("Mentorer til langtidsledige", "Partnerskab med byens butikker", "Klage fra.*"):
        by.press(rf"Tag på »{title}«")
        expect(told).to_have_text(re.compile(rf"»{title}« er taget på dagsordenen\."))
    by.press("Tilføj de faste punkter")
    expect(told).to_have_text("De faste punkter er tilføjet.")
    by.press(r"↑Flyt »Klage fra Bo Jensen« op")
    expect(told).to_have_text("»Klage fra Bo Jensen« står nu som nr. 4 af 8.")
    by.keys("Enter")  # the button keeps the focus
    expect(told).to_have_text("»Klage fra Bo Jensen« står nu som nr. 3 af 8.")
    pictured(page, "agenda")
    by.go("Læs korrektur og offentliggør")
    by.reach("Hvorfor går dagsordenen ud efter fristen?.*")
    by.write("Mødet er holdt for længst.")
    by.go("Offentliggør dagsordenen")
    expect(page.get_by_text("Dagsordenen er offentliggjort og låst.")).to_be_visible()

    # The meeting
    by.go("Mødet")
    by.go("Åbn mødet")
    heading = page.locator("#overskrift")
    for number in (1, 2):
        expect(heading).to_have_text(re.compile(rf"^{number}\. Godkendelse"))
        by.keys("1", "d")
        expect(page.locator("#besluttet")).to_be_visible()
        by.keys("n")

    expect(heading).to_have_text("3. Klage fra Bo Jensen")
    by.keys("b")
    by.write("Klagen imødekommes ikke.")
    by.keys("Tab")
    by.write("Afvist")
    by.reach("Det offentlige referat siger.*")
    by.write("Behandlet.")
    expect(page.locator("#gemt")).to_have_text(re.compile("gemt kl"))
    by.keys("Escape", "d")
    expect(page.locator("#besluttet")).to_contain_text("Offentligt: »Behandlet.«")
    by.keys("n")

    expect(heading).to_have_text("4. Mentorer til langtidsledige")
    every_vote_has_a_name(page, house.told["members"])
    by.keys("1", "a")
    expect(page.locator("#sagt")).to_contain_text("Vedtaget: 7 for, 0 imod.")
    by.keys("v", "i")  # the first by name is Fatima Lindholm
    expect(page.locator("#sagt")).to_contain_text("Vedtaget: 6 for, 1 imod.")
    pictured(page, "meeting")
    by.keys("d")
    expect(page.locator("#besluttet")).to_contain_text("Vedtaget: 6 for, 1 imod.")
    by.keys("m", "Tab")
    by.write("SF ønsker fire mentorer.")
    by.press("Tilføj protokollatet")
    expect(page.locator(".dissent")).to_contain_text("venter på, at medlemmet godkender")

    # The member approves the words meanwhile; the secretary's screen hears of it by itself.
    approve(house)
    expect(page.locator(".dissent")).to_contain_text("godkendt af medlemmet")

    for number in (5, 6, 7, 8):
        by.keys("n")
        expect(heading).to_have_text(re.compile(rf"^{number}\. "))
        by.keys("2", "d")
        expect(page.locator("#besluttet")).to_be_visible()

    # The end
    with page.expect_navigation():
        by.keys("n")
    by.go("Afslut mødet")
    expect(page.get_by_text("Mødet er slut, og beslutningerne er låst.")).to_be_visible()
    for name in house.told["members"]:
        sign(house, name)
    by.go("Referat")
    signatures = page.get_by_role("region", name="Godkendelser")
    expect(signatures.get_by_role("listitem").filter(has_text="godkendt")).to_have_count(7)
    by.go("Offentliggør referatet")
    expect(page.get_by_text("Referatet er offentliggjort.")).to_be_visible()
    context.close()

    public = house.chromium.new_page(base_url=house.root)
    public.goto("/lindvig/jobudvalget/2026-03-04/")
    text = public.locator("main").inner_text()
    assert "Klagesag" in text
    assert "Bo Jensen" not in text
    public.goto("/lindvig/jobudvalget/2026-03-04/4/")
    text = public.locator("main").inner_text()
    assert "Indstillingen anbefales." in text
    assert "SF ønsker fire mentorer." in text
    public.close()


def pictured(page: Page, name: str) -> None:
    """The guide's picture of the page, taken anew with `UPDATE_PICTURES=1`."""
    file = PICTURES / f"{name}.png"
    if os.environ.get("UPDATE_PICTURES"):
        before = page.viewport_size
        page.set_viewport_size(SIZES[name])
        page.evaluate("window.scrollTo(0, 0)")
        page.screenshot(path=file)
        page.set_viewport_size(before)
    assert size_of(file) == tuple(SIZES[name].values())


def every_vote_has_a_name(page: Page, members: list[str]) -> None:
    """What a screen reader is told of each button and each vote, by the browser's own tree."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    named: dict[str, list[str]] = {"radio": [], "button": []}
    for node in tree["nodes"]:
        role = node.get("role", {}).get("value")
        if role in named and not node["ignored"]:
            named[role].append(node["name"]["value"].replace(" :", ":"))
    words = ("for", "imod", "undlod")
    assert sorted(named["radio"]) == sorted(f"{one}: {word}" for one in members for word in words)
    groups = {f"{word}: {party}" for party in "ABCFV" for word in words}
    assert groups | {"Alle for", "Ingen afstemning", "Beslut og lås"} <= set(named["button"])
    assert "" not in named["button"]
    assert len(set(named["button"])) == len(named["button"])


def sign(house: House, member: str) -> None:
    context = house.context(member, service_workers="block")
    page = context.new_page()
    page.goto(f"{house.root}{house.told['meeting']}godkend/")
    page.get_by_role("button", name="Godkend", exact=True).click()
    expect(page.get_by_text("Du har godkendt referatet.")).to_be_visible()
    context.close()


def approve(house: House) -> None:
    context = house.context("Fatima Lindholm")
    page = context.new_page()
    page.goto(house.root + "/arbejde/")
    page.goto(f"{house.root}{house.told['meeting']}laes/")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Godkend")).first.click()
    context.close()


@pytest.fixture
def screen(house: House) -> Iterator[BrowserContext]:
    context = house.context("secretary")
    yield context
    context.close()


def at(house: House, context: BrowserContext, item: int) -> Page:
    page = context.new_page()
    page.goto(house.root + house.told["items"][item])
    return page


SAVED = re.compile("^gemt kl")


def test_what_is_typed_without_a_connection_is_kept_and_sent_later(
    house: House, screen: BrowserContext
) -> None:
    page = at(house, screen, 0)
    page.keyboard.press("b")
    page.keyboard.type("Først.")
    expect(page.locator("#gemt")).to_have_text(SAVED)
    screen.set_offline(True)
    page.keyboard.type(" Så uden forbindelse.")
    expect(page.locator("#told")).to_contain_text("Ingen forbindelse.")
    expect(page.locator("#gemt")).to_contain_text("ikke gemt endnu")
    page.keyboard.press("Control+Enter")  # nothing is lost by trying
    expect(page.locator("#tekst")).to_have_value("Først. Så uden forbindelse.")
    screen.set_offline(False)
    expect(page.locator("#gemt")).to_have_text(SAVED)
    expect(page.locator("#told")).to_contain_text("Forbindelsen er tilbage")
    page.reload()
    expect(page.locator("#tekst")).to_have_value("Først. Så uden forbindelse.")


def test_what_was_typed_is_there_when_the_browser_was_closed_meanwhile(
    house: House, screen: BrowserContext
) -> None:
    page = at(house, screen, 1)
    screen.set_offline(True)
    page.keyboard.press("b")
    page.keyboard.type("Skrevet i et hul.")
    expect(page.locator("#told")).to_contain_text("Ingen forbindelse.")
    page.close()
    screen.set_offline(False)
    page = at(house, screen, 1)
    expect(page.locator("#tekst")).to_have_value("Skrevet i et hul.")
    expect(page.locator("#gemt")).to_have_text(SAVED)


def test_two_screens_stay_in_step_and_neither_loses_a_word(house: House) -> None:
    left, right = house.context("secretary"), house.context("secretary")
    one, other = at(house, left, 2), at(house, right, 2)
    one.keyboard.press("b")
    one.keyboard.type("Fra den ene.")
    expect(other.locator("#tekst")).to_have_value("Fra den ene.")

    right.set_offline(True)
    other.keyboard.press("b")
    other.keyboard.press("End")
    other.keyboard.type(" Og fra den anden.")
    one.keyboard.type(" Mere.")
    expect(one.locator("#gemt")).to_have_text(SAVED)
    right.set_offline(False)
    expect(other.locator("#andens")).to_contain_text("Fra den ene. Mere.")
    expect(other.locator("#tekst")).to_have_value("Fra den ene. Og fra den anden.")
    other.keyboard.type(" Begge.")
    expect(other.locator("#gemt")).to_have_text(SAVED)

    one.keyboard.press("Escape")
    expect(one.locator("#tekst")).to_have_value(
        "Fra den ene. Og fra den anden. Begge.", timeout=15_000
    )
    other.keyboard.press("Escape")
    other.keyboard.press("2")
    other.keyboard.press("d")
    expect(one.locator("#besluttet")).to_be_visible(timeout=15_000)
    left.close()
    right.close()


def test_single_keys_can_be_turned_off(house: House, screen: BrowserContext) -> None:
    page = at(house, screen, 3)
    page.keyboard.press("?")
    page.get_by_label("Brug taster uden for felterne").uncheck()
    page.locator("#overskrift").focus()
    page.keyboard.press("1")
    expect(page.locator("#tekst")).to_have_value("")


def test_the_meeting_works_without_script(house: House) -> None:
    context = house.context("secretary", java_script_enabled=False)
    page = at(house, context, 3)
    page.get_by_role("button", name="Taget til efterretning.").click()
    expect(page.get_by_label("Beslutning")).to_have_value("Taget til efterretning.")
    page.get_by_role("button", name="Alle for").click()
    expect(page.get_by_text("Vedtaget: 7 for, 0 imod.")).to_be_visible()
    page.get_by_role("button", name="Beslut og lås").click()
    expect(page.locator("#besluttet")).to_be_visible()
    context.close()
