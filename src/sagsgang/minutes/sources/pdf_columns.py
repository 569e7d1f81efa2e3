"""Lines in columns: tables without rules, lists of persons, contents, columns of text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import Final, NamedTuple

from .inline import BOLD
from .line_marks import is_mark_alone
from .pdf_cells import MARKS, Cell, Table, Thing, by_line, cells_of, is_figure, part_of
from .pdf_line import Line, has_wide_gap
from .wrapping import HYPHENS, joined

_LEAST_ROWS: Final = 3
_ROW_DISTANCE: Final = 3.0
_APART: Final = 1.6
_WRAP_DISTANCE: Final = 1.6
_SHARED: Final = 0.6
"""How much of the narrower white space two rows of a table have in common."""
_LEAST_HEADINGS: Final = 4
_LEAST_COLUMNS: Final = 3
_MOST_BETWEEN: Final = 2
_ALIGNED: Final = 3.0
_COLUMN_GAP: Final = 0.1
_NEARBY: Final = 4
_RUNNING_ROWS: Final = 5

_LEADERS: Final = ("....", ". . . .", "……", "____")
_NAME = re.compile(r"(?:[A-ZÆØÅÉ][\w.'’-]*\s+){1,5}[A-ZÆØÅÉ(]")


class Row(NamedTuple):
    """A line, and its parts by column."""

    line: Line
    columns: list[list[Cell]]


def take_aligned(things: list[Thing]) -> tuple[list[Thing], bool]:
    """`things` with lines in columns made tables, or read column by column.

    Contents without leaders get them; labels with their values, and text with chance gaps,
    stay lines. Also whether all is clear: no gap is left over, and no cell seems to go on in
    the lines around, so that rules would tell nothing more.
    """
    result: list[Thing] = []
    left_over = 0
    clear = True
    at = 0
    while at < len(things):
        thing = things[at]
        at += 1
        if thing.__class__ is not Line or not thing.cuts:
            result.append(thing)
            continue
        _drop_cuts_of_marks(thing)
        end = _group_end(things, at - 1) if thing.cuts else at
        if end == at:
            left_over += has_wide_gap(thing)
            result.append(thing)
            continue
        group = [line for line in things[at - 1 : end] if isinstance(line, Line)]
        if _is_apart(group):
            result.append(group.pop(0))
        arranged = _arranged(group, result[-_NEARBY:])
        if arranged is None:
            left_over += sum(map(has_wide_gap, group))
        else:
            clear = clear and _is_clear(group, result[-1:], things[end : end + 1])
        result += group if arranged is None else arranged
        at = end
    return result, clear and left_over < 2


def _is_apart(group: list[Line]) -> bool:
    """Whether a group's first line, a page header perhaps, stands well above the others."""
    if len(group) < 3:
        return False
    return group[0].y - group[1].y > _APART * (group[1].y - group[2].y)


def _is_clear(group: list[Line], before: list[Thing], after: list[Thing]) -> bool:
    """Whether the lines of a table are rows of one line each, and none belongs to them besides."""
    if len(group) < 2 or not all(line.cuts for line in group):
        return False
    pitch = (group[0].y - group[-1].y) / (len(group) - 1)
    edge = min([line.cuts[0][1] for line in group if line.cuts])
    for other, row in ((before, group[0]), (after, group[-1])):
        for thing in other:
            distance = abs(thing.y - row.y)
            if distance < pitch - 1 or (distance < 2 * pitch and thing.x0 > edge):
                return False
    return True


def _drop_cuts_of_marks(line: Line) -> None:
    """The space after a list's mark or before leaders does not part columns."""
    cuts = line.cuts or []
    if is_mark_alone(line.text[: cuts[0][0]].strip()):
        line.hang = cuts[0][2]
        cuts = cuts[1:]
    if any(leaders in line.text for leaders in _LEADERS):
        cuts = []
    line.cuts = cuts or None


def _group_end(things: list[Thing], at: int) -> int:
    """The end of the lines from `at` on that share white space, and may be rows of a table."""
    above = things[at]
    assert isinstance(above, Line)
    first = row = above
    gutters = [(low, high) for _, low, high in first.cuts or ()]
    end = at + 1
    between = 0
    distance = widest = 0.0
    for number in range(at + 1, len(things)):
        line = things[number]
        last, distance = distance, above.y - line.y
        if not isinstance(line, Line) or not 0 < distance <= _ROW_DISTANCE * line.size:
            break
        goes_with = not line.cuts and _goes_with(row, line, row is first)
        near = distance <= max(_WRAP_DISTANCE * line.size, last + 1.5)
        if not (line.cuts or near or goes_with):
            break
        gutters = _shared(gutters, line)
        if not gutters:
            break
        if line.cuts:
            widest = max(widest, distance)
            row = line
        if line.cuts or distance < widest - 1.5 or goes_with:
            end, between = number + 1, 0
        else:
            between += 1
            if between > _MOST_BETWEEN:
                break
        above = line
    return end


def _goes_with(row: Line, line: Line, under_headings: bool) -> bool:
    """Whether a line of one cell surely goes with the row above it.

    It does as the rest of a word, or as a mark under a row of headings.
    """
    cuts = row.cuts or []
    if under_headings and len(cuts) >= _LEAST_HEADINGS - 1 and line.text in MARKS:
        return True
    label = row.text[: cuts[0][0]].rstrip()
    return (
        label[-1:] in HYPHENS
        and line.text[:1].islower()
        and abs(line.x0 - row.x0) < _ALIGNED
        and bool(label)
    )


def _shared(gutters: list[tuple[float, float]], line: Line) -> list[tuple[float, float]]:
    """What a line leaves white of `gutters`."""
    if not line.cuts:
        crossed = any(line.x0 < low and line.x1 > high for low, high in gutters)
        return [] if crossed else gutters
    gaps = [(0.0, line.x0), *[(low, high) for _, low, high in line.cuts], (line.x1, 1e9)]
    shared = []
    for low, high in gutters:
        for left, right in gaps:
            if left < high and low < right:
                inner, outer = max(low, left), min(high, right)
                if outer - inner >= _SHARED * min(high - low, right - left):
                    shared.append((inner, outer))
    return shared


def _arranged(group: list[Line], before: list[Thing]) -> list[Thing] | None:
    """The lines as what they are; none where they are no columns."""
    for line in group[1:]:
        if line.cuts:
            _drop_cuts_of_marks(line)
    cells = [cells_of(line, line.cuts or ()) for line in group]
    columns = _columns([row for row in cells if len(row) > 1], group[0].size)
    if len(columns) < 2:
        return None
    edges = [(one[1] + other[0]) / 2 for one, other in pairwise(columns)]
    rows = []
    for line, parts in zip(group, cells, strict=True):
        placed: list[list[Cell]] = [[] for _ in columns]
        for cell in parts:
            number = bisect_right(edges, cell.x0 + 0.1)
            if number < len(edges) and cell.x1 > columns[number + 1][0]:
                if not line.cuts:
                    return None
                number += _stands_in_next(cell, columns[number], columns[number + 1])
            placed[number].append(cell)
        rows.append(Row(line, placed))
    full = [row for row in rows if len(row.columns) - row.columns.count([]) > 1]
    if not full or (len(full) < _LEAST_ROWS and not _is_matrix(rows) and not _is_total(rows)):
        return None
    return _as_read(rows, full, before)


def _stands_in_next(
    cell: Cell, column: tuple[float, float], following: tuple[float, float]
) -> bool:
    """Whether more of a cell is in the next column: a heading wider than what is below it."""
    here, there = (min(cell.x1, high) - max(cell.x0, low) for low, high in (column, following))
    return there > max(here, 0.0)


def _is_matrix(rows: list[Row]) -> bool:
    """Whether marks or figures stand under a row of headings, as in who treats a case."""
    heads, marks = rows[0].columns, rows[1].columns if len(rows) == 2 else []
    if len(heads) < _LEAST_HEADINGS or not any(marks) or not _is_all_figures(marks):
        return False
    return len(marks) - marks.count([]) > 1 or rows[1].line.text in MARKS


def _is_total(rows: list[Row]) -> bool:
    """Whether a label and its figures stand under headings: the end of a table overleaf, say."""
    if len(rows) != 2 or len(rows[0].columns) < _LEAST_COLUMNS:
        return False
    heads, (label, *figures) = rows[0].columns, rows[1].columns
    if not (all(heads) and label and all(figures)):
        return False
    return _is_all_figures(figures) and not (_is_all_figures([label]) or _is_all_figures(heads))


def _columns(rows: list[list[Cell]], size: float) -> list[tuple[float, float]]:
    """The columns that cells fill, from the rows with most cells."""
    if not rows:
        return []
    most = sorted([len(row) for row in rows])[(len(rows) - 1) // 2]
    spans = sorted([(cell.x0, cell.x1) for row in rows if len(row) >= most for cell in row])
    least = _COLUMN_GAP * size
    columns: list[tuple[float, float]] = []
    left, right = spans[0]
    for low, high in spans:
        if low < right + least:
            right = max(right, high)
        else:
            columns.append((left, right))
            left, right = low, high
    columns.append((left, right))
    return columns


def _as_read(rows: list[Row], full: list[Row], before: list[Thing]) -> list[Thing] | None:
    width = len(full[0].columns)
    if width == 2 and _are_contents(full, before):
        return [_with_leaders(row) for row in rows]
    if not _has_figures(full):
        if _are_names(full):
            return _column_by_column(rows, full=False)
        if _is_running_text(full):
            return _column_by_column(rows, full=True)
    if width == 2 and _are_labels(full):
        for line, columns in rows:
            line.hang = columns[1][0].x0 if columns[1] else 0.0
        return [row.line for row in rows]
    if not all(_is_aligned([row.columns[at] for row in full]) for at in range(width)):
        return None
    return [Table(tuple(_table_rows(rows)), [row.line for row in rows])]


def _has_figures(rows: list[Row]) -> bool:
    """Whether most cells in the last column are numbers."""
    cells = [row.columns[-1] for row in rows if row.columns[-1]]
    return 2 * sum([is_figure(cell[0].text) for cell in cells]) > len(cells)


def _are_names(rows: list[Row]) -> bool:
    """Whether every column lists persons."""
    texts = [cell.text for row in rows for cells in row.columns for cell in cells]
    return sum([_NAME.match(text) is not None for text in texts]) >= 0.8 * len(texts)


def _is_running_text(rows: list[Row]) -> bool:
    """Whether two columns of sentences stand side by side: full lines, few of them capitals."""
    if len(rows) < _RUNNING_ROWS or len(rows[0].columns) > 3:
        return False
    for column in range(len(rows[0].columns)):
        cells = [row.columns[column][0] for row in rows if row.columns[column]]
        right = max((cell.x1 for cell in cells), default=0.0)
        left = min((cell.x0 for cell in cells), default=0.0)
        full = sum(cell.x1 - left > 0.75 * (right - left) for cell in cells)
        small = sum(cell.text[:1].islower() for cell in cells)
        if not cells or full < 0.6 * len(cells) or small < 0.4 * len(cells):
            return False
    return True


def _are_labels(rows: list[Row]) -> bool:
    """Whether the left column names what stands in the right one: bold, or with a colon."""
    labels = [row.columns[0][0] for row in rows if row.columns[0] and row.columns[1]]
    colons = sum(cell.text.endswith(":") for cell in labels)
    bold = sum(_is_bold_at_first(cell.line) for cell in labels)
    return bool(labels) and max(colons, bold) >= 0.7 * len(labels)


def _is_bold_at_first(line: Line) -> bool:
    return bool(line.style & BOLD and line.runs and not line.runs[-1][1] & BOLD)


def _are_contents(rows: list[Row], before: list[Thing]) -> bool:
    """Whether titles with page numbers follow a heading that speaks of contents."""
    pages = [row.columns[1][0].text for row in rows if row.columns[1]]
    if not all(page.isdecimal() and len(page) < 5 for page in pages):
        return False
    if not any(isinstance(thing, Line) and "indhold" in thing.text.lower() for thing in before):
        return False
    numbers = [int(page) for page in pages]
    return numbers == sorted(numbers)


def _with_leaders(row: Row) -> Line:
    line, (title, page) = row
    if not title or not page:
        return line
    text = f"{title[0].text}.....{page[0].text}"
    return Line(text, line.start, line.end, line.x0, line.x1, line.y, line.size, line.style)


def _is_aligned(column: list[list[Cell]]) -> bool:
    """Whether most cells of a column begin, end or are centred where its others are."""
    cells = [cells[0] for cells in column if cells]
    if not cells:
        return True
    lefts, rights = [cell.x0 for cell in cells], [cell.x1 for cell in cells]
    if max(lefts) - min(lefts) <= _ALIGNED or max(rights) - min(rights) <= _ALIGNED:
        return True
    middles = [(cell.x0 + cell.x1) / 2 for cell in cells]
    best = max(_most_alike(lefts), _most_alike(rights), _most_alike(middles))
    return best >= 0.6 * len(cells)


def _most_alike(places: list[float]) -> int:
    """How many of `places` lie within a few points of one another."""
    places = sorted(places)
    best = low = 0
    for high, place in enumerate(places):
        while place - places[low] > _ALIGNED:
            low += 1
        best = max(best, high - low + 1)
    return best


def _column_by_column(rows: list[Row], *, full: bool) -> list[Thing]:
    """The cells as lines, the left column first; where `full`, text is broken at its edge."""
    lines: list[Thing] = []
    for column in range(len(rows[0].columns)):
        cells = [cell for row in rows for cell in row.columns[column]]
        right = max((cell.x1 for cell in cells), default=0.0)
        for cell in cells:
            part = part_of(cell)
            part.right = right if full else 0.0
            lines.append(part)
    return lines


def _table_rows(rows: list[Row]) -> list[tuple[str, ...]]:
    """The texts of an unruled table, with the lines of a cell put together."""
    pitch = _pitch(rows)
    built: list[list[list[str]]] = []
    waiting: list[list[str]] | None = None
    for number, row in enumerate(rows):
        texts = [[text for _, text in by_line(cells)] if cells else [] for cells in row.columns]
        side = _belongs(rows, number, pitch, built) if number else 0
        if side < 0 and built and waiting is None:
            built[-1] = [above + more for above, more in zip(built[-1], texts, strict=True)]
            continue
        if waiting is not None:
            texts = [above + more for above, more in zip(waiting, texts, strict=True)]
            waiting = None
        if side > 0:
            waiting = texts
        else:
            built.append(texts)
    if waiting is not None:
        built.append(waiting)
    return [tuple([joined(cell) if cell else "" for cell in row]) for row in built]


def _pitch(rows: list[Row]) -> float:
    """The commonest distance of rows with numbers from the line above; 0 where there are none."""
    distances = Counter(
        round(above.line.y - row.line.y, 1)
        for above, row in pairwise(rows)
        if any(cells and is_figure(cells[0].text) for cells in row.columns[1:])
    )
    return distances.most_common(1)[0][0] if distances else 0.0


def _belongs(rows: list[Row], number: int, pitch: float, built: list[list[list[str]]]) -> int:
    """-1 where a line goes on with the row above, 1 where with the row below, else 0."""
    line, columns = rows[number]
    above = rows[number - 1].line.y - line.y
    if above < pitch - 1.5:
        return -1
    if _goes_on_in_a_word(rows[number - 1].columns, columns):
        return -1
    filled = len(columns) - columns.count([])
    if not columns[0] and len(built) == 1 and filled > 1 and not _is_all_figures(columns):
        return -1
    if filled > 1 or _is_all_figures(columns):
        return 0
    below = line.y - rows[number + 1].line.y if number + 1 < len(rows) else above
    following = rows[number + 1].line.text[:1] if number + 1 < len(rows) else ""
    if line.text[:1].islower():
        return -1
    if following.islower() or below < above - 1:
        return 1
    return -1 if above < below - 1 else 0


def _goes_on_in_a_word(above: list[list[Cell]], row: list[list[Cell]]) -> bool:
    return any(
        one and other and one[-1].text[-1:] in HYPHENS and other[0].text[:1].islower()
        for one, other in zip(above, row, strict=True)
        if one and one[-1].text
    )


def _is_all_figures(columns: list[list[Cell]]) -> bool:
    return all(is_figure(cells[0].text) for cells in columns if cells)
