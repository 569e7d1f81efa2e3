"""The stream of blocks that every source yields and the reader reads.

A source (text, PDF, HTML, Word, JSON, XML) knows its own format and nothing of minutes;
the reader knows minutes and nothing of formats. Between them stands a list of `Block`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

BlockKind = Literal["heading", "text", "item", "table", "page"]

HEADING: Final = "heading"
TEXT: Final = "text"
ITEM: Final = "item"
TABLE: Final = "table"
PAGE: Final = "page"


class Block(NamedTuple):
    """One logical line of a document: a heading, a paragraph, a list item, a table or a page break.

    `text` is light Markdown: emphasis (`**…**`, `*…*`), links (`[text](address)`, `<address>`)
    are kept, backslash escapes are undone, white space is folded to single spaces, and line
    breaks inside the paragraph are gone. A heading's text carries no `#` and no emphasis that
    spans it whole; a list item's text does not carry its marker.
    """

    kind: BlockKind
    text: str = ""
    level: int = 0
    """Heading level (1 is the highest); depth of a list item (0 is the outermost)."""
    marker: str = ""
    """A list item's marker as printed: `-`, `1.`, `a)`."""
    rows: tuple[tuple[str, ...], ...] = ()
    """A table's cell texts, header row first; rows may differ in length."""
    page: int | None = None
    """Page number, from 1, where the source has pages."""
    start: int = 0
    """Offset of the block's first character in the source's text."""
    end: int = 0
    strong: bool = False
    """The whole block stands in bold, or is otherwise set apart like a heading."""
    gap: bool = True
    """There is vertical space (a blank line) before the block."""


@dataclass(frozen=True, slots=True)
class BlockStream:
    """What a source made of one file: its blocks in reading order, until they are taken."""

    blocks: list[Block]
    media_type: str
    pages: int | None = None
    """Number of pages; `None` where the format has none."""
    notes: tuple[tuple[str, str], ...] = ()
    """Findings of the source itself: (code, message), for example a page without text."""

    def taken(self) -> list[Block]:
        """The blocks, taken out of the stream: who takes them can let them go one by one."""
        blocks = self.blocks.copy()
        self.blocks.clear()
        return blocks


class UnreadableDocument(Exception):
    """The bytes cannot be read as minutes; the message says why and what to do about it."""
