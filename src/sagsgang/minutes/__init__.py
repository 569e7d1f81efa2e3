"""Minutes and agendas of municipal committees: the document model, reading and writing.

Everything here is pure: no database, no network. `read` is a function from a file's bytes to
`Minutes`, the same in a request, in a process pool and on a cluster.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from .blocks import UnreadableDocument
from .model import (
    Attachment,
    Attendance,
    ContentsEntry,
    ContractError,
    Decision,
    Explanation,
    Finding,
    Item,
    Minutes,
    Participant,
    Place,
    Recommendation,
    Reference,
    RoutingMark,
    Section,
    Source,
    Statement,
    Step,
    Table,
    Vote,
)
from .reader import Vocabulary, VocabularyError, extended, read_blocks
from .sources import open_blocks
from .writers import read_own

__all__ = [
    "Attachment",
    "Attendance",
    "ContentsEntry",
    "ContractError",
    "Decision",
    "Explanation",
    "Finding",
    "Item",
    "Minutes",
    "Participant",
    "Place",
    "Recommendation",
    "Reference",
    "RoutingMark",
    "Section",
    "Source",
    "Statement",
    "Step",
    "Table",
    "UnreadableDocument",
    "Vocabulary",
    "VocabularyError",
    "Vote",
    "extended",
    "read",
    "read_bytes",
]


def read(path: Path | str, *, ocr: bool = False, vocabulary: Vocabulary | None = None) -> Minutes:
    """The minutes in a file, whatever its format.

    Raises:
        UnreadableDocument: the file cannot be read as minutes; the message says why.
        OSError: the file cannot be opened.
    """
    file = Path(path)
    return read_bytes(file.read_bytes(), file.name, ocr=ocr, vocabulary=vocabulary)


def read_bytes(
    data: bytes,
    name: str = "",
    *,
    ocr: bool = False,
    vocabulary: Vocabulary | None = None,
    address: str = "",
) -> Minutes:
    """The minutes in a file's bytes; `name` is only what the result calls the source.

    `address` is where a web page came from: links within its site become whole by it.

    What `writers` wrote is known again, and gives the minutes that it was written from.

    Raises:
        UnreadableDocument: the bytes cannot be read as minutes; the message says why.
    """
    own = read_own(data, name)
    if isinstance(own, Minutes):
        return own
    stream = open_blocks(own, name, ocr=ocr, address=address)
    sha256 = hashlib.sha256(data).hexdigest()
    source = Source(name, stream.media_type, sha256, stream.pages)
    del data, own  # what a large file took is free while its blocks are read
    return read_blocks(stream, source, vocabulary)
