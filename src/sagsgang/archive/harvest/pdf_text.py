"""The text of agenda items out of PDF files, as HTML for the place where HTML is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from sagsgang.minutes import Item, read_bytes
from sagsgang.minutes.blocks import HEADING, PAGE, Block
from sagsgang.minutes.reader.compose import compose
from sagsgang.minutes.sources import open_blocks
from sagsgang.minutes.writers.prose_html import prose_html


class PdfText:
    """A PDF of one item, of a part of one, or of a whole meeting.

    Raises:
        UnreadableDocument: it cannot be read.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._items = read_bytes(data).items

    def only_item(self, number: str, title: str) -> str:
        """The text of the item that the PDF is of, whether it says so or not."""
        if not self._items:
            return _blocks_html(open_blocks(self._data).blocks)
        if len(self._items) == 1:
            return _item_html(self._items[0])
        return self.item(number, title)

    def item(self, number: str, title: str) -> str:
        """The text of one of the PDF's items; `""` if it is not in it."""
        return next((_item_html(each) for each in _matching(self._items, number, title)), "")


def _matching(items: Sequence[Item], number: str, title: str) -> list[Item]:
    """The items with the title, those with the number first; without a title, by number alone."""
    wanted = _key(title)
    if not wanted:
        return [item for item in items if number and item.number == number]
    named = [item for item in items if _key(item.title or "") == wanted]
    return sorted(named, key=lambda item: item.number != number)


def _key(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))


def _item_html(item: Item) -> str:
    """An item's sections but the attachments, which the JSON has itself; `""` if it is closed."""
    if item.closed:
        return ""
    parts: list[str] = []
    for section in item.sections:
        if section.kind == "attachments":
            continue
        if section.label:
            parts.append(_heading(section.label))
        parts.append(prose_html(section.text))
    return "\n".join(parts)


def _blocks_html(blocks: Iterable[Block]) -> str:
    parts: list[str] = []
    content = (block for block in blocks if block.kind != PAGE)
    for is_heading, group in groupby(content, key=lambda block: block.kind == HEADING):
        if is_heading:
            parts += [_heading(block.text) for block in group]
        else:
            parts.append(prose_html(compose(group)))
    return "\n".join(parts)


def _heading(text: str) -> str:
    return f"<h3>{escape(text, quote=False)}</h3>"
