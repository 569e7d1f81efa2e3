"""A section's text: light Markdown as it is kept, HTML as the editor has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.cases.formatting import cleaned, html_of, text_of

RICH = """Flere er i *job* end **sidste** år.

**Baggrund**

Se [her](https://lindvig.example/a).

- et
- to
  1. a
  2. b

| Ydelse | 2026 |
| --- | --- |
| Kontanthjælp | 12 |

Slut."""


def test_the_editor_gives_back_what_it_was_given() -> None:
    assert text_of(html_of(RICH)) == RICH


def test_a_heading_is_a_line_in_bold() -> None:
    assert text_of("<h3>Økonomi</h3><p>Ingen udgifter.</p>") == "**Økonomi**\n\nIngen udgifter."
    assert "<h3>Baggrund</h3>" in html_of(RICH)


def test_what_is_wholly_in_bold_stays_so() -> None:
    assert text_of("<p><strong>Husk</strong></p><ul><li><p><b>et</b></p></li></ul>") == (
        "**Husk**\n\n- **et**"
    )


def test_the_editors_own_tables_and_lists_are_read() -> None:
    head = "<tr><th><p>A</p></th><th><p>B</p></th></tr>"
    table = f"<table><tbody>{head}<tr><td><p>1</p></td><td><p>2</p></td></tr></tbody></table>"
    assert text_of(table) == "| A | B |\n| --- | --- |\n| 1 | 2 |"
    listed = "<ul><li><p>et</p><ul><li><p>to</p></li></ul></li></ul>"
    assert text_of(listed) == "- et\n  - to"


@pytest.mark.parametrize(
    "markup",
    [
        "<p onclick='x()'>Tekst</p>",
        "<p style='color:red' class='MsoNormal'>Tekst</p>",
        "<p>Tekst</p><script>alert(1)</script>",
        "<p>Te<o:p></o:p>kst</p><img src=x onerror=alert(1)>",
        "<style>p{}</style><p>Tekst</p>",
    ],
)
def test_what_is_pasted_brings_nothing_along(markup: str) -> None:
    assert text_of(markup) == "Tekst"


def test_an_address_that_does_something_is_taken_out() -> None:
    assert "javascript" not in cleaned("<a href='javascript:alert(1)'>x</a>")


def test_nothing_is_nothing() -> None:
    assert text_of("<p></p>") == ""
    assert text_of("") == ""
    assert html_of("") == ""


@given(st.text(max_size=300))
def test_no_text_makes_markup_of_its_own(text: str) -> None:
    made = html_of(text)
    assert cleaned(made).count("<script") == 0
    assert text_of(text_of(made)) is not None
