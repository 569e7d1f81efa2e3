"""Minutes on paper: tagged, kept with their data, and read back from the printed page."""

from __future__ import annotations

import ctypes
import json
import subprocess
import sysconfig
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from sagsgang import samples
from sagsgang.minutes import Item, Minutes, Section, read, read_bytes
from sagsgang.minutes.writers import from_json, style
from sagsgang.minutes.writers.pdf import ATTACHED, to_pdf
from sagsgang.minutes.writers.prose import tables_in
from sagsgang.minutes.writers.wording import headline

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


def test_the_same_minutes_give_the_same_file() -> None:
    minutes = read(DOCUMENTS[0])
    assert to_pdf(minutes) == to_pdf(minutes)


def _told(ask, *about) -> str:
    """What PDFium answers in a buffer of its own size."""
    size = ask(*about, None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(*about, ctypes.cast(buffer, ask.argtypes[-2]), size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _tags(document: pypdfium2.PdfDocument) -> list[tuple[str, str, int]]:
    """The tag tree in reading order: each tag, its parent's, and its page."""
    found: list[tuple[str, str, int]] = []

    def walk(element, parent: str, number: int) -> None:
        tag = _told(pdfium.FPDF_StructElement_GetType, element)
        found.append((tag, parent, number))
        for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, place)
            if child:
                walk(child, tag, number)

    for number, page in enumerate(document):
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, place), "", number)
        pdfium.FPDF_StructTree_Close(tree)
    return found


def _assert_tagged(data: bytes, minutes: Minutes, title: str) -> None:
    document = pypdfium2.PdfDocument(data)
    tags = _tags(document)
    names = [tag for tag, _, _ in tags]
    levels = [int(tag[1]) for tag in names if tag in ("H1", "H2", "H3", "H4")]
    # One title, then no level is skipped.
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels.count(2) >= len(minutes.items)
    # Every table has a header row, whose cells are headers; a label and a body in each list item.
    assert {parent for tag, parent, _ in tags if tag in ("TH", "TD")} <= {"TR"}
    tables = [
        part for item in minutes.items for one in item.sections for part in tables_in(one.text)
    ]
    if tables:
        assert names.count("THead") >= len(tables)
        assert names.count("TH") >= sum(len(rows[0]) for rows in tables)
    assert names.count("LBody") == names.count("LI")
    # Nothing is there that would need an alternative text.
    assert "Figure" not in names
    assert _told(pdfium.FPDFCatalog_GetLanguage, document).lower().startswith("da")
    assert document.get_metadata_value("Title") == title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert b"<pdfaid:part>3</pdfaid:part>" in data


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_tags_of_the_samples(path) -> None:
    minutes = read(path)
    _assert_tagged(to_pdf(minutes), minutes, headline(minutes))


def test_the_tags_of_the_real_documents_in_their_own_style(seeds) -> None:
    for path in seeds:
        minutes = read(path)
        own = style.of_municipality(minutes.municipality)
        data = to_pdf(minutes, own)
        title = pypdfium2.PdfDocument(data).get_metadata_value("Title")
        assert title.startswith("REFERAT ")
        _assert_tagged(data, minutes, title)
        assert "TOCI" in {tag for tag, _, _ in _tags(pypdfium2.PdfDocument(data))}


@pytest.fixture(scope="module")
def papers(seeds, tmp_path_factory) -> list[Path]:
    """The real documents and the samples as PDF files, each in its municipality's style."""
    folder = tmp_path_factory.mktemp("papers")
    for path in (*seeds, *DOCUMENTS):
        minutes = read(path)
        own = style.of_municipality(minutes.municipality)
        (folder / f"{path.stem}.pdf").write_bytes(to_pdf(minutes, own))
    return sorted(folder.iterdir())


CHECKERS = {"pdfua": ("check",), "outloud": ("--layer", "conformance", "--quiet")}
"""What is asked of each. `pdfua` checks 16 of the Matterhorn protocol's 106 rules, `outloud` those
of its checkpoints that a machine can check; neither proves that a file conforms."""


@pytest.mark.parametrize("checker", CHECKERS)
def test_the_checkers_of_pdf_ua_find_no_error(checker: str, papers: list[Path]) -> None:
    program = Path(sysconfig.get_path("scripts")) / checker
    command = [program, *CHECKERS[checker], *map(str, papers)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_file_itself_says_what_it_is(papers: list[Path]) -> None:
    """The claims, the language and the title in the catalogue, and what the attachment is to it."""
    for path in papers:
        with pikepdf.open(path) as document:
            root, claims = document.Root, document.open_metadata()
            assert root.MarkInfo.Marked
            assert root.ViewerPreferences.DisplayDocTitle
            assert str(root.Lang) == "da"
            assert (claims["pdfaid:part"], claims["pdfaid:conformance"]) == ("3", "A")
            assert claims["pdfuaid:part"] == "1"
            assert claims["dc:title"] == document.docinfo.Title
            [attached] = root.AF
            assert str(attached.AFRelationship) == "/Source"
            assert str(attached.UF) == ATTACHED
            assert str(attached.EF.F.Subtype) == "/application/json"
            assert all(str(page.Tabs) == "/S" for page in document.pages)


def test_no_page_ends_with_an_items_heading(papers: list[Path]) -> None:
    for path in papers:
        *pages, _last = pypdfium2.PdfDocument(path)
        for page in pages:
            *lines, _number = page.get_textpage().get_text_range().splitlines()
            assert not [one for one in lines[-2:] if one.startswith("Punkt ")], path.name


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
