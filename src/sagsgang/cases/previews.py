"""What an attachment shows before it is opened: pages as pictures, a table's rows, or prose."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import Final

import pypdfium2 as pdfium

from sagsgang.minutes.blocks import UnreadableDocument
from sagsgang.minutes.reader.compose import compose
from sagsgang.minutes.sources.docx import read_docx
from sagsgang.minutes.sources.pdf import opened
from sagsgang.minutes.writers.prose_html import table_html

from .formatting import html_of

MOST_PAGES: Final = 30
MOST_ROWS: Final = 200
_WIDEST, _HIGHEST = 1000, 3000
"""A page's picture in pixels."""


def pages_of(data: bytes) -> int:
    """How many pages a PDF has; 0 where it cannot be opened."""
    try:
        with opened(data) as document:
            return len(document)
    except UnreadableDocument:
        return 0


def picture_of(data: bytes, page: int) -> bytes:
    """A page of a PDF, counted from 1, as a picture (PNG).

    Raises:
        LookupError: there is no such page, or it is damaged.
        UnreadableDocument: the PDF cannot be opened.
    """
    with opened(data) as document:
        if not 1 <= page <= len(document):
            raise LookupError(page)
        try:
            drawn = document[page - 1]
            width, height = drawn.get_size()
            scale = min(_WIDEST / max(width, 1), _HIGHEST / max(height, 1))
            picture = drawn.render(scale=scale).to_pil()
        except (pdfium.PdfiumError, ValueError):
            raise LookupError(page) from None
        written = io.BytesIO()
        picture.save(written, "PNG")
        return written.getvalue()


def prose_of(data: bytes) -> str:
    """A Word document's text as HTML; empty where it cannot be read."""
    try:
        return html_of(compose(read_docx(data).blocks))
    except UnreadableDocument:
        return ""


def table_of(data: bytes) -> str:
    """The rows of a CSV file as an HTML table; at most `MOST_ROWS`, and empty where it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        shown = list(filter(None, islice(rows, MOST_ROWS)))
    except csv.Error:
        return ""
    return table_html(shown) if shown else ""
