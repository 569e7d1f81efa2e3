"""Minutes as a Word document: made of styles, and read back to the same minutes."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest

from sagsgang import samples
from sagsgang.minutes import Item, Minutes, Section, read, read_bytes
from sagsgang.minutes.writers import style
from sagsgang.minutes.writers.docx import to_docx

from .renderings.comparison import differences

DOCUMENTS = samples.paths()
# Attachments that stood under no heading get one, and with it a section.
UNSAID = {"06": {"item 43, sections", "item 44, sections"}}


def differing(minutes: Minutes, printed: Minutes) -> set[str]:
    """What differs, by key; the contents with their pages are Word's to make, not the writer's."""
    found = {told.partition(":")[0] for told in differences(printed, minutes)}
    return found - {"contents", "findings"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_it_reads_back(path) -> None:
    minutes = read(path)

    assert differing(minutes, read_bytes(to_docx(minutes), "x.docx")) == UNSAID.get(
        path.stem[:2], set()
    )


def test_the_real_documents_read_back_in_their_own_style(seeds) -> None:
    for path in seeds:
        minutes = read(path)
        own = style.of_municipality(minutes.municipality)
        assert own.name != "standard"
        assert differing(minutes, read_bytes(to_docx(minutes, own), "x.docx")) == set()


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {
            name: package.read(name).decode()
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }


TEXT = """Indledning med **fed**, *kursiv* og [en side](https://eksempel.dk/).

1. Et
2. To
   a) Dybere
3. Tre

- Prik

| Område | Beløb |
| --- | --- |
| Drift | 1.200 |
| I alt | 1.200 |"""
RICH = Minutes(
    "Lindvig",
    "Jobudvalget",
    date="2026-03-04",
    items=(Item("1", "Sag", sections=(Section("Resume", "summary", TEXT),)),),
)


def test_headings_lists_and_header_rows_are_real() -> None:
    document = docx.Document(io.BytesIO(to_docx(RICH)))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.text]

    assert [name for name in styles if name.startswith(("Title", "Heading"))] == [
        "Title", "Heading 1", "Heading 2",
    ]  # fmt: skip
    assert [name for name in styles if name.startswith("List")] == [
        "List Number", "List Number", "List Number 2", "List Number", "List Bullet",
    ]  # fmt: skip
    [table] = document.tables
    assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    assert not table.rows[1]._tr.xpath("w:trPr/w:tblHeader")
    assert table.cell(1, 1).paragraphs[0].style.name == "Tal i tabel"


def test_nothing_is_formatted_by_hand_where_a_style_does_it() -> None:
    body = parts(to_docx(RICH))["word/document.xml"]

    assert not re.search(r"<w:(?:b|i|sz|color|rFonts|jc|ind|spacing)[ /]", body)
    assert body.count('<w:rStyle w:val="Strong"/>') >= 2
    assert '<w:rStyle w:val="Hyperlink"/>' in body


def test_language_title_and_author_are_told() -> None:
    data = to_docx(RICH)
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert properties.title == "Referat · Jobudvalget · 4. marts 2026"
    assert properties.author == "Lindvig Kommune"
    assert properties.language == "da-DK"
    assert properties.comments == ""
    assert '<w:lang w:val="da-DK"' in parts(data)["word/styles.xml"]


def test_the_same_minutes_give_the_same_file() -> None:
    assert to_docx(RICH) == to_docx(RICH)


def test_a_link_leads_on() -> None:
    related = parts(to_docx(RICH))["word/_rels/document.xml.rels"]
    assert 'Target="https://eksempel.dk/"' in related


@pytest.mark.parametrize(
    "minutes",
    [
        Minutes(),
        Minutes(date="ikke en dato"),
        Minutes(items=(Item(None, None, closed=True),)),
        Minutes(items=(Item("1", "Tegn \x00\x1b\ud800\uffff <&>", sections=(Section("", "other", "\x0b"),)),)),
        Minutes(items=(Item("1", "Dybt", sections=(Section("A", "other", "\n".join(" " * n + "- x" for n in range(30))),)),)),
    ],
)  # fmt: skip
def test_anything_can_be_written(minutes: Minutes) -> None:
    docx.Document(io.BytesIO(to_docx(minutes)))
