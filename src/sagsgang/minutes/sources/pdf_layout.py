"""The reading order of a PDF page.

Files are written in reading order as a rule: column by column, table row by row. So the
file's order is kept, and only what cannot stay is moved: list marks, headers and footers
that are drawn apart from the text, and pages whose pieces were written in no order at all.
"""

from __future__ import annotations

from typing import Final

from .line_marks import is_mark_alone
from .pdf_cells import Table, Thing
from .pdf_columns import take_aligned
from .pdf_line import CELL_GAP, Cut, Line, Run, has_wide_gap
from .pdf_page import PageText
from .pdf_ruled import take_ruled
from .pdf_rules import drawn_bullets

_MARGIN: Final = 0.08
_MOST_FLOWS: Final = 60
_LONGEST_CELL: Final = 150
_MANY_GAPS: Final = 3
"""White space in a line that makes it a row of a table by itself."""
_MOST_MARKS: Final = 1_000
_MOST_BESIDE: Final = 50
_SAME_LINE: Final = 0.3
_WIDEST_GUTTER: Final = 3.5
_WIDEST_MARK: Final = 8.0

Flow = list[Thing]
"""Lines that follow each other down the page in the file."""


def arrange(page: PageText, lines: list[Line]) -> list[Thing]:
    """The lines and tables of an open page in reading order."""
    bullets = drawn_bullets(page, lines) if page.fragmented and not page.turn else []
    if not (page.celled or page.disordered or bullets):
        return [*lines]
    cut, beside = _count_columns(page, lines) if page.celled or page.disordered else (0, 0)
    if not cut and not page.disordered and not bullets:
        return _spaced_out([*lines])
    if cut > 1 and not beside:
        arranged, clear = take_aligned(_in_order(page, [*bullets, *lines]))
        if clear:
            return _spaced_out(arranged)
    things: list[Thing] = [*lines]
    if cut + beside > 1:
        things = take_ruled(page, lines)
    arranged, _ = take_aligned(_in_order(page, [*bullets, *things]))
    return _spaced_out(arranged)


def _in_order(page: PageText, things: list[Thing]) -> list[Thing]:
    if not page.disordered:
        return _with_marks(things)
    return _ordered(_with_marks(_in_rows(things)))


def _count_columns(page: PageText, lines: list[Line]) -> tuple[int, int]:
    """How many lines between the page's margins have gaps, or stand beside the one before.

    A line with many gaps counts as a row of a table by itself.
    """
    height = page.top - page.bottom
    low, high = page.bottom + _MARGIN * height, page.top - _MARGIN * height
    cut = beside = 0
    above_y, above_x1 = 1e9, 1e9
    for line in lines:
        y = line.y
        if low <= y <= high:
            if line.cuts:
                cut += has_wide_gap(line) + 2 * (len(line.cuts) >= _MANY_GAPS)
            if y > above_y - 0.5 and line.x0 > above_x1:
                beside += 1
        above_y, above_x1 = y, line.x1
    return cut, beside


def _in_rows(things: list[Thing]) -> list[Thing]:
    """Neighbours in the file that stand on one line are made one line."""
    rows: list[Thing] = []
    for thing in things:
        above = rows[-1] if rows else None
        if isinstance(thing, Line) and isinstance(above, Line):
            near = abs(above.y - thing.y) < _SAME_LINE * thing.size
            if near and thing.x0 > above.x1 - _SAME_LINE * thing.size:
                rows[-1] = _side_by_side(above, thing)
                continue
            if near and thing.x1 < above.x0 + _SAME_LINE * thing.size:
                rows[-1] = _side_by_side(thing, above)
                continue
        rows.append(thing)
    return rows


def _side_by_side(left: Line, right: Line) -> Line:
    line = Line(
        f"{left.text} {right.text}",
        min(left.start, right.start),
        max(left.end, right.end),
        left.x0,
        right.x1,
        left.y,
        left.size,
        left.style,
    )
    at = len(left.text) + 1
    cuts = [*(left.cuts or ())]
    if right.x0 - left.x1 >= CELL_GAP * right.size:
        cuts.append((at, left.x1, right.x0))
    cuts += [(at + place, low, high) for place, low, high in right.cuts or ()]
    line.cuts = cuts or None
    line.runs = _runs_side_by_side(left, right, at)
    if is_mark_alone(left.text):
        line.hang = right.x0
    return line


def _runs_side_by_side(left: Line, right: Line, at: int) -> list[Run] | None:
    if not left.runs and not right.runs and left.style == right.style:
        return None
    first = left.runs or [(0, left.style, "")]
    second = right.runs or [(0, right.style, "")]
    return first + [(at + place, style, address) for place, style, address in second]


def _with_marks(things: list[Thing]) -> list[Thing]:
    """List marks that were drawn apart are put before their lines."""
    marks = [thing for thing in things if thing.__class__ is Line and is_mark_alone(thing.text)]
    if not marks or len(marks) > _MOST_MARKS:
        return things
    apart = {id(mark) for mark in marks}
    places: dict[int, list[int]] = {}
    for number, thing in enumerate(things):
        if thing.__class__ is Line and id(thing) not in apart:
            level = places.setdefault(round(thing.y), [])
            if len(level) < _MOST_BESIDE:
                level.append(number)
    things = [*things]
    gone = set()
    for mark in marks:
        owner = _owner(mark, things, places)
        if owner is not None:
            line = things[owner]
            assert isinstance(line, Line)
            start, end = line.start, line.end
            things[owner] = whole = _side_by_side(mark, line)
            whole.start, whole.end, whole.hang = start, end, line.x0
            gone.add(id(mark))
    return [thing for thing in things if id(thing) not in gone]


def _owner(mark: Line, things: list[Thing], places: dict[int, list[int]]) -> int | None:
    """The line that a mark stands before: on its baseline, the nearest to its right."""
    level = round(mark.y)
    best: tuple[float, int] | None = None
    for height in (level - 1, level, level + 1):
        for number in places.get(height, ()):
            distance = things[number].x0 - mark.x1
            if -1 < distance < _WIDEST_MARK * mark.size and (best is None or distance < best[0]):
                best = distance, number
    return best[1] if best else None


def _ordered(things: list[Thing]) -> list[Thing]:
    """`things` with what was drawn out of turn put where it is read."""
    flows = _flows(things)
    if len(flows) == 1:
        return things
    if len(flows) > _MOST_FLOWS:
        return _by_place(things)
    flows = _unfolded(flows)
    beside: list[tuple[float, float]] = []
    for number, flow in enumerate(flows):
        for other in flows[number + 1 :]:
            zone = _shared_height(flow, other)
            if zone is None:
                continue
            if not _are_side_by_side(flow, other, zone):
                return _by_place(things)
            beside.append(zone)
    if beside:
        candidate, _ = take_aligned(_by_place(things))
        tables = [thing for thing in candidate if isinstance(thing, Table)]
        if all(_is_within(zone, tables) for zone in beside):
            return candidate
    return _stacked(flows)


def _is_within(zone: tuple[float, float], tables: list[Table]) -> bool:
    """Whether what stands side by side are the cells of a table, and not columns of text."""
    bottom, top = zone
    return any(
        table.bottom - 2 <= bottom
        and top <= table.y + 2
        and all(len(cell) < _LONGEST_CELL for row in table.rows for cell in row)
        for table in tables
    )


def _flows(things: list[Thing]) -> list[Flow]:
    flows: list[Flow] = []
    bottom = -1e9
    for thing in things:
        if not flows or thing.y > bottom + _SAME_LINE * thing.size:
            flows.append([])
        flows[-1].append(thing)
        bottom = thing.bottom if isinstance(thing, Table) else thing.y
    return flows


def _unfolded(flows: list[Flow]) -> list[Flow]:
    """A header and a footer drawn one after the other are two flows: others stand between them."""
    unfolded: list[Flow] = []
    for flow in flows:
        for other in flows:
            top, bottom = other[0].y, _bottom(other[-1])
            if flow[0].y > top and _bottom(flow[-1]) < bottom:
                above = [thing for thing in flow if _bottom(thing) > top]
                below = [thing for thing in flow if _bottom(thing) <= top]
                if above and below and below[0].y < bottom:
                    unfolded.append(above)
                    flow = below
        unfolded.append(flow)
    return unfolded


def _bottom(thing: Thing) -> float:
    return thing.bottom if isinstance(thing, Table) else thing.y


def _shared_height(flow: Flow, other: Flow) -> tuple[float, float] | None:
    """The lowest and the highest baseline between which both flows run."""
    top = min(flow[0].y, other[0].y) + 1
    bottom = max(_bottom(flow[-1]), _bottom(other[-1])) - 1
    return None if top < bottom else (bottom, top)


def _are_side_by_side(flow: Flow, other: Flow, zone: tuple[float, float]) -> bool:
    """Whether two flows are columns; if not, they run through one another.

    Lines of columns that stand side by side learn their column's right edge.
    """
    bottom, top = zone
    ones = [thing for thing in flow if thing.y >= bottom and _bottom(thing) <= top]
    others = [thing for thing in other if thing.y >= bottom and _bottom(thing) <= top]
    # One may stand wholly between two lines of the other.
    ones, others = ones or flow, others or other
    right, left = max(thing.x1 for thing in ones), min(thing.x0 for thing in ones)
    other_right, other_left = max(thing.x1 for thing in others), min(thing.x0 for thing in others)
    if right > other_left + 2 and other_right > left + 2:
        return False
    if len(ones) > 1 and len(others) > 1:
        _set_right_edges(ones, right, other_left)
        _set_right_edges(others, other_right, left)
    return True


def _set_right_edges(column: list[Thing], edge: float, other_left: float) -> None:
    """Tells the lines of a left column how far they may go: to their edge, or the gutter."""
    if other_left < edge:
        return
    size = column[0].size
    if other_left - edge > _WIDEST_GUTTER * size:
        edge = other_left - size
    for thing in column:
        if isinstance(thing, Line):
            thing.right = edge


def _stacked(flows: list[Flow]) -> list[Thing]:
    """The flows from the top; those that stand side by side in the file's order."""
    stack: list[Flow] = []
    for flow in flows:
        place = len(stack)
        while place and _bottom(flow[-1]) > stack[place - 1][0].y:
            place -= 1
        stack.insert(place, flow)
    return [thing for flow in stack for thing in flow]


def _by_place(things: list[Thing]) -> list[Thing]:
    """`things` row by row from the top, each row from the left."""
    rows: list[list[Thing]] = []
    for thing in sorted(things, key=lambda thing: -thing.y):
        if rows and rows[-1][0].y - thing.y < _SAME_LINE * thing.size:
            rows[-1].append(thing)
        else:
            rows.append([thing])
    return _in_rows([thing for row in rows for thing in sorted(row, key=lambda thing: thing.x0)])


def _spaced_out(things: list[Thing]) -> list[Thing]:
    """`things`; a space is put where pdfium saw none between two columns."""
    for thing in things:
        if thing.__class__ is Line and thing.cuts:
            _space_out(thing)
    return things


def _space_out(line: Line) -> None:
    spaced: list[Cut] = []
    added = 0
    for at, low, high in line.cuts or ():
        place = at + added
        if not line.text[place - 1 : place].isspace():
            line.text = f"{line.text[:place]} {line.text[place:]}"
            if line.runs:
                line.runs = [(run[0] + (run[0] >= place), run[1], run[2]) for run in line.runs]
            added += 1
        spaced.append((at + added, low, high))
    line.cuts = spaced
