"""Gathers the blocks of a document that has no text of its own to point into.

HTML, Word, JSON and XML are read element by element; the text that offsets count in is the
blocks' own: each block's text (a table's cells with one character between), and one
character between blocks.
"""

from __future__ import annotations

from ..blocks import HEADING, ITEM, PAGE, TABLE, TEXT, Block, BlockKind

DEEPEST_HEADING = 6


class BlockWriter:
    """A growing list of blocks with their offsets."""

    __slots__ = ("_offset", "blocks")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._offset = 0

    def heading(self, text: str, level: int) -> None:
        """Adds a heading; one without text is left out."""
        if text:
            self._add(HEADING, text, min(level, DEEPEST_HEADING), "", True, True)

    def text(self, text: str, *, strong: bool = False, gap: bool = True) -> None:
        """Adds a paragraph or a line of one; one without text is left out."""
        if text:
            self._add(TEXT, text, 0, "", strong, gap)

    def item(
        self, text: str, marker: str, depth: int, *, strong: bool = False, gap: bool = False
    ) -> None:
        """Adds a list item; one without text is left out."""
        if text:
            self._add(ITEM, text, depth, marker, strong, gap)

    def table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        """Adds a table; one without any text in it is left out."""
        if any(any(row) for row in rows):
            start = self._offset
            end = start + sum(len(cell) + 1 for row in rows for cell in row)
            self.blocks.append(Block(TABLE, "", 0, "", rows, None, start, end))
            self._offset = end + 1

    def page_break(self) -> None:
        """Adds a page break, except before the first block."""
        if self.blocks:
            self.blocks.append(Block(PAGE, "", 0, "", (), None, self._offset, self._offset))

    def add(self, block: Block) -> None:
        """Adds another writer's block as it is, with offsets of its own."""
        if block.kind == TABLE:
            self.table(block.rows)
        else:
            self._add(block.kind, block.text, block.level, block.marker, block.strong, block.gap)

    def replace_last(self, text: str) -> None:
        """Gives the last block another text."""
        last = self.blocks[-1]
        end = last.start + len(text)
        self.blocks[-1] = last._replace(text=text, end=end)
        self._offset = end + 1

    def _add(
        self, kind: BlockKind, text: str, level: int, marker: str, strong: bool, gap: bool
    ) -> None:
        start = self._offset
        end = start + len(text)
        self.blocks.append(Block(kind, text, level, marker, (), None, start, end, strong, gap))
        self._offset = end + 1
