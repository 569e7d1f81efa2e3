"""Bytes made into text, by what the file itself says and then by what fits."""

from __future__ import annotations

import re
from typing import Final

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
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
    match = _DECLARED.search(data[:_WINDOW])
    return _NAMES.get(match[1].decode("ascii").lower()) if match else None


def has_text_mark(data: bytes) -> bool:
    """Whether the file begins with a byte order mark."""
    return data.startswith(tuple(mark for mark, _ in _BOMS))


def decoded(data: bytes) -> str:
    """The text of `data`: by its byte order mark, its declaration, UTF-8, or Windows-1252.

    A UTF-8 text with a few broken bytes stays UTF-8, with U+FFFD where they were.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data.decode(codec, "replace")
    try:
        return data.decode(declared_encoding(data) or "utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    # Each letter outside ASCII takes two bytes or more in UTF-8.
    if (len(data) - len(text)) > 4 * broken:
        return text
    return data.decode("cp1252", "replace")
