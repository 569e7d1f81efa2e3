"""The reading order of a PDF page.

Files are written in reading order as a rule: column by column, table row by row. So the
file's order is kept, and only what cannot stay is moved: list marks, headers and footers
that are drawn apart from the text, and pages whose pieces were written in no order at all.
"""

from __future__ import annotations

import re
from typing import Final

from .pdf_page import CELL_GAP, Line, PageText, Run
from .pdf_tables import Table, Thing, take_aligned, take_ruled

_MARGIN: Final = 0.08
_MOST_FLOWS: Final = 60
_SAME_LINE: Final = 0.3
_LEAST_JUMPS: Final = 3
_MARK = re.compile(r"(?:[•◦▪▫■□●○‣·–-]|[\ue000-\uf8ff]|o|\(?\d{1,3}[.)]|\(?[a-zæøå][.)])$")
_LONGEST_MARK: Final = 5
_WIDEST_MARK: Final = 8.0

Flow = list[Thing]
"""Lines that follow each other down the page in the file."""


def arrange(page: PageText, lines: list[Line]) -> list[Thing]:
    """The lines and tables of an open page in reading order."""
    if not (page.celled or page.disordered):
        return [*lines]
    things: list[Thing] = [*lines]
    if _has_columns(page, lines):
        things = take_ruled(page, lines)
    if page.disordered:
        things = _ordered(_with_marks(_in_rows(things)))
    if not page.celled and all(thing.__class__ is Table or not thing.cuts for thing in things):
        return things
    things = take_aligned(things)
    for thing in things:
        if isinstance(thing, Line) and thing.cuts:
            _space_out(thing)
    return things


def _has_columns(page: PageText, lines: list[Line]) -> bool:
    """Whether text stands side by side in at least two places between the page's margins."""
    height = page.top - page.bottom
    low, high = page.bottom + _MARGIN * height, page.top - _MARGIN * height
    count = 0
    above: Line | None = None
    for line in lines:
        if low <= line.y <= high:
            beside = above is not None and line.y > above.y - 0.5 and line.x0 > above.x1
            if line.cuts or beside:
                count += 1
        above = line
    return count > 1


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
    if len(left.text) <= _LONGEST_MARK and _MARK.match(left.text):
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
    marks = [
        thing
        for thing in things
        if isinstance(thing, Line)
        and len(thing.text) <= _LONGEST_MARK
        and _MARK.match(thing.text)
    ]
    if not marks:
        return things
    apart = {id(mark) for mark in marks}
    places: dict[int, list[int]] = {}
    for number, thing in enumerate(things):
        if isinstance(thing, Line) and id(thing) not in apart:
            places.setdefault(round(thing.y), []).append(number)
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
    beside = 0
    for number, flow in enumerate(flows):
        for other in flows[number + 1 :]:
            relation = _relation(flow, other)
            if relation < 0:
                return _by_place(things)
            beside += relation
    if beside >= _LEAST_JUMPS - 1:
        candidate = take_aligned(_by_place(things))
        if any(isinstance(thing, Table) for thing in candidate) and not any(
            isinstance(thing, Table) for thing in things
        ):
            return candidate
    return _stacked(flows)


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
                below = flow[len(above) :]
                if below[0].y < bottom:
                    unfolded.append(above)
                    flow = below  # noqa: PLW2901
        unfolded.append(flow)
    return unfolded


def _bottom(thing: Thing) -> float:
    return thing.bottom if isinstance(thing, Table) else thing.y


def _relation(flow: Flow, other: Flow) -> int:
    """0: one stands above the other; 1: side by side; -1: they run through one another.

    Lines of columns that stand side by side learn their column's right edge.
    """
    top = min(flow[0].y, other[0].y) + 1
    bottom = max(_bottom(flow[-1]), _bottom(other[-1])) - 1
    if top < bottom:
        return 0
    ones = [thing for thing in flow if thing.y >= bottom and _bottom(thing) <= top]
    others = [thing for thing in other if thing.y >= bottom and _bottom(thing) <= top]
    if not ones or not others:
        return 0
    right, left = max(thing.x1 for thing in ones), min(thing.x0 for thing in ones)
    other_right, other_left = max(thing.x1 for thing in others), min(thing.x0 for thing in others)
    if right > other_left + 2 and other_right > left + 2:
        return -1
    if len(ones) > 1 and len(others) > 1:
        for edge, column in ((right, ones), (other_right, others)):
            for thing in column:
                if isinstance(thing, Line):
                    thing.right = edge
    return 1


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


def _space_out(line: Line) -> None:
    """Puts a space where pdfium saw none between two columns."""
    for at, _, _ in reversed(line.cuts or []):
        if not line.text[at - 1 : at].isspace():
            line.text = f"{line.text[:at]} {line.text[at:]}"
            if line.runs:
                line.runs = [(run[0] + (run[0] >= at), run[1], run[2]) for run in line.runs]
