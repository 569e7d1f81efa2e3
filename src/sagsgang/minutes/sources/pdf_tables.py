"""Tables on a PDF page: those drawn with rules, and those that only stand in columns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from .inline import BOLD
from .pdf_page import CELL_GAP, Line, PageText
from .pdf_rules import Grid, grids, page_rules
from .wrapping import joined

_LONGEST_CELL: Final = 1_200
_LEAST_ROWS: Final = 3
_ROW_DISTANCE: Final = 3.0
_MOST_BETWEEN: Final = 2
_ALIGNED: Final = 3.0
_COLUMN_GAP: Final = 0.1
_NEARBY: Final = 4
_RUNNING_ROWS: Final = 5

_FIGURE_PARTS: Final = "0123456789.,-–−+%‰ ()*"
_UNITS: Final = ("kr.", "kr", "mio.", "mia.", "pct.", "pct", "t.kr.", "årsværk")
_MARKS: Final = frozenset(("x", "X", "-", "–", "✓", "✔"))
_LIST_MARK = re.compile(r"(?:[•◦▪▫■□●○‣·–-]|[\ue000-\uf8ff]|o|\(?\d{1,3}[.)]|\(?[a-zæøå][.)])$")
_LEADERS: Final = ("....", ". . . .", "……", "____")
_NAME = re.compile(r"(?:[A-ZÆØÅÉ][\w.'’-]*\s+){1,5}[A-ZÆØÅÉ(]")


class Table:
    """A table on a page; its place and offsets are those of the text in it."""

    __slots__ = ("bottom", "end", "rows", "size", "start", "x0", "x1", "y")

    def __init__(self, rows: tuple[tuple[str, ...], ...], lines: Sequence[Line]) -> None:
        self.rows = rows
        self.start = min(line.start for line in lines)
        self.end = max(line.end for line in lines)
        self.x0 = min(line.x0 for line in lines)
        self.x1 = max(line.x1 for line in lines)
        self.y = max(line.y for line in lines)
        self.bottom = min(line.y for line in lines)
        self.size = lines[0].size


Thing = Line | Table


class Cell(NamedTuple):
    """A part of a line that stands in one column."""

    line: Line
    low: int
    high: int
    x0: float
    x1: float

    @property
    def text(self) -> str:
        """What it says."""
        return self.line.text[self.low : self.high].strip()


def take_ruled(page: PageText, lines: list[Line]) -> list[Thing]:
    """`lines` with each ruled table put where its first line stood."""
    things: list[Thing] = list(lines)
    for grid in grids(page_rules(page)):
        inside = [number for number, thing in enumerate(things) if _is_inside(grid, thing)]
        chosen = [thing for number in inside if isinstance(thing := things[number], Line)]
        table = _ruled_table(page, grid, chosen) if len(chosen) > 1 else None
        if table is not None:
            gone = set(inside[1:])
            things[inside[0]] = table
            things = [thing for number, thing in enumerate(things) if number not in gone]
    return things


def _is_inside(grid: Grid, thing: Thing) -> bool:
    if isinstance(thing, Table):
        return False
    middle, height = (thing.x0 + thing.x1) / 2, thing.y + 0.3 * thing.size
    return (
        grid.rows[-1] - 1 <= height <= grid.rows[0] + 1
        and grid.columns[0] - 3 <= middle <= grid.columns[-1] + 3
    )


def _ruled_table(page: PageText, grid: Grid, lines: list[Line]) -> Table | None:
    cells: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    for line in lines:
        height = line.y + 0.3 * line.size
        row = grid.row(height)
        for cell in _parted(page, line, grid.edges_at(height)):
            cells[row, grid.column(cell.x0 + 1)].append(cell)
    columns = sorted({column for _, column in cells})
    if len(columns) < 2:
        return None
    rows: list[tuple[str, ...]] = []
    for row in sorted({row for row, _ in cells}):
        rows += _row_texts([cells.get((row, column), []) for column in columns])
    if any(len(text) > _LONGEST_CELL for row in rows for text in row):
        return None
    if len(rows) < 2 and len(columns) <= 2:
        return None
    return Table(tuple(rows), lines)


def _parted(page: PageText, line: Line, edges: list[float]) -> list[Cell]:
    """The parts of a line between the column edges that it crosses."""
    ends: list[tuple[int, float, float]] = []
    for edge in edges:
        if line.x0 < edge - 1 and line.x1 > edge + 1:
            cut = _cut_at(page, line, edge)
            if cut is not None and (not ends or cut[0] > ends[-1][0]):
                ends.append(cut)
    return _cells(line, ends)


def _cut_at(page: PageText, line: Line, edge: float) -> tuple[int, float, float] | None:
    """Where a line's text goes over a column edge: offset, right end before it, left end after."""
    for cut in line.cuts or ():
        if cut[1] - 1.5 <= edge <= cut[2] + 1.5:
            return cut
    before = 0.0
    end = 0
    for word in re.finditer(r"\S+", line.text):
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


def _cut_in_word(
    page: PageText, line: Line, low: int, high: int, edge: float
) -> tuple[int, float, float] | None:
    """A cut between two cells that the file's text runs together; none where a word overflows."""
    for at in range(low + 1, high):
        x = page.place(line.start + at)[0]
        if x >= edge - 1.5:
            before = page.right_edge(line.start + at - 1)
            return (at, before, x) if x - before > 0.5 and before <= edge + 1 else None
    return None


def _cells(line: Line, cuts: Sequence[tuple[int, float, float]]) -> list[Cell]:
    cells = []
    low, x0 = 0, line.x0
    for at, edge, x in cuts:
        cells.append(Cell(line, low, at, x0, edge))
        low, x0 = at, x
    cells.append(Cell(line, low, len(line.text), x0, line.x1))
    return cells


def _row_texts(cells: list[list[Cell]]) -> list[tuple[str, ...]]:
    """The rows between two rules: one, or one for each line where the columns count alike."""
    if all(len(column) < 2 for column in cells):
        return [tuple(" ".join(column[0].text.split()) if column else "" for column in cells)]
    stacks = [_by_line(column) for column in cells]
    counts = {len(stack) for stack in stacks if stack}
    if len(counts) == 1 and (count := counts.pop()) > 1:
        filled = [stack for stack in stacks if stack]
        level = all(
            abs(stack[at][0] - filled[0][at][0]) < 2 for stack in filled for at in range(count)
        )
        figures = any(all(is_figure(text) for _, text in stack) for stack in filled)
        if level and figures and len(filled) > 1:
            return [tuple(stack[at][1] if stack else "" for stack in stacks) for at in range(count)]
    return [tuple(joined([text for _, text in stack]) if stack else "" for stack in stacks)]


def _by_line(cells: list[Cell]) -> list[tuple[float, str]]:
    """Baseline and text of the lines in a cell."""
    lines: list[tuple[float, str]] = []
    for cell in sorted(cells, key=lambda cell: (-round(cell.line.y), cell.x0)):
        text = " ".join(cell.text.split())
        if lines and abs(lines[-1][0] - cell.line.y) < 2:
            lines[-1] = lines[-1][0], f"{lines[-1][1]} {text}"
        elif text:
            lines.append((cell.line.y, text))
    return lines


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, with or without a unit, or a mark for one."""
    if text in _MARKS:
        return True
    for unit in _UNITS:
        text = text.removesuffix(unit).strip()
    return bool(text) and not text.strip(_FIGURE_PARTS)


def take_aligned(things: list[Thing]) -> list[Thing]:
    """`things` with lines in columns made tables, or read column by column.

    Contents without leaders get them; labels with their values, and text with chance gaps,
    stay lines.
    """
    for thing in things:
        if isinstance(thing, Line) and thing.cuts:
            _drop_cuts_of_marks(thing)
    result: list[Thing] = []
    at = 0
    while at < len(things):
        thing = things[at]
        end = _group_end(things, at) if isinstance(thing, Line) and thing.cuts else 0
        if end - at < 2:
            result.append(thing)
            at += 1
            continue
        group = [thing for thing in things[at:end] if isinstance(thing, Line)]
        result += _arranged(group, result[-_NEARBY:])
        at = end
    return result


def _drop_cuts_of_marks(line: Line) -> None:
    """The space after a list's mark or before leaders does not part columns."""
    cuts = line.cuts or []
    if _LIST_MARK.match(line.text[: cuts[0][0]].strip()):
        line.hang = cuts[0][2]
        cuts = cuts[1:]
    if any(leaders in line.text for leaders in _LEADERS):
        cuts = []
    line.cuts = cuts or None


def _group_end(things: list[Thing], at: int) -> int:
    """The end of the lines from `at` on that may belong to one set of columns."""
    end = at + 1
    above = things[at]
    between = 0
    for number in range(at + 1, len(things)):
        line = things[number]
        if not isinstance(line, Line) or not 0 < above.y - line.y <= _ROW_DISTANCE * line.size:
            break
        if line.cuts:
            end, between = number + 1, 0
        else:
            between += 1
            if between > _MOST_BETWEEN:
                break
        above = line
    return end


def _arranged(group: list[Line], before: list[Thing]) -> list[Thing]:
    columns = _columns([line for line in group if line.cuts])
    if len(columns) < 2:
        return list(group)
    rows: list[tuple[Line, list[list[Cell]]]] = []
    for line in group:
        placed = _placed(line, columns)
        if placed is None:
            return list(group)
        rows.append((line, placed))
    full = [row for _, row in rows if sum(map(bool, row)) > 1]
    if len(full) < _LEAST_ROWS:
        return list(group)
    return _as_read(group, rows, full, before)


def _as_read(
    group: list[Line],
    rows: list[tuple[Line, list[list[Cell]]]],
    full: list[list[list[Cell]]],
    before: list[Thing],
) -> list[Thing]:
    if _are_names(full) or _is_running_text(full):
        return _column_by_column(rows)
    if len(full[0]) == 2:
        if _are_contents(full, before):
            return [_with_leaders(line, row) for line, row in rows]
        if _are_labels(full):
            for line, row in rows:
                line.hang = row[1][0].x0 if row[1] else 0.0
            return list(group)
    if not _is_aligned(full):
        return list(group)
    return [Table(tuple(_table_rows(rows)), group)]


def _columns(lines: list[Line]) -> list[tuple[float, float]]:
    """The columns that the cells of `lines` fill, from the rows with most cells."""
    parts = sorted((_cells(line, line.cuts or ()) for line in lines), key=len, reverse=True)
    most = len(parts[len(parts) // 2])
    spans = sorted((cell.x0, cell.x1) for row in parts if len(row) >= most for cell in row)
    least = _COLUMN_GAP * lines[0].size
    columns: list[tuple[float, float]] = []
    for low, high in spans:
        if columns and low < columns[-1][1] + least:
            columns[-1] = columns[-1][0], max(columns[-1][1], high)
        else:
            columns.append((low, high))
    return columns


def _placed(line: Line, columns: list[tuple[float, float]]) -> list[list[Cell]] | None:
    """The cells of a line by column; none where an uncut line goes across columns."""
    placed: list[list[Cell]] = [[] for _ in columns]
    for cell in _cells(line, line.cuts or ()):
        shared = [min(cell.x1, high) - max(cell.x0, low) for low, high in columns]
        crossed = sum(width > 0 for width in shared)
        if crossed > 1 and not line.cuts:
            return None
        if crossed:
            number = next(at for at, width in enumerate(shared) if width > 0)
        else:
            number = max(range(len(shared)), key=shared.__getitem__)
        placed[number].append(cell)
    return placed


def _are_names(rows: list[list[list[Cell]]]) -> bool:
    """Whether every column lists persons."""
    texts = [cell.text for row in rows for cells in row for cell in cells]
    return sum(bool(_NAME.match(text)) for text in texts) >= 0.8 * len(texts)


def _is_running_text(rows: list[list[list[Cell]]]) -> bool:
    """Whether two columns of sentences stand side by side: full lines, few of them capitals."""
    if len(rows) < _RUNNING_ROWS or len(rows[0]) > 3:
        return False
    for column in range(len(rows[0])):
        cells = [row[column][0] for row in rows if row[column]]
        right = max(cell.x1 for cell in cells)
        left = min(cell.x0 for cell in cells)
        full = sum(cell.x1 - left > 0.75 * (right - left) for cell in cells)
        small = sum(cell.text[:1].islower() for cell in cells)
        if full < 0.6 * len(cells) or small < 0.4 * len(cells):
            return False
    return True


def _are_labels(rows: list[list[list[Cell]]]) -> bool:
    """Whether the left column names what stands in the right one: bold, or with a colon."""
    labels = [row[0][0] for row in rows if row[0] and row[1]]
    colons = sum(cell.text.endswith(":") for cell in labels)
    bold = sum(_starts_bold(cell.line) and not _is_bold_at_end(cell.line) for cell in labels)
    return max(colons, bold) >= 0.7 * len(labels)


def _starts_bold(line: Line) -> bool:
    return bool(line.style & BOLD)


def _is_bold_at_end(line: Line) -> bool:
    return bool((line.runs[-1][1] if line.runs else line.style) & BOLD)


def _are_contents(rows: list[list[list[Cell]]], before: list[Thing]) -> bool:
    """Whether titles with page numbers follow a heading that speaks of contents."""
    if not any(isinstance(thing, Line) and "indhold" in thing.text.lower() for thing in before):
        return False
    pages = [row[1][0].text for row in rows if row[1]]
    if not all(page.isdecimal() and len(page) < 5 for page in pages):
        return False
    numbers = [int(page) for page in pages]
    return numbers == sorted(numbers)


def _with_leaders(line: Line, row: list[list[Cell]]) -> Line:
    if row[0] and row[1]:
        line.text = f"{row[0][0].text}.....{row[1][0].text}"
        line.runs = line.cuts = None
    return line


def _is_aligned(rows: list[list[list[Cell]]]) -> bool:
    """Whether most cells of each column begin or end where the column's others do."""
    for column in range(len(rows[0])):
        cells = [row[column][0] for row in rows if row[column]]
        lefts, rights = [cell.x0 for cell in cells], [cell.x1 for cell in cells]
        middles = [(cell.x0 + cell.x1) / 2 for cell in cells]
        best = max(_most_alike(lefts), _most_alike(rights), _most_alike(middles))
        if best < 0.6 * len(cells):
            return False
    return True


def _most_alike(places: list[float]) -> int:
    """How many of `places` lie within a few points of one another."""
    places = sorted(places)
    best = low = 0
    for high, place in enumerate(places):
        while place - places[low] > _ALIGNED:
            low += 1
        best = max(best, high - low + 1)
    return best


def _column_by_column(rows: list[tuple[Line, list[list[Cell]]]]) -> list[Thing]:
    lines: list[Thing] = []
    for column in range(len(rows[0][1])):
        cells = [cell for _, row in rows for cell in row[column]]
        right = max((cell.x1 for cell in cells), default=0.0)
        for cell in cells:
            part = part_of(cell)
            part.right = right
            lines.append(part)
    return lines


def part_of(cell: Cell) -> Line:
    """A cell as a line of its own."""
    line = cell.line
    text = line.text[cell.low : cell.high]
    low = cell.low + len(text) - len(text.lstrip())
    high = cell.low + len(text.rstrip())
    start = line.start + low
    part = Line(text.strip(), start, start + high - low, cell.x0, cell.x1, line.y, line.size, line.style)
    if line.runs:
        before = [run for run in line.runs if run[0] <= low]
        inside = [run for run in line.runs if low < run[0] < high]
        part.style = before[-1][1]
        runs = [(0, before[-1][1], before[-1][2])]
        runs += [(at - low, style, address) for at, style, address in inside]
        part.runs = runs if len(runs) > 1 or before[-1][2] else None
    return part


def _table_rows(rows: list[tuple[Line, list[list[Cell]]]]) -> list[tuple[str, ...]]:
    """The texts of an unruled table; a line of one cell may go on with the row above or below."""
    built: list[list[list[str]]] = []
    waiting: list[list[str]] | None = None
    for number, (_, row) in enumerate(rows):
        texts = [[text for _, text in _by_line(cells)] for cells in row]
        if sum(map(bool, texts)) == 1 and number:
            side = _belongs(rows, number)
            if side < 0 and built:
                built[-1] = [above + more for above, more in zip(built[-1], texts, strict=True)]
                continue
            if side > 0:
                waiting = texts
                continue
        if waiting is not None:
            texts = [above + more for above, more in zip(waiting, texts, strict=True)]
            waiting = None
        built.append(texts)
    return [tuple(joined(cell) if cell else "" for cell in row) for row in built]


def _belongs(rows: list[tuple[Line, list[list[Cell]]]], number: int) -> int:
    """-1 where a line of one cell goes on with the row above, 1 with the row below, else 0."""
    line = rows[number][0]
    above = rows[number - 1][0].y - line.y
    below = line.y - rows[number + 1][0].y if number + 1 < len(rows) else above
    following = rows[number + 1][0].text[:1] if number + 1 < len(rows) else ""
    if above < below - 1 or (line.text[:1].islower() and above <= below + 1):
        return -1
    if below < above - 1 or following.islower():
        return 1
    return 0


def has_gap(before: Line, after: Line) -> bool:
    """Whether two parts of a line stand as far apart as columns do."""
    return after.x0 - before.x1 >= CELL_GAP * after.size
