"""JSON Lines: a document on each line."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

_GZIP: Final = 16 + zlib.MAX_WBITS
_PIECE: Final = 64 * 1024


def lines(documents: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Each document as a line of JSON in UTF-8."""
    for document in documents:
        yield json.dumps(document, ensure_ascii=False).encode("utf-8") + b"\n"


def gzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes compressed by gzip; equal content gives an equal file."""
    packer = zlib.compressobj(wbits=_GZIP)
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(packer.compress(piece))
        size += len(waiting[-1])
        if size >= _PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting) + packer.flush()
