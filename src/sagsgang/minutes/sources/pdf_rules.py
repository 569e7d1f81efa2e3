"""The ruled lines of a PDF page, and the grids that they make."""

from __future__ import annotations

import ctypes
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from ctypes import c_char, c_float, c_int, c_void_p
from operator import neg
from typing import Final, NamedTuple

import pypdfium2.raw as raw

from .pdf_line import Line
from .pdf_page import PageText
from .pdfium import pdfium_function

_THIN: Final = 2.6
_SHORTEST: Final = 4.0
_SMALLEST_SHAPE: Final = 8.0
_TOUCH: Final = 4.0
"""Points between the ends of two rules that still meet."""
_SAME: Final = 2.6
"""Points between two parallel rules that count as one."""
_MOST_RULES: Final = 300
_MOST_STROKES: Final = 6_000
_MOST_SEGMENTS: Final = 20_000
_ALL_OBJECTS: Final = 400
_TEXT_IN_A_ROW: Final = 40
_MANY_PATHS: Final = 50
_LEAST_INDENT: Final = 1.2
_MOST_INDENT: Final = 9.0

_count_objects = pdfium_function("FPDFPage_CountObjects", c_int, c_void_p)
_object = pdfium_function("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
_type = pdfium_function("FPDFPageObj_GetType", c_int, c_void_p)
_bounds = pdfium_function("FPDFPageObj_GetBounds", c_int, c_void_p, *[c_void_p] * 4)
_object_matrix = pdfium_function("FPDFPageObj_GetMatrix", c_int, c_void_p, c_void_p)
_draw_mode = pdfium_function("FPDFPath_GetDrawMode", c_int, c_void_p, c_void_p, c_void_p)
_count_segments = pdfium_function("FPDFPath_CountSegments", c_int, c_void_p)
_segment = pdfium_function("FPDFPath_GetPathSegment", c_void_p, c_void_p, c_int)
_segment_type = pdfium_function("FPDFPathSegment_GetType", c_int, c_void_p)
_segment_point = pdfium_function("FPDFPathSegment_GetPoint", c_int, c_void_p, c_void_p, c_void_p)

_SIX = (c_float * 6)()
_SIX_AT: Final = ctypes.addressof(_SIX)
_FOUR = bytearray(16)
_FOUR_AT: Final = ctypes.addressof(c_char.from_buffer(_FOUR))
_four_floats = struct.Struct("4f").unpack
_PATH: Final[int] = raw.FPDF_PAGEOBJ_PATH

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


class Rule(NamedTuple):
    """A straight line: its height (or its distance from the left) and its two ends."""

    at: float
    low: float
    high: float


class Grid(NamedTuple):
    """Rules that touch one another and make cells."""

    columns: list[float]
    """The edges of the columns, from the left."""
    rows: list[float]
    """The edges of the rows, from the top."""
    verticals: list[Rule]

    def column(self, x: float) -> int:
        """The column that `x` lies in."""
        return min(max(bisect_right(self.columns, x) - 1, 0), len(self.columns) - 2)

    def row(self, y: float) -> int:
        """The row that `y` lies in."""
        below = bisect_left(self.rows, -y, key=neg)
        return min(max(below - 1, 0), len(self.rows) - 2)

    def edges_at(self, y: float) -> list[float]:
        """The inner edges of columns that are drawn at the height `y`."""
        inner = self.columns[1:-1]
        drawn = [rule.at for rule in self.verticals if rule.low - 1 <= y <= rule.high + 1]
        return [edge for edge in inner if any(abs(edge - at) <= _TOUCH for at in drawn)]


class Rules(NamedTuple):
    """The horizontal and vertical rules of a page, collinear ones made one."""

    horizontal: list[Rule]
    vertical: list[Rule]


def page_rules(page: PageText) -> Rules:
    """The rules of an open page; none where there are so many that it is a drawing."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for box in _strokes(page):
        left, bottom, right, top = page.seen(box) if page.turn else box
        width, height = right - left, top - bottom
        if height <= _THIN and width >= _SHORTEST:
            horizontal.append(Rule((top + bottom) / 2, left, right))
        elif width <= _THIN and height >= _SHORTEST:
            vertical.append(Rule((left + right) / 2, bottom, top))
    rules = Rules(_merged(horizontal), _merged(vertical))
    if len(rules.horizontal) + len(rules.vertical) > _MOST_RULES:
        return Rules([], [])
    return rules


def has_picture(page: PageText) -> bool:
    """Whether a page shows a picture, or shapes that may be letters drawn as outlines."""
    handle = page.handle
    paths = 0
    for number in range(min(_count_objects(handle), _ALL_OBJECTS)):
        kind = _type(_object(handle, number))
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_SHADING):
            return True
        paths += kind == _PATH
    return paths > _MANY_PATHS


def drawn_bullets(page: PageText, lines: list[Line]) -> list[Line]:
    """List marks that are drawn and not written, as browsers do, each as a line of its own.

    They are looked for only before indented lines: in the file a mark comes right before its
    line's text, and the text from the top down, so that halving finds it.
    """
    if not lines:
        return []
    left = min(line.x0 for line in lines)
    handle = page.handle
    count = _count_objects(handle)
    bullets = []
    plain = -1e9
    marked = set()
    for line in lines:
        # What begins where a line without a mark began above it has none either.
        indent = (line.x0 - left) / (line.size or 1.0)
        if _LEAST_INDENT < indent < _MOST_INDENT and not line.cuts and abs(line.x0 - plain) > 1:
            box = _bullet_before(handle, count, line)
            if box is not None:
                marked.add(round(line.x0))
                bullets.append(
                    Line("•", line.start, line.start, box[0], box[2], line.y, line.size, 0)
                )
            elif round(line.x0) not in marked:
                plain = line.x0
    return bullets


def _bullet_before(handle: int | None, count: int, line: Line) -> Box | None:
    top = line.y + 0.7 * line.size
    low, high = -1, count
    while high - low > 1:
        middle = (low + high) >> 1
        if _box_of(handle, middle)[1] < top:
            high = middle
        else:
            low = middle
    for number in range(max(0, high - 1), min(count, high + 2)):
        if _type(_object(handle, number)) == _PATH:
            box = _box_of(handle, number)
            if _is_bullet(box, line):
                return box
    return None


def _box_of(handle: int | None, number: int) -> Box:
    if not _bounds(_object(handle, number), _FOUR_AT, _FOUR_AT + 4, _FOUR_AT + 8, _FOUR_AT + 12):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = _four_floats(_FOUR)
    return left, bottom, right, top


def _is_bullet(box: Box, line: Line) -> bool:
    left, bottom, right, top = box
    size = line.size
    return (
        0.1 * size < right - left < 0.7 * size
        and 0.1 * size < top - bottom < 0.7 * size
        and line.x0 - 2.5 * size < right <= line.x0
        and line.y - 0.1 * size < bottom < line.y + 0.5 * size
    )


def grids(rules: Rules) -> list[Grid]:
    """The grids with at least two columns that a page's rules make, from the top."""
    found = []
    for horizontal, vertical in _connected(rules):
        if not vertical or len(horizontal) < 2:
            continue
        ends = [end for rule in horizontal for end in (rule.low, rule.high)]
        edges = [rule.at for rule in vertical]
        columns = _apart([*edges, min(ends), max(ends)], _TOUCH)
        tops = [end for rule in vertical for end in (rule.low, rule.high)]
        heights = [rule.at for rule in horizontal]
        rows = _apart([*heights, min(tops), max(tops)], _TOUCH)[::-1]
        if len(columns) > 2:
            found.append(Grid(columns, rows, vertical))
    return sorted(found, key=lambda grid: -grid.rows[0])


def _strokes(page: PageText) -> list[Box]:
    """The straight lines and thin shapes drawn on a page."""
    strokes: list[Box] = []
    budget = _MOST_SEGMENTS
    for thing in _paths(page.handle)[:_MOST_STROKES]:
        if not _bounds(thing, _FOUR_AT, _FOUR_AT + 4, _FOUR_AT + 8, _FOUR_AT + 12):
            continue
        left, bottom, right, top = box = _four_floats(_FOUR)
        if right - left <= _THIN or top - bottom <= _THIN:
            strokes.append(box)
            continue
        if right - left < _SMALLEST_SHAPE and top - bottom < _SMALLEST_SHAPE:
            continue
        segments = _count_segments(thing)
        budget -= segments
        if 0 < segments <= budget:
            strokes += _drawn(thing, segments)
    return strokes


def _paths(handle: int | None) -> list[int]:
    """The page's path objects.

    Where text is cut into very many objects, only the file's beginning and end are searched,
    as far as rules go on: programs that write so draw a page's rules together.
    """
    count = _count_objects(handle)
    if count <= _ALL_OBJECTS:
        things = [_object(handle, number) for number in range(count)]
        return [thing for thing in things if _type(thing) == _PATH]
    half = count // 2
    return [*_paths_among(handle, range(half)), *_paths_among(handle, range(count - 1, half, -1))]


def _paths_among(handle: int | None, numbers: Iterable[int]) -> Iterator[int]:
    left = _TEXT_IN_A_ROW
    for number in numbers:
        thing = _object(handle, number)
        if _type(thing) == _PATH:
            left = _TEXT_IN_A_ROW
            yield thing
        else:
            left -= 1
            if left < 0:
                return


def _drawn(thing: int, segments: int) -> Iterator[Box]:
    """The straight lines of a path: its strokes, or the thin shapes that it fills."""
    fill, stroke = c_int(), c_int()
    _draw_mode(thing, ctypes.addressof(fill), ctypes.addressof(stroke))
    for points in _subpaths(thing, segments):
        across, along = [x for x, _ in points], [y for _, y in points]
        box = min(across), min(along), max(across), max(along)
        if box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
            yield box
        elif stroke.value:
            for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
                if abs(x1 - x0) < 0.5 or abs(y1 - y0) < 0.5:
                    yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _subpaths(thing: int, segments: int) -> Iterator[list[tuple[float, float]]]:
    _object_matrix(thing, _SIX_AT)
    a, b, c, d, e, f = _SIX
    point = (c_float * 2)()
    at = ctypes.addressof(point)
    points: list[tuple[float, float]] = []
    for number in range(segments):
        segment = _segment(thing, number)
        if not _segment_point(segment, at, at + 4):
            continue
        if points and _segment_type(segment) == raw.FPDF_SEGMENT_MOVETO:
            yield points
            points = []
        x, y = point
        points.append((a * x + c * y + e, b * x + d * y + f))
    if points:
        yield points


def _merged(rules: list[Rule]) -> list[Rule]:
    """Rules on one line that touch are one rule."""
    merged: list[Rule] = []
    row: list[Rule] = []
    for rule in sorted(rules):
        if row and rule.at - row[0].at > _SAME:
            merged += _end_to_end(row)
            row = []
        row.append(rule)
    return merged + _end_to_end(row)


def _end_to_end(row: list[Rule]) -> list[Rule]:
    joined: list[Rule] = []
    for rule in sorted(row, key=lambda rule: rule.low):
        if joined and rule.low <= joined[-1].high + _TOUCH:
            last = joined[-1]
            joined[-1] = Rule(last.at, last.low, max(last.high, rule.high))
        else:
            joined.append(rule)
    return joined


def _connected(rules: Rules) -> list[tuple[list[Rule], list[Rule]]]:
    """The groups of rules that cross or touch."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    free = list(rules.horizontal)
    waiting = list(rules.vertical)
    while waiting:
        horizontal: list[Rule] = []
        vertical = [waiting.pop()]
        frontier = list(vertical)
        while frontier:
            rule = frontier.pop()
            met = [other for other in free if _meet(other, rule)]
            free = [other for other in free if not _meet(other, rule)]
            horizontal += met
            for other in met:
                more = [third for third in waiting if _meet(other, third)]
                waiting = [third for third in waiting if not _meet(other, third)]
                vertical += more
                frontier += more
        groups.append((horizontal, vertical))
    return groups


def _meet(horizontal: Rule, vertical: Rule) -> bool:
    return (
        horizontal.low - _TOUCH <= vertical.at <= horizontal.high + _TOUCH
        and vertical.low - _TOUCH <= horizontal.at <= vertical.high + _TOUCH
    )


def _apart(places: list[float], least: float) -> list[float]:
    """`places` in order, those that lie together made one."""
    apart: list[float] = []
    for place in sorted(places):
        if not apart or place - apart[-1] > least:
            apart.append(place)
    return apart
