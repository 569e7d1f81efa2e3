"""The lines of a PDF's pages made into blocks: headings, paragraphs, list items, tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from unicodedata import is_normalized

from ..blocks import HEADING, ITEM, PAGE, TABLE, TEXT, Block, BlockKind
from .inline import BOLD, ITALIC, Run, fold, written
from .line_marks import BULLETS, DIGITS, has_leaders, list_mark, with_leaders
from .pdf_cells import Table, cells_of, is_figure
from .pdf_furniture import PdfPage, drop_furniture
from .pdf_line import Line
from .pdf_shape import WIDEST_LEADING, Rank, Shape, body_size, right_edge, shape_of, style_of_runs
from .wrapping import HYPHENS, joined, seam

_LONGEST_HEADING: Final = 300
_LONGEST_STRONG: Final = 160
_MOST_HEADING_LINES: Final = 4
_HEADING_LEADING: Final = 1.35
_EXTRA: Final = 1.12
_SAME_EDGE: Final = 3.0
_SAME_NUMBER_EDGE: Final = 2.0
_HARDLY_SHORT: Final = 0.25
_NARROW: Final = 6.0
_NARROW_LINES: Final = 3
_EVEN: Final = 0.1
_UNEVEN: Final = 1.1
"""How much wider than others of its length a word may be."""

_SENTENCE_END: Final = frozenset(".:;!?…")
_MARK_STARTS: Final = BULLETS | DIGITS | frozenset("o(")
_LEADERS_END: Final = DIGITS | frozenset("._…")
_SEAMS: Final = frozenset(HYPHENS + "/")


def blocks_of_pages(pages: Sequence[PdfPage]) -> list[Block]:
    """The blocks of a document's pages; takes headers and footers out of `pages`."""
    drop_furniture(pages, body_size(pages))
    for page, following in pairwise(pages):
        _keep_headings_with_table(page, following)
    return _Builder(shape_of(pages)).build(pages)


def _keep_headings_with_table(page: PdfPage, following: PdfPage) -> None:
    """Gives a table at the top of a page the headings that stand alone at the end of another."""
    last = page.things[-1] if page.things else None
    table = following.things[0] if following.things else None
    if not isinstance(last, Line) or not last.cuts or not isinstance(table, Table):
        return
    headings = tuple(cell.text for cell in cells_of(last, last.cuts))
    if len(headings) > 2 and len(headings) == len(table.rows[0]) and headings != table.rows[0]:
        table.rows = (headings, *table.rows)
        page.things.pop()


class _Builder:
    """Puts lines together, one open paragraph at a time."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._blocks: list[Block] = []
        self._lines: list[Line] = []
        """The open paragraph."""
        self._kind: BlockKind = TEXT
        self._rank: Rank | None = None
        self._marker = ""
        self._skip = 0
        """Characters of the first line that its list mark takes."""
        self._gap = True
        self._left = 0.0
        """Where the open paragraph's next line should begin."""
        self._reach = 0.0
        """How far below the last line it may stand."""
        self._margin = 0.0
        self._offset = self._start = 0
        self._page = self._first_page = 0
        self._passed: list[Block] = []
        """Page breaks inside the open paragraph."""
        self._above: float | None = None
        """The last baseline on this page."""
        self._entries = 0.0
        """Where the page numbers of contents end; 0 where the last block was no entry."""
        self._indents: list[float] = []
        self._last_table: Table | None = None

    def build(self, pages: Sequence[PdfPage]) -> list[Block]:
        """The blocks of all pages."""
        for page in pages:
            self._open(page)
            for thing in page.things:
                if thing.__class__ is Line:
                    self._take(thing)
                elif isinstance(thing, Table):
                    self._finish()
                    self._add_table(thing)
        self._finish()
        return self._blocks

    def _open(self, page: PdfPage) -> None:
        self._margin = right_edge(page, self._shape.body) or self._shape.margin
        start = Block(PAGE, page=page.number, start=page.offset, end=page.offset)
        first = page.things[0] if page.things else None
        goes_on = isinstance(first, Line) and bool(self._lines) and self._goes_on(first)
        if goes_on:
            self._passed.append(start)
        else:
            self._finish()
            self._blocks.append(start)
        self._page, self._offset = page.number, page.offset
        self._above = None

    def _add_table(self, table: Table) -> None:
        """Adds a table; one that begins a page may go on with the table before it."""
        rows = tuple(tuple(_folded(cell) for cell in row) for row in table.rows)
        start, end = self._offset + table.start, self._offset + table.end
        if self._above is not None or not self._lengthen_table(table, rows, end):
            self._blocks.append(Block(TABLE, "", 0, "", rows, self._page, start, end))
            self._last_table = table
        self._above = table.bottom

    def _lengthen_table(self, table: Table, rows: tuple[tuple[str, ...], ...], end: int) -> bool:
        """Whether `rows` are the rest of the table that ended the page before; then adds them."""
        blocks, above = self._blocks, self._last_table
        at = len(blocks) - 1
        while at > 0 and blocks[at].kind == PAGE:
            at -= 1
        if above is None or blocks[at].kind != TABLE or abs(above.x0 - table.x0) > _SAME_EDGE:
            return False
        more = _rows_below(blocks[at].rows, rows)
        if more:
            blocks[at] = blocks[at]._replace(rows=blocks[at].rows + more, end=end)
        return bool(more)

    def _take(self, line: Line) -> None:
        """Adds a line to the open paragraph, or begins another."""
        style = line.style if line.runs is None else style_of_runs(line)
        rank = self._shape.ranks.get((line.size, style))
        lines = self._lines
        if lines:
            above = lines[-1]
            if self._above is None:
                goes_on = bool(self._passed)
            else:
                # Most lines are as like the one above as this; the rest are looked at closely.
                goes_on = (
                    line.size == above.size
                    and rank is self._rank
                    and 0.0 < above.y - line.y <= self._reach
                    and -0.1 < line.x0 - self._left < 0.1
                    and (above.right or self._margin) - above.x1 < line.size
                    and line.text[0] not in _MARK_STARTS
                    and line.text[1:2] not in ".)"
                    and above.text[-1] not in _LEADERS_END
                ) or self._continues(above, line, rank)
            if goes_on:
                if len(lines) == 1 or self._above is None:
                    self._left = line.x0
                lines.append(line)
                self._above = line.y
                return
            self._finish()
        self._begin(line, rank)
        self._above = line.y

    def _rank_of(self, line: Line) -> Rank | None:
        style = line.style if line.runs is None else style_of_runs(line)
        return self._shape.ranks.get((line.size, style))

    def _begin(self, line: Line, rank: Rank | None) -> None:
        size = line.size
        leading = self._shape.leading if rank is None or rank.by_weight else _HEADING_LEADING
        above = self._above
        self._gap = above is None or not 0 < above - line.y <= leading * size * 1.15 + 0.5
        self._reach = leading * size * _EXTRA + 0.3
        self._lines.append(line)
        self._rank = rank
        self._start, self._first_page = self._offset + line.start, self._page
        self._left = line.hang or line.x0
        self._marker, self._skip = list_mark(line.text)
        self._kind = ITEM if self._skip else TEXT
        if rank is not None and self._marker != "-":
            self._kind = HEADING
            self._left = line.x0
            self._marker, self._skip = "", 0

    def _continues(self, above: Line, line: Line, rank: Rank | None) -> bool:
        """Whether `line` goes on with the open paragraph, whose last line is `above`."""
        distance = above.y - line.y
        size = above.size
        far = distance > self._reach
        if far and (distance >= WIDEST_LEADING * size or not line.text[0].islower()):
            return False
        if abs(line.size - size) > 0.06 * size or self._is_entry(above):
            return False
        if distance <= 0:
            self._left = line.x0
            return self._goes_on(line)
        full = self._is_full(above, line)
        if far:
            if not full or not self._goes_on(line):
                return False
            self._reach = distance * _EXTRA + 0.3
        if rank != self._rank:
            return full and line.text[:1].islower() and above.text[-1] not in _SENTENCE_END
        if not self._is_level(line, full) or self._is_new_item(line, full):
            return False
        return full or self._is_soft_break(above, line)

    def _is_entry(self, line: Line) -> bool:
        """Whether a line is one of contents: by its leaders, or by where its page number ends.

        A title may be so long that there is no room for leaders.
        """
        last = line.text[-1]
        if last not in _LEADERS_END:
            return False
        same_edge = last in DIGITS and abs(line.x1 - self._entries) < _SAME_NUMBER_EDGE
        return same_edge or has_leaders(line.text)

    def _is_full(self, above: Line, line: Line) -> bool:
        """Whether the next line's first word would not have fitted on the line above."""
        ends = above.text[-1] in _SENTENCE_END and not line.text[:1].islower()
        most = 1.0 if ends else _UNEVEN
        return self._right_edge_of(above) - above.x1 < most * _first_word(line)

    def _right_edge_of(self, above: Line) -> float:
        """How far the open paragraph's last line may go; narrow text tells by its own lines."""
        if above.right:
            return above.right
        edges = [line.x1 for line in self._lines[-_NARROW_LINES:]]
        right = max(edges)
        narrow = self._margin - right > _NARROW * above.size
        even = right - min(edges) < _EVEN * (right - above.x0)
        return right if len(edges) == _NARROW_LINES and narrow and even else self._margin

    def _is_soft_break(self, above: Line, line: Line) -> bool:
        """Whether a paragraph goes on after a line with room left on it."""
        last = above.text[-1]
        small = line.text[:1].islower()
        if last in _SENTENCE_END and not (small and last == "."):
            return False
        if last in HYPHENS or last == ",":
            return not line.text.startswith("at ")
        if not small or line.text.startswith("at "):
            return False
        right = self._right_edge_of(above)
        if right - above.x1 < _HARDLY_SHORT * (right - above.x0):
            return True
        return last != "." and self._goes_on_in_narrow_text(above, line)

    def _goes_on_in_narrow_text(self, above: Line, line: Line) -> bool:
        """Whether lines that all end early end together, so that they are broken there."""
        edges = [other.x1 for other in self._lines[-_NARROW_LINES:]]
        if len(edges) == 1 and line.x1 < above.x1 - _EVEN * (above.x1 - above.x0):
            return False
        return max([line.x1, *edges]) - above.x1 < _first_word(line)

    def _is_level(self, line: Line, full: bool) -> bool:
        """Whether `line` begins where the open paragraph's next line may begin."""
        first = self._lines[-1]
        near = 0.5 * line.size
        if abs(line.x0 - self._left) <= near:
            return True
        if abs((line.x0 + line.x1) - (first.x0 + first.x1)) < 3 and self._rank is not None:
            return True
        if len(self._lines) > 1:
            return False
        if self._kind == ITEM:
            return first.x0 - near <= line.x0 <= first.x0 + 4 * line.size and (
                full or line.x0 > first.x0 + near
            )
        return full and first.x0 - 4 * line.size <= line.x0 < first.x0

    def _is_new_item(self, line: Line, full: bool) -> bool:
        """Whether a list mark at the beginning of `line` is one."""
        marker, skip = list_mark(line.text)
        if not skip or self._kind == HEADING:
            return False
        if self._kind == ITEM and abs(line.x0 - self._lines[0].x0) < 0.5 * line.size:
            same = marker == self._marker or marker[-1] == self._marker[-1]
            if same and (self._left > line.x0 + 1 or len(self._lines) == 1):
                return True
        return not full or self._lines[-1].text[-1] in _SENTENCE_END or line.hang > 0

    def _goes_on(self, line: Line) -> bool:
        """Whether a paragraph goes on after a break of the page or column."""
        above = self._lines[-1]
        if self._kind == HEADING or self._rank_of(line) != self._rank:
            return False
        if abs(line.size - above.size) > 0.06 * above.size or _ends_in_leaders(above.text):
            return False
        last = above.text[-1]
        if not line.text[0].islower() or last in _SENTENCE_END or list_mark(line.text)[1]:
            return False
        return last in HYPHENS or self._is_full(above, line)

    def _finish(self) -> None:
        """Closes the open paragraph."""
        lines = self._lines
        if not lines:
            return
        first = lines[0]
        is_entry = self._is_entry(lines[-1])
        text, strong = self._text(is_entry)
        self._entries = lines[-1].x1 if is_entry else 0.0
        kind, level = self._kind, 0
        if kind == HEADING and self._rank is not None:
            if self._is_heading(text):
                level, strong = self._rank.level, True
            else:
                kind = TEXT
        if kind == ITEM:
            level = self._depth(first.x0)
        elif kind == HEADING or (self._indents and first.x0 < self._indents[0] + first.size):
            self._indents.clear()
        if text:
            start, end = self._start, max(self._start, self._offset + lines[-1].end)
            self._blocks.append(
                Block(
                    kind,
                    text,
                    level,
                    self._marker,
                    (),
                    self._first_page,
                    start,
                    end,
                    strong,
                    self._gap,
                )
            )
        if self._passed:
            self._blocks += self._passed
            self._passed.clear()
        self._lines = []

    def _is_heading(self, text: str) -> bool:
        """Whether what is set like a heading is as short as one, and says something."""
        assert self._rank is not None
        count = len(self._lines)
        if not any(map(str.isalnum, text)) or _ends_in_leaders(self._lines[-1].text):
            return False
        if self._rank.by_weight:
            sentence = text[-1] in ".;," and len(text) > _LONGEST_STRONG // 2
            return len(text) <= _LONGEST_STRONG and count <= 2 and not sentence
        return len(text) <= _LONGEST_HEADING and count <= _MOST_HEADING_LINES

    def _depth(self, x0: float) -> int:
        indents = self._indents
        while indents and indents[-1] > x0 + 3:
            indents.pop()
        if not indents or indents[-1] < x0 - 3:
            indents.append(x0)
        return len(indents) - 1

    def _text(self, is_entry: bool) -> tuple[str, bool]:
        """The open paragraph's text without its list mark, and whether it is all bold."""
        lines = self._lines
        style = lines[0].style
        for line in lines:
            if line.runs is not None or line.style != style:
                return self._written()
        text = joined([line.text for line in lines])[self._skip :]
        if is_entry:
            text = with_leaders(text)
        text = _folded(text)
        if style & ITALIC and text:
            text = f"*{text}*"
        return text, bool(style & BOLD)

    def _written(self) -> tuple[str, bool]:
        runs: list[Run] = []
        parts: list[str] = []
        style, address = self._lines[0].style, ""
        above = ""
        for line in self._lines:
            text = line.text
            between = ""
            if above:
                dropped = 0
                between = " "
                if above[-1] in _SEAMS:
                    dropped, between = seam(above, text)
                if dropped:
                    parts[-1] = parts[-1][:-dropped]
            for piece, piece_style, piece_address in _pieces(line):
                if piece_style != style or piece_address != address:
                    if parts:
                        runs.append(Run("".join([*parts, between]), style, address))
                    parts, style, address = [], piece_style, piece_address
                elif between:
                    if between == " " and address and _is_address(parts[-1], piece, address):
                        between = ""
                    parts.append(between)
                between = ""
                parts.append(piece)
            above = text
        runs.append(Run("".join(parts), style, address))
        text, strong = written(_without_mark(runs, self._skip))
        return text.replace("\u2010", "-"), strong


def _rows_below(
    above: tuple[tuple[str, ...], ...], rows: tuple[tuple[str, ...], ...]
) -> tuple[tuple[str, ...], ...]:
    """The rows that a table has on the next page; none where another table begins there."""
    if not rows or len(rows[0]) != len(above[0]):
        return ()
    if rows[0] == above[0]:
        return rows[1:]
    figures = any(map(is_figure, rows[0][1:]))
    others = any(is_figure(cell) for row in rows[1:] for cell in row[1:])
    return rows if figures or not others else ()


def _ends_in_leaders(text: str) -> bool:
    return text[-1:] in _LEADERS_END and has_leaders(text)


def _first_word(line: Line) -> float:
    """The room that a line's first word would have needed on the line above."""
    text = line.text
    word = text.find(" ")
    return (word if word > 0 else len(text)) * (line.x1 - line.x0) / len(text) + 0.5 * line.size


def _folded(text: str) -> str:
    """`text` as `fold` gives it, and U+2010 as a plain hyphen; most text needs nothing done."""
    if (
        text.isprintable()
        and "  " not in text
        and "\u2010" not in text
        and "](" not in text
        and "<" not in text
        and (text.isascii() or is_normalized("NFC", text))
    ):
        return text.strip(" ")
    return fold(text).replace("\u2010", "-")


def _pieces(line: Line) -> list[Run]:
    if line.runs is None:
        return [Run(line.text, line.style)]
    starts = [at for at, _, _ in line.runs]
    ends = [*starts[1:], len(line.text)]
    return [
        Run(line.text[low:high], style, address)
        for (_, style, address), low, high in zip(line.runs, starts, ends, strict=True)
    ]


def _without_mark(runs: list[Run], skip: int) -> list[Run]:
    """`runs` without their first `skip` characters."""
    while skip and runs:
        cut = min(skip, len(runs[0].text))
        skip -= cut
        runs[0] = runs[0]._replace(text=runs[0].text[cut:])
        if not runs[0].text:
            del runs[0]
    return runs


def _is_address(before: str, after: str, address: str) -> bool:
    """Whether an address that is printed whole runs over the line's end."""
    whole = before.strip() + after.strip()
    return " " not in whole and whole in address
