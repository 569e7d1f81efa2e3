"""Cells and tables on a PDF page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from .pdf_line import Cut, Line

_FIGURE_PARTS: Final = "0123456789.,-–−+%‰ ()*"
_UNITS: Final = ("kr.", "kr", "mio.", "mia.", "pct.", "pct", "t.kr.", "årsværk")
MARKS: Final = frozenset(("x", "X", "✓", "✔"))
_SAME_LINE: Final = 2.0


class Table:
    """A table on a page; its place and offsets are those of the text in it."""

    __slots__ = ("bottom", "end", "rows", "size", "start", "x0", "x1", "y")

    def __init__(self, rows: tuple[tuple[str, ...], ...], lines: Sequence[Line]) -> None:
        self.rows = rows
        self.start = min([line.start for line in lines])
        self.end = max([line.end for line in lines])
        self.x0 = min([line.x0 for line in lines])
        self.x1 = max([line.x1 for line in lines])
        self.y = max([line.y for line in lines])
        self.bottom = min([line.y for line in lines])
        self.size = lines[0].size


Thing = Line | Table
"""What a page is made of."""


class Cell(NamedTuple):
    """A part of a line that stands in one column."""

    line: Line
    low: int
    high: int
    """Where it begins and ends in the line's text."""
    x0: float
    x1: float
    text: str
    """What it says, on one line."""


def cells_of(line: Line, cuts: Sequence[Cut]) -> list[Cell]:
    """The parts of a line between `cuts`."""
    cells = []
    low, x0 = 0, line.x0
    for at, edge, x in cuts:
        cells.append(Cell(line, low, at, x0, edge, _on_one_line(line.text[low:at])))
        low, x0 = at, x
    text = line.text[low:]
    cells.append(Cell(line, low, len(line.text), x0, line.x1, _on_one_line(text)))
    return cells


def _on_one_line(text: str) -> str:
    text = text.strip()
    return " ".join(text.split()) if "  " in text else text


def part_of(cell: Cell) -> Line:
    """A cell as a line of its own."""
    line = cell.line
    text = line.text[cell.low : cell.high]
    low = cell.low + len(text) - len(text.lstrip())
    high = cell.low + len(text.rstrip())
    start, end = line.start + low, line.start + high
    part = Line(text.strip(), start, end, cell.x0, cell.x1, line.y, line.size, line.style)
    if line.runs:
        before = [run for run in line.runs if run[0] <= low]
        inside = [run for run in line.runs if low < run[0] < high]
        part.style = before[-1][1]
        runs = [(0, before[-1][1], before[-1][2])]
        runs += [(at - low, style, address) for at, style, address in inside]
        part.runs = runs if len(runs) > 1 or before[-1][2] else None
    return part


def by_line(cells: list[Cell]) -> list[tuple[float, str]]:
    """Baseline and text of the lines that stand in a cell."""
    if len(cells) == 1:
        text = cells[0].text
        return [(cells[0].line.y, text)] if text else []
    lines: list[tuple[float, str]] = []
    for cell in sorted(cells, key=lambda cell: (-round(cell.line.y), cell.x0)):
        text = cell.text
        if lines and abs(lines[-1][0] - cell.line.y) < _SAME_LINE:
            lines[-1] = lines[-1][0], f"{lines[-1][1]} {text}"
        elif text:
            lines.append((cell.line.y, text))
    return lines


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, with or without a unit, or a mark for one."""
    if not text:
        return False
    if not text.strip(_FIGURE_PARTS) or text in MARKS:
        return True
    if text[0].isalpha():
        return False
    for unit in _UNITS:
        text = text.removesuffix(unit).strip()
    return not text.strip(_FIGURE_PARTS)
