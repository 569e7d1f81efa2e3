"""Tables that are drawn with rules."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from .pdf_cells import Cell, Table, Thing, by_line, cells_of, is_figure
from .pdf_line import Cut, Line
from .pdf_page import PageText
from .pdf_rules import Grid, grids, page_rules
from .wrapping import joined

_LONGEST_CELL: Final = 1_200
_SAME_HEIGHT: Final = 2.0
_WORD = re.compile(r"\S+")


def take_ruled(page: PageText, lines: list[Line]) -> list[Thing]:
    """`lines` with each ruled table put where its first line stood."""
    things: list[Thing] = [*lines]
    for grid in grids(page_rules(page)):
        inside = _numbers_inside(grid, things)
        chosen = [thing for number in inside if isinstance(thing := things[number], Line)]
        table = _ruled_table(page, grid, chosen) if len(chosen) > 1 else None
        if table is not None:
            gone = set(inside[1:])
            things[inside[0]] = table
            things = [thing for number, thing in enumerate(things) if number not in gone]
    return things


def _numbers_inside(grid: Grid, things: list[Thing]) -> list[int]:
    """Which of `things` stand in a grid's cells."""
    low, high = grid.rows[-1] - 1, grid.rows[0] + 1
    left, right = 2 * grid.columns[0] - 6, 2 * grid.columns[-1] + 6
    return [
        number
        for number, thing in enumerate(things)
        if low <= thing.y + 0.3 * thing.size <= high
        and left <= thing.x0 + thing.x1 <= right
        and thing.__class__ is Line
    ]


def _ruled_table(page: PageText, grid: Grid, lines: list[Line]) -> Table | None:
    cells: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    edges: dict[int, list[float]] = {}
    for line in lines:
        height = line.y + 0.3 * line.size
        row = grid.row(height)
        if row not in edges:
            edges[row] = grid.edges_at(height)
        for cell in _parted(page, line, edges[row]):
            cells[row, grid.column(cell.x0 + 1)].append(cell)
    columns = sorted({column for _, column in cells})
    if len(columns) < 2:
        return None
    rows: list[tuple[str, ...]] = []
    for row in sorted(edges):
        rows += _row_texts([cells.get((row, column), []) for column in columns])
    if any(len(text) > _LONGEST_CELL for row in rows for text in row):
        return None
    if len(rows) < 2 and len(columns) <= 2:
        return None
    return Table(tuple(rows), lines)


def _parted(page: PageText, line: Line, edges: list[float]) -> list[Cell]:
    """The parts of a line between the column edges that it crosses."""
    ends: list[Cut] = []
    for edge in edges:
        if line.x0 < edge - 1 and line.x1 > edge + 1:
            cut = _cut_at(page, line, edge)
            if cut is not None and (not ends or cut[0] > ends[-1][0]):
                ends.append(cut)
    return cells_of(line, ends)


def _cut_at(page: PageText, line: Line, edge: float) -> Cut | None:
    """Where a line's text goes over a column edge."""
    for cut in line.cuts or ():
        if cut[1] - 1.5 <= edge <= cut[2] + 1.5:
            return cut
    before = 0.0
    end = 0
    for word in _WORD.finditer(line.text):
        first, last = line.start + word.start(), line.start + word.end() - 1
        if last >= line.end:
            break
        x = page.place(first)[0]
        if x >= edge - 1.5:
            return (word.start(), before, x) if end else None
        before, end = page.right_edge(last), word.end()
        if before > edge + 1.5:
            return _cut_in_word(page, line, word.start(), word.end(), edge)
    return None


def _cut_in_word(page: PageText, line: Line, low: int, high: int, edge: float) -> Cut | None:
    """A cut between two cells that the file's text runs together; none where a word overflows."""
    for at in range(low + 1, high):
        x = page.place(line.start + at)[0]
        if x >= edge - 1.5:
            before = page.right_edge(line.start + at - 1)
            return (at, before, x) if x - before > 0.5 and before <= edge + 1 else None
    return None


def _row_texts(cells: list[list[Cell]]) -> list[tuple[str, ...]]:
    """The rows between two rules: one, or one for each line where the columns count alike."""
    if all(len(column) < 2 for column in cells):
        return [tuple([column[0].text if column else "" for column in cells])]
    stacks = [by_line(column) for column in cells]
    filled = [stack for stack in stacks if stack]
    count = len(filled[0]) if filled else 0
    if count > 1 and len(filled) > 1 and all(len(stack) == count for stack in filled):
        level = all(
            abs(stack[at][0] - filled[0][at][0]) < _SAME_HEIGHT
            for stack in filled
            for at in range(count)
        )
        if level and any(all(is_figure(text) for _, text in stack) for stack in filled):
            return [tuple(stack[at][1] if stack else "" for stack in stacks) for at in range(count)]
    return [tuple(joined([text for _, text in stack]) if stack else "" for stack in stacks)]
