"""The reading mode in Chromium: by thumb, by key, and without a connection."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .test_pictures import PICTURES, size_of
from .test_working_house import House, house  # noqa: F401

TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
READY = "Hele dagsordenen er hentet"


@pytest.fixture
def tablet(house: House):  # noqa: F811
    context = house.context("member", **TABLET)
    yield context
    context.close()


def opened(context: BrowserContext, house: House) -> Page:  # noqa: F811
    page = context.new_page()
    page.goto(house["reading"])
    expect(page.get_by_text(READY)).to_be_visible()
    return page


def note_of(page: Page, number: int):
    return page.locator(".note-form").nth(number)


def test_what_was_fetched_is_read_and_written_on_without_a_connection(
    house: House,  # noqa: F811
    tablet: BrowserContext,
) -> None:
    page = opened(tablet, house)
    tablet.set_offline(True)
    page.reload()
    expect(page.get_by_text("Du er uden forbindelse")).to_be_visible()
    expect(page.get_by_role("heading", name="Plan for samarbejdet")).to_be_visible()
    note = note_of(page, 1)
    note.get_by_role("textbox").fill("Skrevet i toget")
    note.get_by_text("Vil sige noget").click()
    expect(note.get_by_role("status")).to_contain_text("Gemt på denne enhed")
    page.reload()
    expect(note.get_by_role("textbox")).to_have_value("Skrevet i toget")
    tablet.set_offline(False)
    expect(note.get_by_role("status")).to_contain_text("Gemt kl.")
    fresh = house.context("member")
    other = fresh.new_page()
    other.goto(house["reading"])
    expect(note_of(other, 1).get_by_role("textbox")).to_have_value("Skrevet i toget")
    expect(other.locator(".read__contents")).to_contain_text("Vil sige noget")
    fresh.close()


def test_what_is_kept_goes_when_another_signs_in_and_when_they_sign_out(
    house: House,  # noqa: F811
) -> None:
    context = house.context("", **TABLET)
    page = context.new_page()
    kept = (
        "async () => Object.fromEntries(await Promise.all((await caches.keys()).map("
        "async name => [name, (await (await caches.open(name)).keys()).length])))"
    )
    for person in ("member", "other member"):
        house.context(person).close()
        context.clear_cookies()
        context.add_cookies(house.states[person]["cookies"])
        page.goto(house["reading"])
        expect(page.get_by_text(READY)).to_be_visible()
        names = [name for name in page.evaluate(kept) if name.startswith("pages-of-")]
        assert len(names) == 1
    page.get_by_role("button", name="Log ud").click()
    page.wait_for_url(f"{house.root}/")
    assert page.evaluate(kept) == {}
    assert page.evaluate("localStorage.length") == 0
    context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(house["reading"])
    context.close()


def test_what_is_kept_is_shown_until_it_is_too_old_or_the_session_is_over(
    house: House,  # noqa: F811
    tablet: BrowserContext,
) -> None:
    """Also where the browser heeds no Clear-Site-Data: the keeper drops it at signing out."""
    page = opened(tablet, house)
    pages = "async () => (await caches.keys()).filter((name) => name.startsWith('pages-of-'))"
    entries = f"""async () => {{
      const cache = await caches.open((await ({pages})())[0]);
      return (await cache.keys()).length;
    }}"""
    older = f"""async (address) => {{
      const cache = await caches.open((await ({pages})())[0]);
      const kept = await cache.match(address, {{ ignoreVary: true }});
      const headers = new Headers(kept.headers);
      headers.set("X-Keep-Until", String(Date.now() - 1000));
      await cache.put(address, new Response(await kept.text(), {{ headers }}));
    }}"""
    page.evaluate(older, house["reading"])
    tablet.set_offline(True)
    assert (
        page.evaluate(
            "address => fetch(address).then(() => 'shown', () => 'gone')", house["reading"]
        )
        == "gone"
    )
    tablet.set_offline(False)
    page.reload()
    page.wait_for_function(entries)
    tablet.clear_cookies()
    page.goto(house["reading"])
    # What is kept is shown instead where the answer is seconds on its way, and goes when it comes.
    page.wait_for_function(f"async () => !(await ({pages})()).length")
    page.goto(house["reading"])
    expect(page).to_have_url(re.compile("log-ind"))
    page = opened_again(tablet, house)
    page.route("**/log-ud/", lambda route: route.abort())
    page.evaluate("fetch('/arbejde/konto/log-ud/', { method: 'POST' }).catch(() => null)")
    page.wait_for_function(f"async () => !(await ({pages})()).length")


def opened_again(context: BrowserContext, house: House) -> Page:  # noqa: F811
    context.add_cookies(house.states["member"]["cookies"])
    return opened(context, house)


def test_one_turns_by_thumb_and_by_arrow_keys_and_finds_words(
    house: House,  # noqa: F811
    tablet: BrowserContext,
) -> None:
    page = opened(tablet, house)
    bar = page.get_by_role("navigation", name="Bladr i dagsordenen")
    for button in bar.locator("button, a").all():
        assert button.bounding_box()["height"] >= 48
    bar.get_by_role("button", name="Næste").tap()
    expect(page.locator(".leaf").nth(0)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".leaf").nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".leaf").nth(0)).to_be_focused()
    page.get_by_label("Find i dagsordenen").fill("småjobs")
    page.keyboard.press("Enter")
    expect(page.locator(".read__search [role=status]")).to_have_text("1 af 6")


def test_everything_is_reached_by_keyboard(
    house: House,  # noqa: F811
    tablet: BrowserContext,
) -> None:
    page = opened(tablet, house)
    page.get_by_role("textbox", name="Din note Køb af Skovvej 4").focus()
    page.keyboard.type("Husk")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    form = note_of(page, 3)
    expect(form.get_by_label("Vigtigt")).to_be_checked()
    page.keyboard.press("Tab")
    expect(form.get_by_role("button", name="Gem noten")).to_be_focused()
    page.keyboard.press("Enter")
    expect(form.get_by_role("status")).to_contain_text("Gemt kl.")


def test_notes_and_questions_work_without_script(house: House) -> None:  # noqa: F811
    context = house.context("member", java_script_enabled=False)
    page = context.new_page()
    page.goto(house["reading"])
    note = note_of(page, 2)
    note.get_by_role("textbox").fill("Uden script")
    note.get_by_role("button", name="Gem noten").click()
    expect(page.get_by_text("Noten er gemt.")).to_be_visible()
    expect(note_of(page, 2).get_by_role("textbox")).to_have_value("Uden script")
    context.close()


def test_the_picture_in_the_guide_is_of_the_reading_mode(
    house: House,  # noqa: F811
    tablet: BrowserContext,
) -> None:
    page = opened(tablet, house)
    page.locator(".leaf").nth(2).evaluate("leaf => leaf.scrollIntoView()")
    note_of(page, 2).get_by_role("textbox").fill("Spørg, om planen kan nås inden sommer.")
    expect(note_of(page, 2).get_by_role("status")).to_contain_text("Gemt kl.")
    file = PICTURES / "reading-mode.png"
    if os.environ.get("UPDATE_PICTURES"):
        page.locator(".leaf").nth(2).evaluate("leaf => leaf.scrollIntoView()")
        page.screenshot(path=file)
    assert size_of(file) == (TABLET["viewport"]["width"], TABLET["viewport"]["height"])
