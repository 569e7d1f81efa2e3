"""Nobody is shut out: every kind of page at three widths, by keyboard, and without script."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

KINDS = (
    "front", "municipality", "committee", "meeting", "agenda", "item", "item with a vote",
    "item with dissent", "case", "person", "comparison", "earlier version", "versions",
    "search", "search without results",
    "search for nothing", "search with a wrong date", "similar cases", "follow",
    "follow a committee", "after asking for mails", "subscription", "API", "sources", "about", "seals", "accessibility", "open data", "missing page",
)  # fmt: skip
# Twice the size in a window of 1280 points leaves the room of 640.
VIEWS = {
    "wide": {"width": 1280, "height": 900},
    "twice the size": {"width": 640, "height": 450},
    "narrow": {"width": 320, "height": 640},
}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(chromium: Browser, site, kind: str) -> None:
    page = chromium.new_page()
    complaints: list[str] = []
    listen(page, complaints)
    answer = page.goto(site[kind])
    assert answer.status == (404 if kind == "missing page" else 200)
    # A script or style that the content security policy refuses is an error here.
    assert faults(page) == []
    assert not answer.ok or complaints == []
    page.close()


def faults(page: Page) -> list[str]:
    """What axe finds in the page in each view, and where it is wider than the window."""
    page.evaluate(Axe().axe_script)
    found = []
    for view, size in VIEWS.items():
        page.set_viewport_size(size)
        violations = page.evaluate("(rules) => axe.run(document, rules)", RULES)["violations"]
        found += [f"{view}: {told(violation)}" for violation in violations]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > size["width"]:
            found.append(f"{view}: {width} wide, so that one must scroll to the side")
    return found


def listen(page: Page, complaints: list[str]) -> None:
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)


def told(violation: dict) -> str:
    where = "; ".join(" ".join(node["target"]) for node in violation["nodes"][:4])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}: {where}"


@pytest.mark.parametrize("kind", ["front", "item", "search", "follow a committee"])
def test_everything_is_reached_by_keyboard_in_order_and_seen_when_it_is(
    page: Page, site, kind: str
) -> None:
    page.goto(site[kind])
    # What is fetched when it comes into view is there before the keys go through the page.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.locator("[hx-trigger=revealed]")).to_have_count(0)
    page.evaluate("scrollTo(0, 0)")
    wanted = page.evaluate(OPERABLE)
    reached = []
    for _ in range(len(wanted) + 1):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["path"] is None:
            break
        assert focused["marked"], f"it is not seen that {focused['path']} has the focus"
        reached.append(focused["path"])
    assert reached == wanted


def test_the_first_key_leads_past_the_head_of_the_page(page: Page, site) -> None:
    page.goto(site["item"])
    page.keyboard.press("Tab")
    link = page.locator("*:focus")
    assert link.inner_text() == "Gå til indholdet"
    assert link.is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


# A path to an element that can be compared; the same function for what there is and what is met.
PATH = """
const path = (element) => element.tagName + ' ' + (element.getAttribute('href')
  || element.name || element.id || element.innerText || '')
"""
OPERABLE = f"""() => {{ {PATH}
  const asked = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
  return [...document.querySelectorAll(asked)]
    .filter((one) => one.checkVisibility({{visibilityProperty: true}}) && !one.disabled)
    .filter((one) => one.tabIndex >= 0 && !(one.type === 'radio' && !one.checked))
    .map(path)
}}"""
FOCUSED = f"""() => {{ {PATH}
  const one = document.activeElement
  if (!one || one === document.body) return {{path: null}}
  const style = getComputedStyle(one)
  const within = [one, ...one.querySelectorAll('*')].map((each) => getComputedStyle(each))
  const marked = within.some((each) => (each.outlineStyle !== 'none' && each.outlineWidth !== '0px')
    || each.boxShadow !== 'none')
  return {{path: path(one), marked}}
}}"""
