"""PDF files set by Typst, with the fonts that the `typst` package brings along."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal

import typst

from .printed import Contents, Grid, Heading, Paragraph, Piece, Points, runs_of

Look = Literal["office", "report"]

# Word processors leave the right edge ragged and rule tables; reports are justified, with
# figures at the right of columns that nothing parts.
_SETTINGS = {
    "office": """
#set text(font: "Libertinus Serif", lang: "da", hyphenate: true)
#set par(justify: false, leading: 0.65em, spacing: 1.2em)
#set table(stroke: 0.5pt, inset: 5pt)
""",
    "report": """
#set text(font: "New Computer Modern", lang: "da", hyphenate: true)
#set par(justify: true, leading: 0.6em, spacing: 1.1em)
#set table(stroke: none, inset: (x: 6pt, y: 5pt))
#show table.cell: set par(justify: false)
#set table(align: (x, y) => if x == 0 { left } else { right })
""",
}
_COMMON = """
#set page(
  paper: "a4",
  header: [Lindvig Kommune #h(1fr) Beskæftigelses- og Erhvervsudvalget],
  footer: context align(center)[
    Side #counter(page).display() af #counter(page).final().first()
  ],
)
#set heading(numbering: none)
#show heading: set text(weight: "bold")
#show heading.where(level: 1): set text(size: 17pt)
#show heading.where(level: 2): set text(size: 14pt)
#show heading.where(level: 3): set text(size: 12.5pt)
#show heading.where(level: 4): set text(size: 11.6pt)
#show heading: set block(above: 1.4em, below: 0.8em)
#set list(marker: [•], indent: 0.6em, body-indent: 0.6em)
#set enum(indent: 0.6em, body-indent: 0.6em)
"""


def rendered(pieces: Sequence[Piece], look: Look, size: float, margin: float) -> bytes:
    """The bytes of a PDF file that prints `pieces` on numbered pages.

    `size` is that of the text in points, `margin` the paper's on all sides in centimetres:
    with them lines, pages and the cells of tables break elsewhere.
    """
    sheet = f"#set text(size: {size}pt)\n#set page(margin: {margin}cm)\n"
    source = _SETTINGS[look] + _COMMON + sheet + "\n\n".join(map(_markup, pieces))
    return typst.compile(source.encode(), ignore_system_fonts=True)


def _markup(piece: Piece) -> str:
    match piece:
        case Heading(level, text):
            return f"#heading(level: {level})[{_inline(text)}]"
        case Paragraph(lines, strong):
            return "#par[" + "#linebreak()".join(_inline(line, strong) for line in lines) + "]"
        case Points():
            return _list(piece)
        case Grid(rows):
            return _table(rows)
        case Contents(entries):
            return _contents(entries)


def _text(text: str) -> str:
    """`text` as it is, whatever it means in Typst's markup."""
    return f"#{json.dumps(text, ensure_ascii=False)};"


def _inline(text: str, strong: bool = False) -> str:
    parts = []
    for run in runs_of(text, strong=strong):
        part = _text(run.text)
        part = f"#emph[{part}]" if run.italic else part
        parts.append(f"#strong[{part}]" if run.bold else part)
    return "".join(parts)


def _list(piece: Points) -> str:
    """A list; deeper points stand in lists of their own inside the point above."""
    first = piece.points[0].marker
    points: list[str] = []
    rest = list(piece.points)
    while rest:
        point = rest.pop(0)
        deeper = []
        while rest and rest[0].depth > point.depth:
            deeper.append(rest.pop(0))
        inner = _list(Points(tuple(deeper))) if deeper else ""
        points.append(f"[{_inline(point.text, point.strong)}{inner}]")
    if first == "-":
        return f"#list({', '.join(points)})"
    return f'#enum(numbering: "1.", start: {int(first.rstrip("."))}, {", ".join(points)})'


def _table(rows: Sequence[Sequence[str]]) -> str:
    width = max(map(len, rows))
    head, *body = [[*row, *[""] * (width - len(row))] for row in rows]
    header = ", ".join(f"[#strong[{_text(cell)}]]" for cell in head)
    cells = ", ".join(f"[{_inline(cell)}]" for row in body for cell in row)
    return f"#table(columns: {width}, table.header({header}), {cells})"


def _contents(entries: Sequence[tuple[str, str]]) -> str:
    """Lines with dots up to the page number; after them a new page begins."""
    lines = [f"{_text(title)} #box(width: 1fr, repeat[.]) {page}" for title, page in entries]
    return "#par[" + " #linebreak() ".join(lines) + "]\n#pagebreak(weak: true)"
