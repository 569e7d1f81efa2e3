"""The attachments that an item lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..blocks import ITEM, Block
from ..model import Attachment
from .compose import plain
from .sections import Part
from .vocabulary import Vocabulary, key

_FILE_NAME: Final = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip)$", re.IGNORECASE)
_FILE_END: Final = re.compile(r"(?<=\.pdf|\.doc|\.xls|\.ppt|docx|xlsx|pptx)\s+")
_LINK: Final = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<address>[^)\s]+)\)$")


def attachments_of(parts: Sequence[Part], vocabulary: Vocabulary) -> list[Attachment]:
    """The attachments in printed order, one for each line of the sections made for them."""
    return [
        attachment
        for part in parts
        if part.kind == "attachments"
        for block in part.blocks
        for line in _lines(block)
        if (attachment := _attachment(line, block, vocabulary))
    ]


def printed_aside(blocks: Iterable[Block]) -> list[Attachment]:
    """Attachments by their files' names, which some print between two printings of the title."""
    return [
        Attachment(name)
        for block in blocks
        for name in _FILE_END.split(plain(block.text))
        if _FILE_NAME.search(name)
    ]


def _lines(block: Block) -> Iterator[str]:
    if not block.rows:
        yield block.text
    for row in block.rows:
        yield " ".join(filter(None, row))


def _attachment(line: str, block: Block, vocabulary: Vocabulary) -> Attachment | None:
    title, address = plain(line).strip(), None
    link = _LINK.match(title)
    if link:
        title, address = link["text"].strip(), link["address"]
    if block.kind == ITEM and block.marker not in ("-", ""):
        title = f"{block.marker} {title}"
    if not title or key(title) in vocabulary.forms.body.no_attachments:
        return None
    return Attachment(title, address)
