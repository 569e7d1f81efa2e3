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
