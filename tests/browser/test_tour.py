"""The tour of the guide (`docs/da/rundtur.md`), walked through the demonstration as it is written.

Its pictures are taken on the way with `UPDATE_PICTURES=1`, and what it quotes must have stood on the
pages that were come by.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .conftest import PROJECT, filled
from .test_accessibility import RULES
from .test_pictures import PICTURES, size_of

GUIDE = PROJECT / "docs" / "da" / "rundtur.md"
CASE = "Tolkebistand på jobcentret"
SIZE = {"width": 1200, "height": 900}
LINK = re.compile(r"^(?P<role>\S.*), .*:\n {2}http://[^/]*(?P<path>/\S+)$", re.MULTILINE)


class Tour:
    """The demonstration, and all the words that stood on the pages gone by."""

    def __init__(self, root: str, told: str, chromium: Browser) -> None:
        self.root, self.chromium = root, chromium
        self.ways = {one["role"]: one["path"] for one in LINK.finditer(told)}
        self.seen = ""
        self.pages: dict[str, Page] = {}
        self.final = ""  # the day of the minutes that all have approved

    @contextmanager
    def of(self, role: str) -> Iterator[Page]:
        """The page of somebody who has come in by their link, on their desk."""
        if role not in self.pages:
            context = self.chromium.new_context(
                base_url=self.root, viewport=SIZE, locale="da-DK", service_workers="block"
            )
            self.pages[role] = context.new_page()
            self.pages[role].goto(self.ways[role])
            with self.pages[role].expect_navigation():
                self.pages[role].get_by_role("button", name=re.compile("^Gå ind som")).click()
        page = self.pages[role]
        page.goto("/arbejde/")
        self.look(page)
        yield page
        self.look(page)

    def look(self, page: Page) -> None:
        self.seen += " " + " ".join(page.locator("body").inner_text().split())

    def go(self, page: Page, name: str) -> None:
        """Follows the first link that begins with the name."""
        with page.expect_navigation():
            page.get_by_role("link", name=re.compile(f"^{re.escape(name)}")).first.click()
        self.look(page)

    def press(self, page: Page, name: str) -> None:
        """Presses the button that leads to another page."""
        with page.expect_navigation():
            page.get_by_role("button", name=name, exact=True).first.click()
        self.look(page)

    def picture(self, page: Page, name: str, height: int = SIZE["height"]) -> None:
        """The guide's picture of the page, from its top."""
        file = PICTURES / f"rundtur-{name}.png"
        if os.environ.get("UPDATE_PICTURES"):
            page.set_viewport_size({**SIZE, "height": height})
            page.evaluate("window.scrollTo(0, 0)")
            page.screenshot(path=file)
            page.set_viewport_size(SIZE)
        assert size_of(file) == (SIZE["width"], height)
        self.look(page)


@pytest.fixture(scope="module")
def tour(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    with filled(tmp_path_factory.mktemp("tour"), "tests.browser.demo") as (root, told):
        yield Tour(root, told.decode(), chromium)


def test_the_tour_is_as_the_guide_says(tour: Tour) -> None:
    the_case_is_written_and_approved(tour)
    the_agenda_is_published(tour)
    a_member_reads(tour)
    the_meeting_is_held(tour)
    the_minutes_become_final(tour)
    a_citizen_finds_the_decision(tour)

    assert '">' not in tour.seen, "markup stands on a page as text"
    guide = " ".join(GUIDE.read_text("utf-8").split())
    quoted = set(re.findall("»([^»«]+)«", guide))
    assert len(quoted) > 20
    assert {one for one in quoted if one not in tour.seen} == set()
    assert set(re.findall(r"rundtur-[\w-]+\.png", guide)) == {
        one.name for one in PICTURES.glob("rundtur-*.png")
    }


def the_case_is_written_and_approved(tour: Tour) -> None:
    with tour.of("Sagsbehandler") as page:
        tour.picture(page, "bord")
        tour.go(page, CASE)
        page.get_by_role("textbox", name="Økonomi").click()
        page.keyboard.type(
            "En tolkning koster i gennemsnit 420 kr. på video og 980 kr. ved fremmøde."
        )
        tour.press(page, "Gem")
        tour.picture(page, "sag")
        tour.press(page, "Send til godkendelse")
    for role in ("Leder", "Direktør", "Udvalgssekretær"):
        with tour.of(role) as page:
            tour.go(page, CASE)
            if role == "Leder":
                tour.picture(page, "godkend-sag")
            tour.press(page, "Godkend")


def the_agenda_is_published(tour: Tour) -> None:
    with tour.of("Udvalgssekretær") as page:
        tour.go(page, "Møder")
        page.get_by_role("listitem").filter(has_text="Planlagt").get_by_role("link").first.click()
        page.get_by_role("button", name=f"Tag på »{CASE}«").click()
        expect(page.locator("#told")).to_contain_text("er taget på dagsordenen")
        page.get_by_role("button", name="Tilføj de faste punkter").click()
        expect(page.locator("#told")).to_have_text("De faste punkter er tilføjet.")
        tour.picture(page, "dagsorden")
        tour.go(page, "Læs korrektur og offentliggør")
        tour.press(page, "Offentliggør dagsordenen")


def a_member_reads(tour: Tour) -> None:
    with tour.of("Medlem") as page:
        tour.go(page, "Læs dagsordenen")
        page.get_by_role("textbox", name="Din note").first.fill("Spørg, hvad et kursus koster.")
        tour.picture(page, "laes", 1200)


def the_meeting_is_held(tour: Tour) -> None:
    with tour.of("Udvalgssekretær") as page:
        tour.go(page, "Mødet holdes i dag")
        tour.press(page, "Åbn mødet")
        heading = page.locator("#overskrift")
        for place, title in enumerate(("Pulje til korte", "Møder med", "Aftale med")):
            expect(heading).to_contain_text(title)
            page.wait_for_load_state()  # the keys are heard by the whole page
            page.keyboard.press("1" if place != 1 else "2")
            if place == 0:
                page.keyboard.press("a")
                expect(page.locator("#sagt")).to_contain_text("Vedtaget: 7 for, 0 imod.")
                tour.picture(page, "moede", 1500)
            page.keyboard.press("d")
            expect(page.locator("#besluttet")).to_be_visible()
            tour.look(page)
            if place < 2:
                page.keyboard.press("n")
        tour.go(page, "Referat")
        tour.press(page, "Afslut mødet")
        tour.press(page, "Offentliggør referatet")


def the_minutes_become_final(tour: Tour) -> None:
    with tour.of("Medlem") as page:
        waiting = page.get_by_role("region", name="Referater, du skal godkende")
        minutes = waiting.get_by_role("link").first.inner_text()
        tour.go(page, minutes)
        tour.picture(page, "godkend-referat")
        tour.press(page, "Godkend")
        expect(page.get_by_text("Referatet er endeligt.")).to_be_visible()
    with tour.of("Udvalgssekretær") as page:
        tour.go(page, "Møder")
        tour.final = minutes.rpartition(", ")[2]
        tour.go(page, tour.final)
        tour.go(page, "Referat")
        tour.press(page, "Forsegl referatet")
        tour.picture(page, "segl")
        # No other test has a meeting whose minutes are sealed.
        assert Axe().run(page, options=RULES).response["violations"] == []


def a_citizen_finds_the_decision(tour: Tour) -> None:
    page = tour.chromium.new_page(base_url=tour.root, viewport=SIZE, locale="da-DK")
    page.goto("/")
    tour.look(page)
    page.get_by_role("searchbox").first.fill("kurser til ledige")
    tour.press(page, "Søg")
    tour.go(page, "Pulje til korte kurser for ledige")
    expect(page.get_by_text("Godkendt").first).to_be_visible()
    tour.picture(page, "borger")
    tour.go(page, "Alle 3 punkter")
    tour.go(page, "Beskæftigelses- og Erhvervsudvalget")
    # In December the year that is shown may be the next one's, with the agenda just published.
    tour.go(page, tour.final[-4:])
    tour.go(page, tour.final)
    expect(page.get_by_role("link", name="PDF med kommunens segl")).to_be_visible()
    tour.look(page)
    page.close()
