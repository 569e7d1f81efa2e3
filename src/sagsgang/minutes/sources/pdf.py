"""Born-digital PDF files, and scanned ones where Tesseract is installed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ..blocks import BlockStream, UnreadableDocument
from .ocr import Recogniser
from .pdf_blocks import blocks_of_pages
from .pdf_furniture import PdfPage
from .pdf_layout import arrange
from .pdf_page import MOST_CHARACTERS, PageText, PageTooLong

MAX_BYTES: Final = 300_000_000
MAX_PAGES: Final = 5_000
MAX_CHARACTERS: Final = 20_000_000
MEDIA_TYPE: Final = "application/pdf"

_HEADER_WINDOW: Final = 1_024
_HARDLY_ANY: Final = 10
"""Characters on a page that holds no text worth speaking of."""


def read_pdf(data: bytes, *, ocr: bool = False) -> BlockStream:
    """The blocks of a PDF file, with a page block at the start of each page.

    Offsets count in the text that pdfium gives for the pages, one after the other. Running
    headers, footers and page numbers are left out. A page without text is noted
    (`page_without_text`), or read from its picture where `ocr` is set.

    pdfium is not safe for threads: read many files in several processes.

    Raises:
        UnreadableDocument: the file is no PDF, damaged, locked with a password, too large, or
            a scan that was not to be, or cannot be, read with Tesseract.
    """
    document = _opened(data)
    try:
        return _read(document, ocr=ocr)
    finally:
        document.close()


def _opened(data: bytes) -> Any:
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(
            "PDF-filen er over 300 MB. Del den op i ét dokument pr. møde, og læs dem hver for sig."
        )
    if b"%PDF-" not in data[:_HEADER_WINDOW]:
        raise UnreadableDocument(
            "Filen er ikke en PDF-fil: den begynder ikke med »%PDF-«. Kontrollér, at den er hentet helt."
        )
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise UnreadableDocument(_why(error.err_code)) from None
    pages = len(document)
    if pages > MAX_PAGES:
        document.close()
        raise UnreadableDocument(
            f"PDF-filen har {pages} sider; højst {MAX_PAGES} kan læses. "
            "Del den op i ét dokument pr. møde."
        )
    return document


def _why(code: int | None) -> str:
    if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return (
            "PDF-filen er låst med en adgangskode. Gem en kopi uden adgangskode, og læs den i stedet."
        )
    return (
        "PDF-filen er beskadiget og kan ikke åbnes. Hent den igen, eller gem den på ny i et "
        "program, der kan vise den."
    )


def _read(document: Any, *, ocr: bool) -> BlockStream:
    pages: list[PdfPage] = []
    notes: list[tuple[str, str]] = []
    blank: list[int] = []
    offset = 0
    for index in range(len(document)):
        page, length = _page(document, index, offset, notes)
        pages.append(page)
        if length < _HARDLY_ANY:
            blank.append(index)
        offset += length
        if offset > MAX_CHARACTERS:
            raise UnreadableDocument(
                f"PDF-filen har over {MAX_CHARACTERS // 1_000_000} millioner tegn. "
                "Del den op i ét dokument pr. møde."
            )
    pictured = [index for index in blank if _has_picture(document, index)]
    if len(blank) == len(pages) and not ocr:
        _refuse(pictured=bool(pictured))
    if pictured:
        notes += _pages_without_text(document, pages, pictured, ocr=ocr, needed=len(blank) == len(pages))
    return BlockStream(blocks_of_pages(pages), MEDIA_TYPE, len(pages), tuple(notes))
