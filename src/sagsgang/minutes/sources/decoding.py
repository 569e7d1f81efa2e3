"""Bytes made into text, by what the file itself says and then by what fits."""

from __future__ import annotations

import re
from typing import Final

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MARKS: Final = tuple(mark for mark, _ in _BOMS)
_DECLARED = re.compile(
    rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,20})", re.IGNORECASE
)
_WINDOW: Final = 4_096
# Browsers read what is called Latin-1 or ASCII as Windows-1252.
_NAMES: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "ansi": "cp1252",
    "iso-8859-15": "iso8859-15",
    "iso-8859-4": "iso8859-4",
    "iso-8859-10": "iso8859-10",
    "windows-1257": "cp1257",
    "ibm850": "cp850",
    "cp850": "cp850",
    "cp865": "cp865",
    "macintosh": "mac-roman",
}


def declared_encoding(data: bytes) -> str | None:
    """The codec that the file's beginning declares in a meta tag or XML declaration."""
    head = data[:_WINDOW].lower()
    if b"charset" not in head and b"encoding" not in head:
        return None
    match = _DECLARED.search(head)
    return _NAMES.get(match[1].decode("ascii")) if match else None


def has_text_mark(data: bytes) -> bool:
    """Whether the file begins with a byte order mark."""
    return data.startswith(_MARKS)


def decoded(data: bytes) -> str:
    """The text of `data` in the encoding that it has; what does not fit becomes U+FFFD."""
    try:
        return data.decode(_stated(data))
    except UnicodeDecodeError:
        return data.decode(encoding_of(data), "replace")


def encoding_of(data: bytes) -> str:
    """The codec of `data`: by its byte order mark, its declaration, UTF-8, or Windows-1252.

    A UTF-8 text with a few broken bytes stays UTF-8.
    """
    codec = _stated(data)
    if has_text_mark(data):
        return codec
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        # Each letter outside ASCII takes two bytes or more in UTF-8.
        return "utf-8" if (len(data) - len(text)) > 4 * broken else "cp1252"
    return codec


def _stated(data: bytes) -> str:
    """The codec that the file itself states, or UTF-8."""
    if has_text_mark(data):
        return next(codec for mark, codec in _BOMS if data.startswith(mark))
    return declared_encoding(data) or "utf-8"
