"""Blocks back to text: the light Markdown of the contract's text values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ..blocks import ITEM, PAGE, TABLE, TEXT, Block

_MOST_PADDING: Final = 8
_FREE_CELLS: Final = 1_000
_EMPHASIS: Final = re.compile(r"\*\*|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")


def plain(text: str) -> str:
    """Text without emphasis marks."""
    return _EMPHASIS.sub("", text) if "*" in text else text


def compose(blocks: Iterable[Block]) -> str:
    """The text of consecutive blocks: paragraphs parted by a blank line, list items by a line.

    A table becomes Markdown pipes. Lines that the source prints without space between them
    stay on lines of their own.
    """
    parts: list[str] = []
    previous: Block | None = None
    for block in blocks:
        if block.kind == PAGE:
            continue
        if block.kind == TABLE:
            text = pipes(block.rows)
        elif block.kind == ITEM:
            text = f"{'  ' * block.level}{block.marker} {block.text}".rstrip()
        else:
            text = block.text
        if not text:
            continue
        if previous is not None:
            parts.append("\n" if _close(previous, block) else "\n\n")
        parts.append(text)
        previous = block
    return "".join(parts)


def _close(previous: Block, block: Block) -> bool:
    if previous.kind == ITEM and block.kind == ITEM:
        return True
    return previous.kind == TEXT and block.kind == TEXT and not block.gap


def pipes(rows: Iterable[tuple[str, ...]]) -> str:
    """A table as Markdown pipes, padded to its widest row.

    A table that would be mostly padding, as broken sources make them, is left ragged.
    """
    table = list(rows)
    sizes = [len(row) for row in table]
    width = max(sizes, default=0)
    if width * len(table) > _MOST_PADDING * sum(sizes) + _FREE_CELLS:
        width = 0
    lines = []
    for number, row in enumerate(table):
        cells = [cell.replace("|", "\\|") for cell in row] + [""] * (width - len(row))
        lines.append("| " + " | ".join(cells) + " |")
        if number == 0:
            lines.append("|" + " --- |" * len(cells))
    return "\n".join(lines)
