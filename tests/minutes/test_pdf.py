"""Minutes on paper: tagged, kept with their data, and read back from the printed page."""

from __future__ import annotations

import ctypes
import json
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from sagsgang import samples
from sagsgang.minutes import Item, Minutes, Section, read, read_bytes
from sagsgang.minutes.writers import from_json
from sagsgang.minutes.writers.pdf import ATTACHED, to_pdf

DOCUMENTS = samples.paths()


def _attachment(document: pypdfium2.PdfDocument) -> tuple[str, bytes]:
    assert pdfium.FPDFDoc_GetAttachmentCount(document) == 1
    attachment = pdfium.FPDFDoc_GetAttachment(document, 0)
    size = pdfium.FPDFAttachment_GetName(attachment, None, 0)
    name = ctypes.create_string_buffer(size)
    pdfium.FPDFAttachment_GetName(
        attachment, ctypes.cast(name, ctypes.POINTER(pdfium.FPDF_WCHAR)), size
    )
    length = ctypes.c_ulong()
    pdfium.FPDFAttachment_GetFile(attachment, None, 0, length)
    data = ctypes.create_string_buffer(length.value)
    pdfium.FPDFAttachment_GetFile(attachment, data, length.value, length)
    return name.raw.decode("utf-16-le").rstrip("\0"), data.raw


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_printed_page_reads_back(path) -> None:
    """What the page says is read again; a table's cells may stand on other lines."""
    minutes = read(path)
    again = read_bytes(to_pdf(minutes), "x.pdf")
    head = ("municipality", "committee", "term", "kind", "date", "start_time", "place")
    assert [getattr(again, name) for name in head] == [getattr(minutes, name) for name in head]
    facts = ("number", "title", "case_number", "closed", "decisions", "votes", "statements")
    assert [[getattr(one, name) for name in facts] for one in again.items] == [
        [getattr(one, name) for name in facts] for one in minutes.items
    ]


def test_the_real_documents_print_and_read_back(seeds) -> None:
    for path in seeds:
        minutes = read(path)
        again = read_bytes(to_pdf(minutes), "x.pdf")
        assert [(one.number, one.title, one.closed) for one in again.items] == [
            (one.number, one.title, one.closed) for one in minutes.items
        ]
        assert [one.decisions for one in again.items] == [one.decisions for one in minutes.items]


def test_the_data_come_along() -> None:
    minutes = read(DOCUMENTS[3])
    name, data = _attachment(pypdfium2.PdfDocument(to_pdf(minutes)))
    assert name == ATTACHED
    assert from_json(data.decode()) == minutes


def test_the_file_says_that_it_is_for_keeping_and_for_screen_readers() -> None:
    data = to_pdf(read(DOCUMENTS[0]))
    for claim in (
        b"<pdfaid:part>3</pdfaid:part>",
        b"<pdfaid:conformance>A</pdfaid:conformance>",
        b"<pdfuaid:part>1</pdfuaid:part>",
    ):
        assert claim in data
    document = pypdfium2.PdfDocument(data)
    assert document.is_tagged()
    assert document.get_metadata_value("Title").startswith("Referat")


def test_the_same_minutes_give_the_same_file() -> None:
    minutes = read(DOCUMENTS[0])
    assert to_pdf(minutes) == to_pdf(minutes)


HOSTILE = '#panic("x") $x$ *b* _c_ @d <e> \\ `f` // g /* h */ [i](https://eksempel.dk/"#x)'


def test_no_text_becomes_markup() -> None:
    text = (
        f"{HOSTILE}\n\n- {HOSTILE}\n\n| A | B |\n| --- | --- |\n| {HOSTILE.replace('|', '')} | 1 |"
    )
    item = Item("1", HOSTILE, HOSTILE, sections=(Section(HOSTILE, "other", text),))
    printed = pypdfium2.PdfDocument(to_pdf(Minutes(HOSTILE, HOSTILE, items=(item,))))
    words = "".join(page.get_textpage().get_text_range() for page in printed)
    assert words.count('#panic("x")') >= 6


@pytest.mark.parametrize(
    "minutes",
    [
        Minutes(),
        Minutes(date="ikke en dato"),
        Minutes(items=(Item(None, None, closed=True),)),
        Minutes(items=(Item("1", "Tegn \x00\x1b\ud800\uffff", sections=(Section("", "other", ""),)),)),
        Minutes(items=(Item("1", "Dybt", sections=(Section("A", "other", "\n".join(" " * n + "- x" for n in range(30))),)),)),
    ],
)  # fmt: skip
def test_anything_can_be_printed(minutes: Minutes) -> None:
    assert to_pdf(minutes).startswith(b"%PDF-")


def test_closed_items_are_marked() -> None:
    minutes = Minutes(items=(Item("2", "Personsag", closed=True),), date="2026-03-04")
    printed = pypdfium2.PdfDocument(to_pdf(replace(minutes, committee="Jobudvalget")))
    assert "Punkt 2: Lukket: Personsag" in printed[0].get_textpage().get_text_range()


def test_the_attachment_is_the_contract() -> None:
    _, data = _attachment(pypdfium2.PdfDocument(to_pdf(Minutes(committee="Jobudvalget"))))
    assert json.loads(data)["format_version"] == "1"
