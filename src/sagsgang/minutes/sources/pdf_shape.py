"""How a PDF document is set: its body's size, its leading, its headings, its right edge."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from .inline import BOLD, ITALIC
from .pdf_furniture import PdfPage
from .pdf_line import Line

WIDEST_LEADING: Final = 2.2

_LARGER: Final = 1.05
_DEEPEST_HEADING: Final = 6
_NORMAL_LEADING: Final = 1.2
_SAMPLE: Final = 40
_LEAST_FULL: Final = 5
_LEAST_REACH: Final = 0.7
"""How far over a page its text goes at least where its lines are full."""
_OFTEN: Final = 0.2


class Rank(NamedTuple):
    """The heading level of lines of one size and weight."""

    level: int
    by_weight: bool
    """They are no larger than the body's, only bolder."""


class Shape(NamedTuple):
    """How the document is set."""

    body: float
    """Commonest type size."""
    leading: float
    """Distance of baselines inside a paragraph, in units of the type size."""
    ranks: dict[tuple[float, int], Rank]
    """The headings' levels by size and style."""
    margin: float
    """Right edge of the text on most pages."""


def shape_of(pages: Sequence[PdfPage]) -> Shape:
    """The sizes, distances and edges that most of a document keeps."""
    weights = _weights(pages)
    body, bold = _body(weights)
    sample = _sample(pages)
    edges = Counter(round(edge) for page in sample if (edge := right_edge(page, body)))
    if edges:
        margin = float(max(edges, key=lambda edge: (edges[edge], edge)))
    else:
        margin = max((_opposite_edge(page, body) for page in sample), default=0.0)
    return Shape(body, _leading(sample, body), _ranks(weights, body, bold), margin)


def body_size(pages: Sequence[PdfPage]) -> float:
    """The commonest type size, taken from some of the pages."""
    return _body(_weights(_sample(pages)))[0]


def _sample(pages: Sequence[PdfPage]) -> Sequence[PdfPage]:
    return pages[:: max(1, len(pages) // _SAMPLE)]


def _weights(pages: Sequence[PdfPage]) -> dict[tuple[float, int], int]:
    """How many characters are set in each size and style."""
    weights: dict[tuple[float, int], int] = defaultdict(int)
    for page in pages:
        for thing in page.things:
            if thing.__class__ is Line:
                style = thing.style if thing.runs is None else style_of_runs(thing)
                weights[thing.size, style] += thing.end - thing.start
    return weights


def style_of_runs(line: Line) -> int:
    """The styles that all pieces of a line share."""
    style = BOLD | ITALIC
    for run in line.runs or ():
        style &= run[1]
    return style


def _body(weights: dict[tuple[float, int], int]) -> tuple[float, bool]:
    sizes: Counter[float] = Counter()
    for (size, _), count in weights.items():
        sizes[round(size, 1)] += count
    body = max(sizes, key=lambda size: (sizes[size], -size), default=10.0)
    near = {key: count for key, count in weights.items() if round(key[0], 1) == body}
    bold = sum(count for (_, style), count in near.items() if style & BOLD)
    return body, 2 * bold > sum(near.values())


def _ranks(
    weights: dict[tuple[float, int], int], body: float, body_bold: bool
) -> dict[tuple[float, int], Rank]:
    classes: dict[tuple[float, int], tuple[float, bool]] = {}
    by_weight = []
    for size, style in weights:
        bold = bool(style & BOLD) and not body_bold
        if size > _LARGER * body:
            classes[size, style] = (round(2 * size) / 2, bold)
        elif bold and size > 0.95 * body:
            by_weight.append((size, style))
    order = {
        kind: level for level, kind in enumerate(sorted(set(classes.values()), reverse=True), 1)
    }
    ranks = {key: Rank(min(order[kind], _DEEPEST_HEADING), False) for key, kind in classes.items()}
    lowest = Rank(min(len(order) + 1, _DEEPEST_HEADING), True)
    return ranks | dict.fromkeys(by_weight, lowest)


def _leading(pages: Sequence[PdfPage], body: float) -> float:
    """The distance of lines that go on in small letters; else the least that is common."""
    inside: Counter[float] = Counter()
    between: Counter[float] = Counter()
    for page in pages:
        above: Line | None = None
        for thing in page.things:
            line = thing if isinstance(thing, Line) and abs(thing.size - body) < 0.2 else None
            if line and above and line.size < above.y - line.y < WIDEST_LEADING * line.size:
                # Points of a recommendation begin in small letters too: "at planen godkendes".
                small = line.text[0].islower() and not line.text.startswith("at ")
                distances = inside if small else between
                distances[round((above.y - line.y) / line.size, 2)] += 1
            above = line
    if inside:
        return max(inside, key=lambda distance: (inside[distance], -distance))
    often = _OFTEN * max(between.values(), default=0)
    return min((one for one in between if between[one] >= often), default=_NORMAL_LEADING)


def right_edge(page: PdfPage, body: float) -> float:
    """The right edge of a page's text; 0 where too few lines tell it."""
    edges = _edges(page, body)
    if not edges:
        return 0.0
    edge = max(edges)
    if edge < page.left + _LEAST_REACH * (page.right - page.left):
        return 0.0
    near = edge - 4 * body
    return edge if sum([other > near for other in edges]) >= _LEAST_FULL else 0.0


def _opposite_edge(page: PdfPage, body: float) -> float:
    """As far from the page's right edge as its text begins from the left, or where it ends."""
    starts = [thing.x0 for thing in page.things]
    margin = page.right - (min(starts) - page.left) if starts else 0.0
    return max([margin, *_edges(page, body)])


def _edges(page: PdfPage, body: float) -> list[float]:
    """How far the lines of a page's text go."""
    return [
        thing.x1
        for thing in page.things
        if thing.__class__ is Line and thing.cuts is None and abs(thing.size - body) < 0.2
    ]
