"""What a reader does works where there is no script: with it, it is only quicker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def page(chromium: Browser, site) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_the_language_is_chosen_and_stays_chosen(page: Page, site) -> None:
    page.goto(site["item"])
    expect(page.locator("html")).to_have_attribute("lang", "da")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(site["item"])
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(site["front"])
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_committee_is_followed_by_mail(page: Page, site) -> None:
    page.goto(site["follow a committee"])
    page.get_by_label("mail").first.fill("laeser@eksempel.dk")
    page.get_by_role("main").get_by_role("button").click()
    expect(page).to_have_url(site.root + "/foelg/sendt/")


def test_what_is_searched_for_is_found_narrowed_down_and_opened(page: Page, site) -> None:
    page.goto(site["front"])
    page.get_by_role("searchbox").first.fill("kontanthjælp")
    page.get_by_role("searchbox").first.press("Enter")
    found = page.get_by_role("main")
    expect(found.locator("mark").first).to_be_visible()
    found.get_by_role("checkbox").first.check()
    found.get_by_role("button", name="Afgræns").click()
    expect(found.get_by_role("checkbox").first).to_be_checked()
    expect(found.get_by_role("link", name="Fjern alle afgrænsninger")).to_be_visible()
    hit = found.get_by_role("heading", level=3).get_by_role("link").first
    title = hit.inner_text()
    hit.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
