"""Born-digital PDF files, and scanned ones where Tesseract is installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ..blocks import BlockStream, UnreadableDocument
from .ocr import INSTALL, PROGRAM, Recogniser
from .pdf_blocks import blocks_of_pages
from .pdf_cells import Thing
from .pdf_furniture import PdfPage
from .pdf_layout import arrange
from .pdf_links import add_links
from .pdf_page import MOST_CHARACTERS, DamagedPageError, PageText, PageTooLongError
from .pdf_rules import has_picture

MAX_BYTES: Final = 300_000_000
MAX_PAGES: Final = 5_000
MAX_CHARACTERS: Final = 20_000_000
MEDIA_TYPE: Final = "application/pdf"

_TO_ONESELF: Final = Lock()
_HEADER_WINDOW: Final = 1_024
_HARDLY_ANY: Final = 10
"""Fewer characters on a page with a picture are no text worth speaking of."""


def read_pdf(data: bytes, *, ocr: bool = False) -> BlockStream:
    """The blocks of a PDF file, with a page block at the start of each page.

    Offsets count in the text that pdfium gives for the pages, one after the other. Running
    headers, footers and page numbers are left out. Pages without text are noted
    (`page_without_text`), or read from their pictures where `ocr` is set (`text_recognised`).

    pdfium is not safe for threads: one at a time reads. Read many files in several processes.

    Raises:
        UnreadableDocument: the file is no PDF, damaged, locked with a password, too large, or
            a scan that was not to be, or cannot be, read with Tesseract.
    """
    with opened(data) as document:
        reading = _Reading(document, ocr=ocr)
        pages = [reading.page(index) for index in range(len(document))]
        reading.refuse_if_empty()
    return BlockStream(blocks_of_pages(pages), MEDIA_TYPE, len(pages), reading.notes())


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """A PDF file's pypdfium2 document, with pdfium to oneself until it is closed again.

    Raises:
        UnreadableDocument: the file is no PDF, damaged, locked with a password, or too large.
    """
    with _TO_ONESELF:
        document = _opened(data)
        try:
            yield document
        finally:
            document.close()


def _opened(data: bytes) -> Any:
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(
            "PDF-filen er over 300 MB. Del den op i ét dokument pr. møde, og læs dem hver for sig."
        )
    if b"%PDF-" not in data[:_HEADER_WINDOW]:
        raise UnreadableDocument(
            "Filen er ikke en PDF-fil: den begynder ikke med »%PDF-«. "
            "Kontrollér, at den er hentet helt."
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
            "PDF-filen er låst med en adgangskode. Gem en kopi uden adgangskode, og læs den i "
            "stedet."
        )
    return (
        "PDF-filen er beskadiget og kan ikke åbnes. Hent den igen, eller gem den på ny fra et "
        "program, der kan vise den."
    )


class _Reading:
    """One document's pages being read, and what is found wanting."""

    def __init__(self, document: Any, *, ocr: bool) -> None:
        self._document = document
        self._recogniser = Recogniser() if ocr else None
        self._offset = 0
        self._pages = 0
        self._damaged: list[int] = []
        self._blank: list[int] = []
        """Pages without text; those with a picture, which may be one of text, also below."""
        self._pictured: list[int] = []
        self._recognised: list[int] = []

    def page(self, index: int) -> PdfPage:
        """What is kept of page `index` (from 0)."""
        number, offset = index + 1, self._offset
        self._pages = number
        try:
            page = PageText(self._document, index)
        except DamagedPageError:
            self._damaged.append(number)
            return PdfPage(number, offset, [], 0.0, 0.0, 0.0, 0.0)
        except PageTooLongError:
            raise UnreadableDocument(
                f"Side {number} i PDF-filen har over {MOST_CHARACTERS} tegn, så det er næppe et "
                "referat. Gem filen på ny uden den side."
            ) from None
        try:
            things = self._things(page, number)
        finally:
            page.close()
        if self._offset > MAX_CHARACTERS:
            raise UnreadableDocument(
                f"PDF-filen har over {MAX_CHARACTERS // 1_000_000} millioner tegn. "
                "Del den op i ét dokument pr. møde."
            )
        return PdfPage(number, offset, things, page.left, page.bottom, page.right, page.top)

    def _things(self, page: PageText, number: int) -> list[Thing]:
        if len(page.text) < _HARDLY_ANY:
            pictured = has_picture(page)
            if pictured and self._recogniser is not None and self._recogniser.is_installed:
                text, lines = self._recogniser.lines(page)
                if lines:
                    self._recognised.append(number)
                    self._offset += len(text)
                    return [*lines]
            if pictured:
                self._pictured.append(number)
            if pictured or not page.text.strip():
                self._blank.append(number)
        self._offset += len(page.text)
        lines = page.lines()
        add_links(page, lines)
        return arrange(page, lines)

    def refuse_if_empty(self) -> None:
        """Raises `UnreadableDocument` where no page holds any text."""
        if len(self._damaged) == self._pages:
            raise UnreadableDocument(_why(None))
        if len(self._blank) + len(self._damaged) < self._pages:
            return
        if not self._pictured:
            raise UnreadableDocument(
                "PDF-filen indeholder ingen tekst og ingen billeder. Kontrollér, at det er den "
                "rigtige fil."
            )
        if self._recogniser is None:
            raise UnreadableDocument(
                "PDF-filen er en scanning: siderne er billeder uden tekst. Læs den med --ocr, hvor "
                "Tesseract med dansk er installeret, eller få den som en PDF-fil med tekst."
            )
        if not self._recogniser.is_installed:
            raise UnreadableDocument(
                f"PDF-filen er en scanning, og tekstgenkendelse er ikke installeret. {INSTALL}"
            )
        raise UnreadableDocument(
            "PDF-filen er en scanning, og tekstgenkendelsen fandt ingen tekst i den. "
            "Kontrollér, at siderne er skarpe og vender rigtigt."
        )

    def notes(self) -> tuple[tuple[str, str], ...]:
        """What the reader should know about pages: (code, message)."""
        notes = [
            ("page_unreadable", f"Page {number} is damaged and could not be read.")
            for number in self._damaged
        ]
        hint = "" if self._recogniser else " If it is scanned, --ocr can read it."
        notes += [
            ("page_without_text", f"Page {number} is a picture without text.{hint}")
            for number in self._pictured
        ]
        if self._pictured and self._recogniser and not self._recogniser.is_installed:
            notes.append(
                (
                    "recognition_missing",
                    f"Character recognition is not installed ({PROGRAM}).",
                )
            )
        notes += [
            ("text_recognised", f"Page {number} is read by character recognition; check it.")
            for number in self._recognised
        ]
        return tuple(notes)
