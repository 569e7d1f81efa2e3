"""Tables as rows of cell texts: merged cells, and tables that are no tables.

A merged cell is printed once; the places it covers are empty. The room that such empty
cells may take is bounded by the number of real cells, so that a few characters of markup
cannot fill the memory.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

_MOST_COLUMNS: Final = 200
_LONGEST_CELL: Final = 2_000
_FEW_ROWS: Final = 3
_FREE_FILLERS: Final = 2_000


class GridBuilder:
    """Rows of cells, built from left to right and from the top down."""

    __slots__ = ("_cells", "_down", "_fillers", "_longest", "_row", "_rows")

    def __init__(self) -> None:
        self._rows: list[list[str]] = []
        self._row: list[str] = []
        self._down: dict[int, int] = {}
        """For each column covered from above: in how many rows to come."""
        self._cells = self._fillers = self._longest = 0

    def start_row(self) -> None:
        """Begins the next row."""
        self._finish_row()
        self._row = []
        self._rows.append(self._row)

    def cell(self, text: str, columns: int = 1, rows: int = 1) -> None:
        """Adds a cell that covers `columns` to the right and `rows` downwards."""
        self._cover()
        first = len(self._row)
        self._row.append(text)
        self._cells += 1
        self._longest = max(self._longest, len(text))
        for _ in range(min(columns, _MOST_COLUMNS) - 1):
            if not self._may_fill():
                break
            self._row.append("")
        if rows > 1 and first < _MOST_COLUMNS:
            for column in range(first, min(len(self._row), _MOST_COLUMNS)):
                self._down[column] = rows

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows; those without any text are left out."""
        self._finish_row()
        return tuple(tuple(row) for row in self._rows if any(row))

    @property
    def is_page(self) -> bool:
        """Whether this is text set in columns: a single column, or few rows of long cells."""
        self._finish_row()
        if max(map(len, self._rows), default=0) <= 1:
            return True
        return len(self._rows) <= _FEW_ROWS and self._longest > _LONGEST_CELL

    def _finish_row(self) -> None:
        """Covers the end of a row, and counts down what is covered from above."""
        if not self._rows:
            return
        self._cover()
        if self._down:
            self._fillers += len(self._down)
            self._down = {column: rows - 1 for column, rows in self._down.items() if rows > 1}
            if not self._may_fill():
                self._down = {}
        self._row = []

    def _cover(self) -> None:
        """Leaves the places empty that a cell above covers."""
        while self._down.get(len(self._row), 0) and self._may_fill():
            self._row.append("")

    def _may_fill(self) -> bool:
        if self._fillers >= _FREE_FILLERS + 10 * self._cells:
            return False
        self._fillers += 1
        return True


def is_layout(table: etree._Element) -> bool:
    """Whether an HTML table lays out the page: it holds headings, or tables of its own."""
    if table.get("role") in ("presentation", "none"):
        return True
    inside = table.iter("table", "h1", "h2", "h3", "h4", "h5", "h6")
    next(inside, None)
    return next(inside, None) is not None
