"""Word documents made with python-docx, with its template's own styles and lists."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Literal

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph as WordParagraph

from .printed import Contents, Grid, Heading, Paragraph, Piece, Points, runs_of

Toc = Literal["style", "leaders", "tabs"]


def rendered(pieces: Sequence[Piece], toc: Toc = "style") -> bytes:
    """The bytes of a .docx file that prints `pieces`, with a running header and footer.

    `toc` is how the contents are set: in Word's own style, with dotted tabs, with bare tabs.
    """
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Lindvig Kommune"
    document.sections[0].footer.paragraphs[0].text = "Side 1"
    for piece in pieces:
        _add(document, piece, toc)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add(document: Document, piece: Piece, toc: Toc) -> None:
    match piece:
        case Heading(level, text):
            document.add_heading(text, level)
        case Paragraph(lines, strong):
            paragraph = document.add_paragraph()
            for number, line in enumerate(lines):
                if number:
                    paragraph.add_run().add_break()
                _add_runs(paragraph, line, strong)
        case Points():
            _add_list(document, piece)
        case Grid(rows):
            _add_table(document, rows)
        case Contents(entries):
            _add_contents(document, entries, toc)


def _add_contents(document: Document, entries: Sequence[tuple[str, str]], toc: Toc) -> None:
    """Lines of title, tab and page; after them a new page begins."""
    style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH) if toc == "style" else None
    for title, page in entries:
        paragraph = document.add_paragraph(f"{title}\t{page}", style)
        if toc == "leaders":
            paragraph.paragraph_format.tab_stops.add_tab_stop(
                Cm(15), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _add_runs(paragraph: WordParagraph, text: str, strong: bool) -> None:
    for run in runs_of(text, strong=strong):
        added = paragraph.add_run(run.text)
        added.bold = run.bold or None
        added.italic = run.italic or None


def _add_list(document: Document, piece: Points) -> None:
    """A list: bullets by style, numbers counted by a list of their own from the first on."""
    first = piece.points[0].marker
    number = None if first == "-" else _new_numbering(document, int(first.rstrip(".")))
    for point in piece.points:
        style = "List Bullet" if number is None else "List Number"
        if point.depth:
            style += f" {point.depth + 1}"
        paragraph = document.add_paragraph(style=style)
        if number is not None:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = number
        _add_runs(paragraph, point.text, point.strong)


def _new_numbering(document: Document, start: int) -> int:
    """The id of a new list that counts `1.`, `2.` … from `start`."""
    style = document.styles["List Number"].element
    numbering = document.part.numbering_part.element
    own = numbering.num_having_numId(style.pPr.numPr.numId.val)
    new = numbering.add_num(own.find(qn("w:abstractNumId")).val)
    new.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(new.numId)


def _add_table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    width = max(map(len, rows))
    table = document.add_table(rows=len(rows), cols=width, style="Table Grid")
    for number, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, text in zip(row.cells, cells, strict=False):
            cell.paragraphs[0].add_run(text).bold = number == 0 or None
