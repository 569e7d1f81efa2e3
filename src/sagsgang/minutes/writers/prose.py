"""Light Markdown, the text of sections, divided so that nothing of it is lost.

`blocks_of` and `text_of` are inverse for every text, and so are `pieces_of` and `line_of`: what
is not exactly a list, a table, emphasis or a link is a paragraph's plain text, as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

Rows = tuple[tuple[str, ...], ...]


class Paragraph(NamedTuple):
    """Lines that belong together; without any line it stands for the text's last line ends."""

    gap: int
    """Line ends before the block: two where a blank line parts it from the one before."""
    lines: tuple[str, ...]


class Entry(NamedTuple):
    """A list's entry with its marker as printed."""

    indent: int
    marker: str
    text: str


class Listing(NamedTuple):
    """List entries on lines that follow on each other."""

    gap: int
    entries: tuple[Entry, ...]


class Grid(NamedTuple):
    """A table of Markdown pipes; the first row is its header."""

    gap: int
    rows: Rows


Block = Paragraph | Listing | Grid

Style = Literal["text", "strong", "em", "link", "address"]


class Piece(NamedTuple):
    """A stretch of a line: plain text, or what emphasis or a link is put around."""

    style: Style
    text: str = ""
    inside: tuple[Piece, ...] = ()
    address: str = ""


_ENTRY: Final = re.compile(r"( *+)([-*+•–]|\d{1,4}[.)]|\(?[A-Za-z][.)])(?: (.+))?", re.DOTALL)
_ENTRY_STARTS: Final = re.compile(r" *+[-*+•–(\dA-Za-z]")
_MONTH: Final = re.compile(r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)", re.IGNORECASE)
_RULE: Final = re.compile(r"\|(?: --- \|)+")
_MARK: Final = re.compile(
    r"(?P<stars>\*{1,3}+)(?!\*)"
    r"|\[(?P<words>[^\[\]\n]+)\]\((?P<target>(?:https?://|mailto:)[^\s()<>\"\\\x00-\x20\x7f-\xa0]+)\)"
    r"|<(?P<address>(?:https?://|mailto:)[^\s()<>\"\\\x00-\x20\x7f-\xa0]+)>",
    re.IGNORECASE,
)
_STARS: Final[dict[int, tuple[Style, ...]]] = {1: ("em",), 2: ("strong",), 3: ("strong", "em")}
_SIGNS: Final[dict[Style, str]] = {"em": "*", "strong": "**"}


def blocks_of(text: str) -> list[Block]:
    """The paragraphs, lists and tables of a text, in order."""
    lines = text.split("\n")
    blocks: list[Block] = []
    place, gap = 0, 0
    while place < len(lines):
        if not lines[place]:
            place, gap = place + 1, gap + 1
            continue
        block, place = _block(lines, place, gap)
        if isinstance(block, Paragraph) and blocks and gap == 1:
            block = _joined(blocks, block)
        blocks.append(block)
        gap = 1
    if gap > 1 or (gap == 1 and not blocks and len(lines) > 1):
        blocks.append(Paragraph(gap - 1, ()))
    return blocks


def text_of(blocks: Iterable[Block]) -> str:
    """The text that `blocks_of` made blocks of."""
    parts = []
    for block in blocks:
        parts.append("\n" * block.gap)
        if isinstance(block, Paragraph):
            parts.append("\n".join(block.lines))
        elif isinstance(block, Listing):
            parts.append("\n".join(_entry_line(entry) for entry in block.entries))
        else:
            parts.append(pipes(block.rows))
    return "".join(parts)


def tables_in(text: str) -> list[Rows]:
    """The rows of each table that a text holds."""
    if "\n| ---" not in text and "\n|" not in text:
        return []
    return [block.rows for block in blocks_of(text) if isinstance(block, Grid)]


def pipes(rows: Rows) -> str:
    """Rows of one width as a table of Markdown pipes."""
    lines = [" | ".join(cell.replace("|", "\\|") for cell in row).join(("| ", " |")) for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)
