"""What a file is, told from its bytes; a name never decides it alone.

What is no minutes in any readable form is refused here, with what it is and what to do.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final, Literal, NamedTuple

from lxml import etree

from ..blocks import UnreadableDocument
from .agenda_xml import parsed_xml
from .decoding import decoded, has_text_mark

Kind = Literal["pdf", "docx", "json", "xml", "html", "text"]

LARGEST_TEXT: Final = 200_000_000
_SAMPLE: Final = 65_536
_PDF_WITHIN: Final = 1_024
_MOST_CONTROLS: Final = 0.05

_SAVE_AS: Final = "Gem det som PDF eller Word (.docx), og læs den fil."
_UNPACK: Final = "Pak den ud, og læs det, der er i den."


class _Signature(NamedTuple):
    start: bytes
    danish: str
    advice: str = _SAVE_AS


_SIGNATURES: Final = (
    _Signature(b"\x89PNG", "et billede (PNG)"),
    _Signature(b"\xff\xd8\xff", "et billede (JPEG)"),
    _Signature(b"GIF8", "et billede (GIF)"),
    _Signature(b"II*\0", "et billede (TIFF)"),
    _Signature(b"MM\0*", "et billede (TIFF)"),
    _Signature(b"BM", "et billede (BMP)"),
    _Signature(b"RIFF", "en lyd-, film- eller billedfil (RIFF)"),
    _Signature(b"ID3", "en lydfil (MP3)"),
    _Signature(b"OggS", "en lydfil (Ogg)"),
    _Signature(b"fLaC", "en lydfil (FLAC)"),
    _Signature(b"\x1aE\xdf\xa3", "en filmfil (Matroska)"),
    _Signature(b"\x1f\x8b", "en pakket fil (gzip)", _UNPACK),
    _Signature(b"7z\xbc\xaf", "en pakket fil (7-Zip)", _UNPACK),
    _Signature(b"Rar!", "en pakket fil (RAR)", _UNPACK),
    _Signature(b"BZh", "en pakket fil (bzip2)", _UNPACK),
    _Signature(b"{\\rtf", "et dokument i Rich Text Format (RTF)"),
    _Signature(b"%!PS", "en PostScript-fil"),
    _Signature(b"\x7fELF", "et program"),
    _Signature(b"MZ", "et program"),
)
_BINARY_ONLY: Final = (b"BM", b"MZ", b"ID3", b"BZh", b"RIFF", b"OggS", b"GIF8")
_CONTROLS: Final = bytes(each for each in range(32) if each not in b"\t\n\v\f\r")
_STRANGE: Final = frozenset(_CONTROLS.decode() + "\ufffd")
_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MHTML = re.compile(
    rb"(?:(?:From|To|Subject|Date|MIME-Version|Content-[A-Za-z-]+|Snapshot-Content-Location): "
    rb"[^\r\n]*\r?\n){2}",
    re.IGNORECASE,
)

_HTML_START = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_KNOWN_TAG = re.compile(
    r"<(?:p|div|span|table|tr|td|ul|ol|li|h[1-6]|a|b|strong|em|font|article|section|main)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_JSON_START = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_XML_START = re.compile(r"\s*<(?:\?xml\s|![A-Z]|!--|[A-Za-zÆØÅæøå_])")


def kind_of(data: bytes) -> Kind:
    """Which of the readable kinds the bytes look like.

    Raises:
        UnreadableDocument: the file is empty, or of a kind that cannot be read.
    """
    if not data or data.isspace():
        raise UnreadableDocument("Filen er tom. Hent eller gem den igen.")
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data.startswith(_OLE2):
        raise UnreadableDocument(
            "Filen er i det gamle Office-format (.doc, .xls eller .ppt). Åbn den, og gem den som "
            ".docx eller PDF."
        )
    _refuse_known(data)
    _refuse_binary(data)
    return _text_kind(data)


def _refuse_known(data: bytes) -> None:
    if data[4:8] == b"ftyp":
        raise UnreadableDocument(f"Filen er en film- eller lydfil (MP4), ikke tekst. {_SAVE_AS}")
    for start, danish, advice in _SIGNATURES:
        if data.startswith(start) and (start not in _BINARY_ONLY or b"\0" in data[:_SAMPLE]):
            raise UnreadableDocument(f"Filen er {danish}, ikke et referat i tekst. {advice}")
    if _MHTML.match(data[:_SAMPLE]):
        raise UnreadableDocument(
            "Filen er en e-mail eller en webside i ét arkiv (MHTML). Gem siden som HTML, eller "
            "udskriv den til PDF."
        )


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    if has_text_mark(data):
        text = decoded(sample)
        strange = sum(1 for each in text if each in _STRANGE)
        binary = strange > _MOST_CONTROLS * len(text)
    else:
        controls = len(sample) - len(sample.translate(None, _CONTROLS))
        binary = b"\0" in data or controls > _MOST_CONTROLS * len(sample)
    if binary:
        raise UnreadableDocument(
            "Filen er ikke tekst (den har tegn, som kun findes i programmer, billeder og andre "
            f"data). Er den et dokument: {_SAVE_AS}"
        )


def _zip_kind(data: bytes) -> Kind:
    """A zip is a Word file, or is refused by the name of what it is."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError) as error:
        raise UnreadableDocument(
            "Filen er en beskadiget zip- eller Word-fil. Hent den igen, eller gem den igen i Word."
        ) from error
    if any(name.startswith("word/document") and name.endswith(".xml") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        what = "et Excel-regneark"
    elif any(name.startswith("ppt/") for name in names):
        what = "et PowerPoint-show"
    elif "mimetype" in names and "content.xml" in names:
        what = "et OpenDocument (.odt, .ods eller .odp)"
    elif "META-INF/container.xml" in names:
        what = "en e-bog (EPUB)"
    else:
        raise UnreadableDocument(
            f"Filen er et zip-arkiv med {len(names)} filer. Pak det ud, og læs filerne hver for "
            "sig eller mappen på én gang."
        )
    raise UnreadableDocument(f"Filen er {what}, som ikke kan læses. {_SAVE_AS}")


def _text_kind(data: bytes) -> Kind:
    start = decoded(data[:_SAMPLE]).lstrip("\ufeff")
    if _JSON_START.match(start):
        return "json"
    if _looks_like_html(start):
        return "html"
    if _XML_START.match(start) and _is_xml(start, data):
        return "xml"
    if len(data) > LARGEST_TEXT:
        raise UnreadableDocument(
            "Teksten er over 200 MB. Del den op i ét dokument pr. møde, og læs dem hver for sig."
        )
    return "text"


def _looks_like_html(start: str) -> bool:
    """A page begins as one; a piece of one is mostly elements, unlike Markdown with some."""
    if _HTML_START.match(start, _after_prolog(start)):
        return True
    tags = sum(1 for _ in _KNOWN_TAG.finditer(start))
    if tags < 3:
        return False
    lines = sum(1 for line in start.splitlines() if line.strip())
    return _KNOWN_TAG.match(start.lstrip()) is not None or tags > lines


def _after_prolog(text: str) -> int:
    """Where the first element or document type begins, after comments and the XML declaration."""
    position = 0
    while True:
        while position < len(text) and text[position].isspace():
            position += 1
        if text.startswith("<!--", position):
            end = text.find("-->", position)
        elif text.startswith("<?", position):
            end = text.find("?>", position)
        else:
            return position
        if end < 0:
            return position
        position = text.index(">", end) + 1


def _is_xml(start: str, data: bytes) -> bool:
    """Whether what begins with `<` is XML, not text; XHTML has been told apart before."""
    if start.lstrip().startswith("<?xml"):
        return True
    try:
        parsed_xml(data)
    except (UnreadableDocument, etree.LxmlError):
        return "<!ENTITY" in start
    return True
