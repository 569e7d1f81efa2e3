"""What Sagsgang wrote itself, known again and read back."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from typing import Final

from ..blocks import UnreadableDocument
from ..model import FORMAT_VERSION, Minutes, Source
from .html import MARK
from .html_reading import from_html, plain_page
from .json import from_json, is_own_json, newer
from .markdown import OPENING, from_markdown, plain_markdown

_BOM: Final = b"\xef\xbb\xbf"
_HTML_HEAD: Final = 600
_VERSION: Final = re.compile(r"[0-9.]{1,20}")


def read_own(data: bytes, name: str = "") -> Minutes | bytes:
    """The minutes in bytes that one of the writers made; `name` is what they call their source.

    Other bytes are given back, to be read like any document. Where a document was changed after
    it was written, what had been read out of it may no longer hold: then the bytes given back are
    the document without that, to be read anew.

    Raises:
        UnreadableDocument: the document was written in a form that this program does not know,
            or as JSON with a fault in it.
    """
    read: Minutes | bytes | None = None
    media_type = ""
    if data.removeprefix(_BOM).startswith(OPENING.encode()):
        read, media_type = _own_markdown(_decoded(data, OPENING)), "text/markdown"
    elif MARK.encode() in data[:_HTML_HEAD]:
        read, media_type = _own_html(_decoded(data, MARK)), "text/html"
    elif is_own_json(data):
        read, media_type = from_json(data.decode("utf-8-sig", "replace")), "application/json"
    if isinstance(read, Minutes):
        return replace(read, source=Source(name, media_type, sha256(data).hexdigest()))
    return read or data


def _own_markdown(text: str) -> Minutes | bytes:
    return from_markdown(text) or plain_markdown(text).encode("utf-8")


def _own_html(text: str) -> Minutes | bytes:
    return from_html(text) or (plain_page(text) or "").encode("utf-8", "replace")


def _decoded(data: bytes, mark: str) -> str:
    """The document as text.

    Raises:
        UnreadableDocument: it is in a version that this program does not know.
    """
    text = data.decode("utf-8-sig", "replace")
    version = _VERSION.match(text, text.index(mark) + len(mark))
    if version is not None and version[0] != FORMAT_VERSION:
        raise UnreadableDocument(newer(version[0]))
    return text
