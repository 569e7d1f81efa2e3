"""Light Markdown as HTML that holds all of it, so that `html_reading` can give it back.

Only the elements named here are written, around text that is escaped and addresses that begin
with http, https or mailto: no markup of a document's own can pass. What HTML cannot say by
itself (a character, a list's indent, line ends other than a blank line) stands in a `data-`
attribute; numbers there are dots to be counted, so that no short page can become a long text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from .escapes import ODD
from .prose import (
    Block,
    Entry,
    Grid,
    Listing,
    Paragraph,
    Piece,
    Rows,
    blocks_of,
    heading_of,
    pieces_of,
)

NO_FIGURES: Final[Mapping[str, str]] = {}
UNSAYABLE: Final = re.compile(rf"[{ODD}\n]")
"""What HTML, or one line of it, cannot hold."""

_DEEPEST: Final = 8
_ORDINAL: Final = re.compile(r"[1-9][0-9]{0,3}\.")
_UNIT: Final = r"(?:,-|%|pct\.?|(?:(?:t|mio|mia)\.? ?)?kr\.?|mio\.?|mia\.?)"
_FIGURE: Final = re.compile(rf"\**(?:kr\.? ?)?[-–+±]? ?[0-9][0-9., \u00a0]*{_UNIT}?\**")
_TOTAL: Final = re.compile(r"\b(?:i alt|ialt|total|sum|samlet)\b", re.IGNORECASE)
_LONGEST_NAME: Final = 80
_SENTENCE_ENDS: Final = frozenset(".:;,!…)")
_MARKS: Final = {"strong": "**", "em": "*"}


def plain_html(text: str) -> str:
    """A text that is no Markdown, as HTML on one line."""
    shown = escape(text, quote=False)
    return UNSAYABLE.sub(lambda match: f'<span data-code="{ord(match[0])}"></span>', shown)


def prose_html(
    text: str,
    *,
    themes: bool = False,
    heading: Callable[[str], str] | None = None,
    figures: Mapping[str, str] = NO_FIGURES,
    level: int = 0,
) -> str:
    """Light Markdown as HTML paragraphs, lists and tables; headings in it are of the level, if any.

    A paragraph that is the caption of one of the `figures` has its picture above it: the address
    of the picture by the caption, which is what the picture is for those who cannot see it.

    With `themes`, a short line that a text follows is shown as a heading within it; only shown,
    for nothing says that it is one. `heading` makes the element of such a line from its HTML; the
    result is then to be read by people, and not by `html_reading`.
    """
    blocks = blocks_of(text)
    parts = []
    for place, block in enumerate(blocks):
        gap = _gap(block.gap, 2 if place else 0)
        if isinstance(block, Grid):
            parts.append(table_html(block.rows, gap))
        elif isinstance(block, Listing):
            lists = _Lists(gap)
            for entry in block.entries:
                lists.add(entry)
            parts.append(lists.html())
        elif not block.lines:
            parts.append(f"<p hidden{gap}></p>")
        else:
            shown_figure = _figure("\n".join(block.lines), figures)
            if shown_figure:
                parts.append(shown_figure)
            theme = themes and not shown_figure and _is_theme(block, blocks[place + 1 : place + 2])
            shown = _line("\n".join(block.lines))
            if theme and heading:
                parts.append(heading(shown))
            elif level and heading_of(block, blocks[place + 1 : place + 2]):
                parts.append(f"<h{level}{gap}>{shown}</h{level}>")
            else:
                style = ' class="theme"' if theme else ""
                style = ' class="caption" aria-hidden="true"' if shown_figure else style
                parts.append(f"<p{style}{gap}>{shown}</p>")
    return "\n".join(parts)


def _figure(line: str, figures: Mapping[str, str]) -> str:
    """The picture of a caption: what is read aloud for both of them is its text."""
    address = figures.get(line)
    if address is None:
        return ""
    return f'<figure class="shown"><img src="{escape(address)}" alt="{escape(line)}"></figure>'


def _gap(gap: int, usual: int) -> str:
    return "" if gap == usual else f' data-gap="{_dots(gap)}"'


def _dots(count: int) -> str:
    return "." * count


def _line(text: str) -> str:
    return "".join(map(_piece_html, pieces_of(text)))


def _piece_html(piece: Piece) -> str:
    if piece.style == "text":
        return "<br>".join(plain_html(line) for line in piece.text.split("\n"))
    if piece.style == "address":
        shown, kind = plain_html(piece.text), ' class="address"'
    else:
        shown, kind = "".join(map(_piece_html, piece.inside)), ""
    if piece.style in _MARKS:
        return f"<{piece.style}>{shown}</{piece.style}>"
    return f'<a{kind} href="{escape(piece.text)}" rel="noreferrer">{shown}</a>'


def _is_theme(block: Paragraph, following: Sequence[Block]) -> bool:
    """Whether a paragraph looks like a heading of what follows it."""
    if len(block.lines) > 1 or not following or following[0].gap != 2:
        return False
    line, after = block.lines[0], following[0]
    words = line.strip("* ")
    if len(words) > _LONGEST_NAME or not words[:1].isupper() or words[-1] in _SENTENCE_ENDS:
        return False
    if isinstance(after, Paragraph):
        return bool(after.lines) and after.lines[-1][-1] in _SENTENCE_ENDS
    return True


@dataclass(slots=True)
class _List:
    """A list that is being written, and where its last entry stands."""

    tag: str
    printed: bool
    """The entries' markers are printed as text: the browser could not show them so."""
    indent: int
    entry_indent: int
    number: int


class _Lists:
    """List entries as lists within lists, one level in for each further indent."""

    def __init__(self, gap: str) -> None:
        self._parts: list[str] = []
        self._open: list[_List] = []
        self._gap = gap

    def add(self, entry: Entry) -> None:
        """Writes an entry, but for its end, as lists may stand in it."""
        while self._open and self._open[-1].indent > entry.indent:
            self._close()
        marker = _marker(entry.marker)
        deeper = not self._open or (
            self._open[-1].indent < entry.indent and len(self._open) < _DEEPEST
        )
        if not deeper and (self._open[-1].tag, self._open[-1].printed) == marker[:2]:
            self._parts.append("</li>")
        else:
            if not deeper:
                self._close()
            self._begin(*marker, entry.indent)
        self._entry(entry, marker[2])

    def html(self) -> str:
        """All that was written, when there are no more entries."""
        while self._open:
            self._close()
        return "".join(self._parts)

    def _begin(self, tag: str, printed: bool, number: int, indent: int) -> None:
        style = ' class="printed"' if printed else ""
        start = f' start="{number}"' if number > 1 else ""
        gap = "" if self._open else self._gap
        self._parts.append(f"<{tag}{style}{start}{gap}>")
        self._gap = _gap(1, 2)
        self._open.append(_List(tag, printed, indent, 0, number - 1))

    def _close(self) -> None:
        self._parts.append(f"</li></{self._open.pop().tag}>")

    def _entry(self, entry: Entry, number: int) -> None:
        here = self._open[-1]
        usual = self._open[-2].entry_indent + 2 if len(self._open) > 1 else 0
        indent = "" if entry.indent == usual else f' data-indent="{_dots(entry.indent)}"'
        value = f' value="{number}"' if number and number != here.number + 1 else ""
        marker = f'<span class="marker">{entry.marker}</span> ' if here.printed else ""
        self._parts.append(f"<li{value}{indent}>{marker}{_line(entry.text)}")
        here.number, here.entry_indent = number, entry.indent


def _marker(marker: str) -> tuple[str, bool, int]:
    """A marker's list: its tag, whether markers are printed in it, and the number (0: none)."""
    if marker == "-":
        return "ul", False, 0
    if _ORDINAL.fullmatch(marker):
        return "ol", False, int(marker[:-1])
    return ("ol" if marker[-1] in ".)" else "ul"), True, 0


def table_html(rows: Rows, gap: str = "") -> str:
    """Rows, the heading first, as an HTML table with figures to the right."""
    figures = _figure_columns(rows)
    head = "".join(_cell(cell, "col", place in figures) for place, cell in enumerate(rows[0]))
    body = []
    for row in rows[1:]:
        names = bool(row) and 0 not in figures and len(row) > 1
        cells = [
            _cell(cell, "row" if names and place == 0 else "", place in figures)
            for place, cell in enumerate(row)
        ]
        total = ' class="total"' if row and _is_total(row[0]) else ""
        body.append(f"<tr{total}>{''.join(cells)}</tr>")
    return "\n".join(
        (
            f'<div class="table" role="group" aria-label="Tabel" tabindex="0"{gap}><table>',
            f"<thead><tr>{head}</tr></thead>",
            "<tbody>",
            *body,
            "</tbody></table></div>",
        )
    )


def _is_total(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and _TOTAL.search(name) is not None


def _cell(text: str, scope: str, figure: bool) -> str:
    style = ' class="figure"' if figure else ""
    if scope and text:
        return f'<th scope="{scope}"{style}>{_line(text)}</th>'
    return f"<td{style}>{_line(text)}</td>"


def _figure_columns(rows: Rows) -> frozenset[int]:
    """The columns whose cells are figures, but for the header and what is empty."""
    found = set()
    for column in range(max(map(len, rows))):
        cells = [row[column] for row in rows[1:] if column < len(row) and row[column].strip(" -–")]
        if cells and all(_FIGURE.fullmatch(cell) for cell in cells):
            found.add(column)
    return frozenset(found)
