"""A sample document as an author would set it: the pieces that the renderings print.

The pieces come from the blocks of the sample, without its page numbers. A plain text says only
by the words which of its lines are headings. They are told here by how the sample is read (the
items' and the sections' headings) and by a list of the headings inside the running text, and
printed in one of three ways: as `plain` lines, as `bold` paragraphs, as `headings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from sagsgang import samples
from sagsgang.minutes import Minutes, read_bytes
from sagsgang.minutes.blocks import HEADING, ITEM, PAGE, TABLE, TEXT, Block
from sagsgang.minutes.sources import open_blocks

Marking = Literal["plain", "bold", "headings"]

TITLE, PART, ITEM_TITLE, LABEL, THEME = 1, 2, 2, 3, 4

# Headings inside running text and over groups of items, which stand for no section.
THEMES = {
    "03": (
        "Hvad ligger bag?",
        "Baggrund",
        "Nye og ændrede frister",
        "Ny lov om beskæftigelsesindsatsen",
        "Besøg fra nabokommunen",
    ),
    "04": (
        "Hvem får hjælp?",
        "Tre måder at fortsætte på",
        "To nye hold",
        "Begrundelse",
        "Resultater i 2025",
        "Sådan er der talt",
    ),
    "10": (
        "SAGER TIL BESLUTNING",
        "SAGER TIL ORIENTERING",
        "LUKKEDE SAGER",
        "Afprøvningen er slut",
    ),
}
# Words before facts, which a printer that sets headings in bold sets in bold as well.
FACTS = re.compile(
    r"(?:Mødedato|Mødested|Mødedeltagere|Mødetid|Mødetidspunkt|Medlemmer|Til stede|Afbud|Dato|Sted"
    r"|Udvalg|Sagsnr\.|J\.nr\.|Kompetence|Fraværende)(?::|(?= [A-ZÆØÅ\d]))"
)
_CONTENTS = "Indholdsfortegnelse"
_CONTENTS_LINE = re.compile(r"(?P<title>.*?\S)[ .\t]*\b(?P<page>\d{1,3})")
_PAGE_NUMBER = re.compile(r"Side \d+ af \d+")


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    is_item: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Lines parted by line breaks, in light Markdown; `strong` is a paragraph in bold."""

    lines: tuple[str, ...]
    strong: bool = False
    is_item: bool = False


class Point(NamedTuple):
    marker: str
    depth: int
    text: str
    strong: bool


@dataclass(frozen=True)
class Points:
    """The points of a list, all numbered or all with bullets."""

    points: tuple[Point, ...]


@dataclass(frozen=True)
class Grid:
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Contents:
    """The lines of the table of contents: title and page."""

    entries: tuple[tuple[str, str], ...]


Piece = Heading | Paragraph | Points | Grid | Contents


class Run(NamedTuple):
    """Text in one style; `address` where it is a link."""

    text: str
    bold: bool = False
    italic: bool = False
    address: str = ""


def path_of(document: str) -> Path:
    """The sample whose name begins with the number `document`."""
    [path] = [path for path in samples.paths() if path.name.startswith(f"{document}-")]
    return path


@cache
def reading_of(document: str) -> Minutes:
    """What the sample itself is read to."""
    path = path_of(document)
    return read_bytes(path.read_bytes(), path.name)


def markings_of(document: str) -> tuple[Marking, ...]:
    """The ways in which a sample can be printed; Markdown says itself what is a heading."""
    return ("headings",) if path_of(document).suffix == ".md" else ("plain", "bold", "headings")


@cache
def pieces_of(document: str, marking: Marking) -> tuple[Piece, ...]:
    """The pieces of a sample in order."""
    return tuple(_pieces(_blocks(document), _Marks(document, marking)))


def _blocks(document: str) -> list[Block]:
    """The sample's blocks without page numbers; what they part is made whole."""
    path = path_of(document)
    blocks: list[Block] = []
    parted = False
    for block in open_blocks(path.read_bytes(), path.name).blocks:
        if block.kind == PAGE or _PAGE_NUMBER.fullmatch(block.text):
            parted = True
        elif parted and block.kind == TEXT and block.text[0].islower():
            before = blocks.pop()
            head = before.text[:-1] if before.text.endswith("-") else f"{before.text} "
            blocks.append(before._replace(text=head + block.text))
            parted = False
        else:
            blocks.append(block)
            parted = False
    return blocks


class _Marks:
    """Which blocks of a sample are headings, and how they are set."""

    def __init__(self, document: str, marking: Marking) -> None:
        reading = reading_of(document)
        self.marking = marking
        self.has_own = path_of(document).suffix == ".md"
        self.items = {item.place.start for item in reading.items if item.place}
        self.themes = frozenset(THEMES.get(document, ()))
        # A sentence that opens a recommendation ("Direktøren indstiller") is no heading.
        self.labels = frozenset(
            section.label
            for item in reading.items
            for section in item.sections
            if section.label and not section.label.endswith(("indstiller", "udvalget"))
        )

    def level(self, block: Block, index: int) -> int:
        """The heading level of a block, or 0."""
        if block.kind == HEADING:
            return block.level
        if self.has_own:
            return 0
        if index == 0:
            return TITLE
        if block.start in self.items:
            return ITEM_TITLE
        if block.kind != TEXT:
            return 0
        if block.text == _CONTENTS:
            return PART
        if block.text.rstrip(":") in self.labels:
            return LABEL
        return THEME if block.text in self.themes else 0

    def piece(self, block: Block, level: int) -> Piece:
        text = f"{block.marker} {block.text}".strip()
        is_item = block.start in self.items
        if self.marking == "headings":
            return Heading(level, text, is_item)
        return Paragraph((text,), self.marking == "bold", is_item)

    def with_facts(self, paragraph: Paragraph) -> Paragraph:
        """The paragraph with the words before facts in bold, where headings are set so."""
        if self.marking != "bold" or paragraph.strong:
            return paragraph
        lines = tuple(
            FACTS.sub(lambda match: f"**{match[0]}**", line, count=1) if FACTS.match(line) else line
            for line in paragraph.lines
        )
        return replace(paragraph, lines=lines)


def _pieces(blocks: list[Block], marks: _Marks) -> Iterator[Piece]:
    index = 0
    while index < len(blocks):
        block = blocks[index]
        level = marks.level(block, index)
        if level:
            yield marks.piece(block, level)
            taken = 1
            if block.text == _CONTENTS:
                contents = _contents(blocks[index + 1 :], marks)
                yield contents
                taken += len(contents.entries)
        elif block.kind == TABLE:
            yield Grid(block.rows)
            taken = 1
        elif block.kind == ITEM:
            points = _points(blocks[index:], marks)
            yield points
            taken = len(points.points)
        else:
            paragraph = marks.with_facts(_paragraph(blocks[index:], marks))
            yield paragraph
            taken = len(paragraph.lines)
        index += taken


def _contents(blocks: list[Block], marks: _Marks) -> Contents:
    """The lines of contents that `blocks` begin with."""
    entries = []
    for block in blocks:
        match = _CONTENTS_LINE.fullmatch(f"{block.marker} {block.text}".strip())
        if match is None or block.kind not in (TEXT, ITEM) or block.start in marks.items:
            break
        entries.append((match["title"], match["page"]))
    return Contents(tuple(entries))


def _points(blocks: list[Block], marks: _Marks) -> Points:
    """The list that `blocks` begin with."""
    points: list[Point] = []
    for block in blocks:
        if block.kind != ITEM or (points and (block.gap or marks.level(block, 1))):
            break
        points.append(Point(block.marker, block.level, block.text, block.strong))
    return Points(tuple(points))


def _paragraph(blocks: list[Block], marks: _Marks) -> Paragraph:
    """The paragraph that `blocks` begin with: lines without space between them."""
    first = blocks[0]
    lines = [first.text]
    for block in blocks[1:]:
        if block.kind != TEXT or block.gap or block.strong or marks.level(block, 1):
            break
        lines.append(block.text)
    return Paragraph(tuple(lines), first.strong, first.start in marks.items)


_MARKED = re.compile(
    r"\*\*(?P<bold>[^*]+)\*\*|\*(?P<italic>[^*\s][^*]*)\*"
    r"|\[(?P<text>[^]]+)\]\((?P<address>[^)\s]+)\)"
)


def runs_of(text: str, *, strong: bool = False) -> list[Run]:
    """Light Markdown as runs; all of them bold where `strong`."""
    runs = []
    last = 0
    for match in _MARKED.finditer(text):
        if match.start() > last:
            runs.append(Run(text[last : match.start()], strong))
        if match["bold"]:
            runs.append(Run(match["bold"], True))
        elif match["italic"]:
            runs.append(Run(match["italic"], strong, True))
        else:
            runs.append(Run(match["text"], strong, False, match["address"]))
        last = match.end()
    if last < len(text):
        runs.append(Run(text[last:], strong))
    return runs
