"""Light Markdown as the blocks of Akoma Ntoso: paragraphs, lists with printed marks, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from lxml import etree

from .printed import clean
from .prose import Entry, Grid, Listing, Paragraph, Piece, blocks_of, pieces_of

NAMESPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

_TAGS: Final = {"strong": "b", "em": "i"}


def element(tag: str, parent: etree._Element | None = None, /, **attributes: str) -> etree._Element:
    """A new element of the standard, put last in its parent where one is given."""
    name = f"{{{NAMESPACE}}}{tag}"
    values = {key: clean(value) for key, value in attributes.items()}
    if parent is None:
        return etree.Element(name, values)
    return etree.SubElement(parent, name, values)


def write(parent: etree._Element, text: str) -> None:
    """Plain text, put last in an element."""
    text = clean(text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def blocks(parent: etree._Element, text: str, eid: str) -> None:
    """The text's blocks; lists and tables are named after `eid`. There is always one."""
    for place, block in enumerate(blocks_of(text), 1):
        name = f"{eid}__block_{place}"
        if isinstance(block, Listing):
            _listing(parent, block.entries, name)
        elif isinstance(block, Grid):
            _table(parent, block, name)
        elif block.lines:
            _paragraph(parent, block)
    if not len(parent):
        element("p", parent)


def _paragraph(parent: etree._Element, block: Paragraph) -> None:
    paragraph = element("p", parent)
    for place, line in enumerate(block.lines):
        if place:
            element("eol", paragraph)
        _line(paragraph, pieces_of(line))


def _listing(parent: etree._Element, entries: Sequence[Entry], eid: str) -> None:
    """A list; entries that stand further in are a list inside the one above them."""
    listing = element("blockList", parent, eId=eid)
    place = 0
    while place < len(entries):
        inner = place + 1
        while inner < len(entries) and entries[inner].indent > entries[place].indent:
            inner += 1
        name = f"{eid}__item_{place + 1}"
        item = element("item", listing, eId=name)
        write(element("num", item), entries[place].marker)
        _line(element("p", item), pieces_of(entries[place].text))
        if inner > place + 1:
            _listing(item, entries[place + 1 : inner], f"{name}__list")
        place = inner


def _table(parent: etree._Element, block: Grid, eid: str) -> None:
    table = element("table", parent, eId=eid)
    width = max(map(len, block.rows))
    for number, row in enumerate(block.rows):
        line = element("tr", table)
        for cell in (*row, *[""] * (width - len(row))):
            shown = element("td" if number else "th", line)
            _line(element("p", shown), pieces_of(cell))


def _line(parent: etree._Element, pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        if piece.style == "text":
            write(parent, piece.text)
        elif piece.style == "address":
            write(element("a", parent, href=piece.text), piece.text)
        elif piece.style == "link":
            _line(element("a", parent, href=piece.text), piece.inside)
        else:
            _line(element(_TAGS[piece.style], parent), piece.inside)
