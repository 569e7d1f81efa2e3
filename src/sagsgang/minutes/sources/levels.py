"""The headings of a file with their levels, where its format has levels that somebody set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from ..blocks import HEADING
from .detection import kind_of


class Levelled(NamedTuple):
    """A heading as a screen reader finds it; level 1 is the highest."""

    level: int
    text: str


def levels_in(data: bytes) -> list[Levelled]:
    """The headings of a web page, all of it, or of a Word file; of other files none.

    PDF files and plain text tell no levels; those in Markdown are often guessed by a program.

    Raises:
        UnreadableDocument: the file cannot be read.
    """
    kind = kind_of(data)
    if kind == "html":
        return list(_of_page(data))
    if kind == "docx":
        from .docx import read_docx

        blocks = read_docx(data).taken()
        return [Levelled(one.level, one.text) for one in blocks if one.kind == HEADING]
    return []


def _of_page(data: bytes) -> Iterator[Levelled]:
    root = etree.fromstring(data, etree.HTMLParser(huge_tree=True, no_network=True))
    for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6") if root is not None else ():
        text = " ".join("".join(map(str, heading.itertext())).split())
        if text:
            yield Levelled(int(heading.tag[1]), text)
