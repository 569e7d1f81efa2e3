"""A line in bold with something under it is a heading, for those who find their way by headings."""

from __future__ import annotations

import ctypes
import io

import pypdfium2
import pytest
from docx import Document
from pypdfium2 import raw

from sagsgang.minutes import Item, Minutes, Section, read_bytes
from sagsgang.minutes.writers import to_html
from sagsgang.minutes.writers.docx import to_docx
from sagsgang.minutes.writers.pdf import to_pdf
from sagsgang.minutes.writers.prose import blocks_of, heading_of

TEXT = "Indledning.\n\n**Baggrund**\n\nDer er *få* penge.\n\n**Husk fristen.**\n\nSlut."
MINUTES = Minutes(
    "Lindvig",
    "Jobudvalget",
    kind="agenda",
    date="2026-03-04",
    items=(Item("1", "Plan", sections=(Section("Sagsfremstilling", "presentation", TEXT),)),),
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Baggrund**\n\nTekst.", "Baggrund"),
        ("**Baggrund**\n- et", "Baggrund"),
        ("**Baggrund**", ""),
        ("**Husk.**\n\nTekst.", ""),
        ("**Bag**grund\n\nTekst.", ""),
        (f"**{'Ord ' * 30}**\n\nTekst.", ""),
    ],
)
def test_what_is_a_heading(text: str, words: str) -> None:
    first, *after = blocks_of(text)
    assert heading_of(first, after) == words


def test_word_has_it_as_a_heading() -> None:
    document = Document(io.BytesIO(to_docx(MINUTES)))
    found = [one.text for one in document.paragraphs if one.style.name == "Heading 3"]
    assert found == ["Baggrund"]


def test_a_page_has_it_as_a_heading_and_reads_the_same() -> None:
    page = to_html(MINUTES)
    assert "<h4><strong>Baggrund</strong></h4>" in page
    assert read_bytes(page.encode(), "x.html") == MINUTES


def test_paper_has_it_in_the_tag_tree_and_reads_the_same() -> None:
    paper = to_pdf(MINUTES)
    assert [kind for kind in _kinds(paper) if kind.startswith("H")] == ["H1", "H2", "H3", "H4"]
    [item] = read_bytes(paper, "x.pdf").items
    assert item.sections[0].text.replace("*", "") == TEXT.replace("*", "")


def _kinds(paper: bytes) -> list[str]:

    found: list[str] = []

    def walk(element) -> None:
        held = ctypes.create_string_buffer(100)
        if raw.FPDF_StructElement_GetType(element, held, 100):
            found.append(held.raw.decode("utf-16-le").partition("\0")[0])
        for number in range(max(0, raw.FPDF_StructElement_CountChildren(element))):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, number)
            if child:
                walk(child)

    for page in pypdfium2.PdfDocument(paper):
        tree = raw.FPDF_StructTree_GetForPage(page)
        for number in range(raw.FPDF_StructTree_CountChildren(tree)):
            walk(raw.FPDF_StructTree_GetChildAtIndex(tree, number))
    return found
