"""A meeting from its empty agenda to its published minutes, by the secretary's keyboard alone.

Nothing here uses the pointer, but for the member, who reads on a tablet.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import PROJECT, served
from .test_working_house import House

NAME = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return ''
  const label = one.getAttribute('aria-label')
    || (one.labels && one.labels.length ? one.labels[0].innerText : '') || one.textContent
  return label.replace(/\\s+/g, ' ').trim()
}"""


@pytest.fixture(scope="module")
def house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    environment = os.environ | {
        "SAGSGANG_DATA": str(tmp_path_factory.mktemp("cycle")),
        "PYTHONPATH": os.pathsep.join((str(PROJECT / "src"), str(PROJECT))),
    }
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    filled = subprocess.run(
        [sys.executable, "-m", "tests.browser.cycle"],
        env=environment,
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        check=True,
    )
    with served(environment) as root:
        yield House(root, json.loads(filled.stdout), chromium)


class Keyboard:
    """Somebody who has no pointer."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, name: str) -> None:
        """Goes on by Tab to what is called so."""
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
    by.go("Læs korrektur og offentliggør")
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
    by.keys("1", "a")
    expect(page.locator("#sagt")).to_contain_text("Vedtaget: 5 for, 0 imod.")
    by.keys("v", "i")  # the first by name is Fatima Lindholm
    expect(page.locator("#sagt")).to_contain_text("Vedtaget: 4 for, 1 imod.")
    by.keys("d")
    expect(page.locator("#besluttet")).to_contain_text("Vedtaget: 4 for, 1 imod.")
    by.keys("m", "Tab")
    by.write("SF ønsker fire mentorer.")
    by.press("Tilføj protokollatet")
    expect(page.locator(".dissent")).to_contain_text("venter på, at medlemmet godkender")

    # The member approves the words meanwhile; the secretary's screen hears of it by itself.
    approve(house)
    expect(page.locator(".dissent")).to_contain_text("godkendt af medlemmet", timeout=15_000)

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


def approve(house: House) -> None:
    context = house.context("member")
    page = context.new_page()
    page.goto(house.root + "/arbejde/")
    page.goto(f"{house.root}{house.told['meeting']}laes/")
    page.get_by_role("button", name=re.compile("Godkend")).first.click()
    context.close()
