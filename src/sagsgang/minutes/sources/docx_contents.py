"""Lines of a Word document's table of contents: a title, a tab, a page number.

A block has no tabs. In a line of contents the dots that a reader of print sees take the tab's
place, as they stand in a PDF of the same document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ..blocks import PAGE, Block
from .inline import fold
from .stream import BlockWriter

_LEADERS: Final = "....."
_FEWEST: Final = 3
_LONGEST_PAGE: Final = 4


class TabbedLine(NamedTuple):
    """A line that may be one of contents, and its block's place among the blocks."""

    place: int
    page: int


def parted(text: str) -> tuple[str, str] | None:
    """The title and the page of a line that ends in a tab and a number, or `None`."""
    title, _, page = text.rpartition("\t")
    page = page.strip()
    if not 0 < len(page) <= _LONGEST_PAGE or not page.isdecimal():
        return None
    title = fold(title)
    return (title, page) if any(map(str.isalpha, title)) else None


def line(title: str, page: str) -> str:
    """A line of contents as it is printed."""
    return f"{title}{_LEADERS}{page}"


def with_leaders(blocks: list[Block], tabbed: Sequence[TabbedLine]) -> list[Block]:
    """The blocks, with dots in lines that are contents though no style says so.

    Contents are three or more such lines after one another, whose numbers do not fall.
    """
    contents: set[int] = set()
    run: list[TabbedLine] = []
    for each in tabbed:
        if run and not (each.place == run[-1].place + 1 and each.page >= run[-1].page):
            run = []
        run.append(each)
        if len(run) >= _FEWEST:
            contents.update(one.place for one in run[-_FEWEST:])
    if not contents:
        return blocks
    out = BlockWriter()
    for place, block in enumerate(blocks):
        if block.kind == PAGE:
            out.page_break()
        else:
            title, _, page = block.text.rpartition(" ")
            is_entry = place in contents and page.isdecimal()
            out.add(block._replace(text=line(title, page)) if is_entry else block)
    return out.blocks
