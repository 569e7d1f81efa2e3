"""What minutes can be read from: one module per kind of file, all giving a `BlockStream`.

`open_blocks` tells from the bytes which one a file is for. The modules know their format and
nothing of minutes; what they make of it is described in `blocks`.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from ..blocks import BlockStream, UnreadableDocument
from .detection import kind_of

__all__ = ["FORMATS", "Format", "open_blocks"]


class Format(NamedTuple):
    """A kind of file that can be read."""

    name: str
    media_types: tuple[str, ...]
    endings: tuple[str, ...]
    danish: str
    english: str


FORMATS: Final = (
    Format(
        "PDF",
        ("application/pdf",),
        (".pdf",),
        "Referater og dagsordener som PDF med tekst; indscannede sider læses med --ocr",
        "Minutes and agendas as PDF with text; scanned pages are read with --ocr",
    ),
    Format(
        "Word",
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
        (".docx",),
        "Word-dokumenter (ikke det gamle .doc)",
        "Word documents (not the old .doc)",
    ),
    Format(
        "HTML",
        ("text/html", "application/xhtml+xml"),
        (".html", ".htm", ".xhtml"),
        "Websider: FirstAgendas mødesider og almindelige sider med overskrifter",
        "Web pages: FirstAgenda's meeting pages and ordinary pages with headings",
    ),
    Format(
        "FirstAgenda",
        ("application/json",),
        (".json",),
        "FirstAgenda Publications JSON for ét møde (api/agenda/dagsorden/…)",
        "FirstAgenda Publication's JSON for one meeting (api/agenda/dagsorden/…)",
    ),
    Format(
        "SBSYS",
        ("application/xml", "text/xml"),
        (".xml",),
        "Dagsordener eksporteret fra SBSYS som XML",
        "Agendas exported from SBSYS as XML",
    ),
    Format(
        "eDoc",
        ("application/xml", "text/xml"),
        (".xml",),
        "Dagsordener eksporteret fra eDoc som XML",
        "Agendas exported from eDoc as XML",
    ),
    Format(
        "Markdown",
        ("text/markdown",),
        (".md", ".markdown"),
        "Markdown, også som programmer laver det af PDF-filer",
        "Markdown, also as programs make it from PDF files",
    ),
    Format(
        "Tekst",
        ("text/plain",),
        (".txt", ".text"),
        "Ren tekst i UTF-8, UTF-16 eller Windows-1252",
        "Plain text in UTF-8, UTF-16 or Windows-1252",
    ),
    Format(
        "Sagsgang",
        ("application/json", "text/markdown", "text/html"),
        (".json", ".md", ".html"),
        "Det, som Sagsgang selv har skrevet, læses til præcis det samme",
        "What Sagsgang itself has written is read to exactly the same",
    ),
)


def open_blocks(
    data: bytes, name: str = "", *, ocr: bool = False, address: str = ""
) -> BlockStream:
    """The blocks of a file, whose type is told from its bytes.

    `name` is the file's name, for messages; `ocr` lets scanned PDF pages be read by character
    recognition; `address` is where a web page came from, for links within its site.

    Raises:
        UnreadableDocument: the file cannot be read; the message says why and what to do.
    """
    kind = kind_of(data)
    if kind == "pdf":
        from .pdf import read_pdf

        return read_pdf(data, ocr=ocr)
    if kind == "docx":
        from .docx import read_docx

        return read_docx(data)
    if kind == "html":
        from .html import read_html

        return read_html(data, address=address)
    if kind == "xml":
        from .agenda_xml import read_agenda_xml

        return read_agenda_xml(data)
    return _open_json(data, name) if kind == "json" else _open_text(data)


def _open_text(data: bytes) -> BlockStream:
    from .text import read_text

    return read_text(data)


def _open_json(data: bytes, name: str) -> BlockStream:
    """FirstAgenda's JSON; text that only begins like JSON is read as text."""
    from .firstagenda import parsed_json, read_object

    try:
        value = parsed_json(data)
    except UnreadableDocument:
        if data.lstrip()[:1] == b"[" and not name.lower().endswith(".json"):
            return _open_text(data)
        raise
    return read_object(value)
