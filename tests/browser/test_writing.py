"""A presentation is written in the editor, with keys alone, and saves itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.cases.drawn import png

from .test_accessibility import listen
from .test_working_house import House, house

__all__ = ["house"]

FROM_WORD = """<html><body><!--StartFragment-->
<p class=MsoNormal style='mso-margin-top-alt:auto'><b>Baggrund</b><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span><![endif]>Flere i job</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span><![endif]>Færre på ydelse</p>
<!--EndFragment--></body></html>"""
PASTE = """([element, html]) => {
  const data = new DataTransfer();
  data.setData('text/html', html);
  element.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def writing(house: House) -> Iterator[Page]:
    context = house.context("officer")
    page = context.new_page()
    page.complaints = []
    listen(page, page.complaints)
    page.goto(house["writing"])
    yield page
    context.close()


def save(page: Page) -> None:
    """Presses the button, and waits for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name="Gem", exact=True).click()


def text_of(page: Page) -> str:
    """The presentation's text as it is kept, seen without script."""
    other = page.context.browser.new_context(
        storage_state=page.context.storage_state(), java_script_enabled=False
    )
    plain = other.new_page()
    plain.goto(page.url)
    text = plain.get_by_label("Økonomi").input_value()
    other.close()
    return text


def test_what_is_written_is_kept_by_itself(writing: Page) -> None:
    editor = writing.get_by_role("textbox", name="Økonomi")
    editor.click()
    writing.keyboard.press("Control+a")
    writing.keyboard.type("Det koster ")
    writing.keyboard.press("Control+b")
    writing.keyboard.type("intet")
    writing.keyboard.press("Control+b")
    writing.keyboard.type(".\n- et\nto")
    expect(writing.locator("[data-told]")).to_contain_text("Ikke gemt")
    expect(writing.locator("[data-told]")).to_contain_text("Gemt kl.")
    assert text_of(writing) == "Det koster **intet**.\n\n- et\n- to"
    assert writing.complaints == []


def test_the_tools_are_reached_by_keys_and_say_what_they_are(writing: Page) -> None:
    bar = writing.get_by_role("toolbar", name="Værktøjer: Økonomi")
    bar.get_by_role("button", name="Fed").focus()
    writing.keyboard.press("ArrowRight")
    writing.keyboard.press("ArrowRight")
    expect(bar.get_by_role("button", name="Overskrift")).to_be_focused()
    writing.keyboard.press("Enter")
    expect(bar.get_by_role("button", name="Overskrift")).to_have_attribute("aria-pressed", "true")
    writing.keyboard.type("Budget")
    writing.keyboard.press("Enter")
    bar.get_by_role("button", name="Indsæt tabel").click()
    writing.keyboard.type("Ydelse")
    writing.keyboard.press("Tab")
    writing.keyboard.type("2026")
    expect(bar.get_by_role("button", name="Ny række")).to_be_visible()
    assert writing.complaints == []


def test_what_is_pasted_from_word_is_text_and_lists(writing: Page) -> None:
    editor = writing.get_by_role("textbox", name="Økonomi")
    editor.click()
    writing.keyboard.press("Control+a")
    writing.keyboard.press("Delete")
    editor.evaluate(f"(element) => ({PASTE})([element, {FROM_WORD!r}])")
    expect(editor.locator("li")).to_have_count(2)
    save(writing)
    assert text_of(writing) == "**Baggrund**\n\n- Flere i job\n- Færre på ydelse"


def test_a_picture_is_taken_in_with_its_description(writing: Page) -> None:
    editor = writing.get_by_role("textbox", name="Økonomi")
    editor.click()
    writing.once("dialog", lambda dialog: dialog.accept("Et [gråt] felt"))
    bar = writing.get_by_role("toolbar", name="Værktøjer: Økonomi")
    with writing.expect_file_chooser() as chosen:
        bar.get_by_role("button", name="Billede").click()
    chosen.value.set_files({"name": "felt.png", "mimeType": "image/png", "buffer": png()})
    expect(editor.locator("img")).to_have_attribute("alt", "Et [gråt] felt")
    expect(editor.locator("img")).to_have_js_property("naturalWidth", 8)
    save(writing)
    assert "![Et gråt felt](billede:" in text_of(writing)
    assert writing.complaints == []


def test_a_lost_connection_loses_nothing(writing: Page) -> None:
    writing.context.set_offline(True)
    writing.get_by_role("textbox", name="Økonomi").click()
    writing.keyboard.type("Uden net. ")
    expect(writing.get_by_role("alert")).to_contain_text("Din tekst er her endnu")
    writing.context.set_offline(False)
    expect(writing.locator("[data-told]")).to_contain_text("Gemt kl.")
    assert "Uden net." in text_of(writing)


def test_two_at_once_see_both_texts_and_lose_none(house: House, writing: Page) -> None:
    other = house.context("leader")
    page = other.new_page()
    page.goto(house["writing"])
    page.get_by_role("textbox", name="Økonomi").click()
    page.keyboard.type("Lederens ord. ")
    save(page)
    other.close()
    writing.get_by_role("textbox", name="Økonomi").click()
    writing.keyboard.type("Mine ord. ")
    expect(writing.get_by_role("alert")).to_contain_text("nyere udgave")
    save(writing)
    both = writing.get_by_role("region", name="Det, I har skrevet forskelligt")
    expect(both).to_contain_text("Lederens")
    expect(both).to_contain_text("Mine")
    expect(writing.get_by_role("textbox", name="Økonomi")).to_contain_text("Mine ord.")
    save(writing)
    assert "Mine ord." in text_of(writing)
