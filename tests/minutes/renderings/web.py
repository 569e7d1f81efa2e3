"""Web pages in plain markup, as any editor or site would write them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from html import escape

from .printed import Contents, Grid, Heading, Paragraph, Piece, Point, Points, runs_of

_STYLE = "body { font-family: sans-serif; font-size: 11pt } @page { size: A4; margin: 2.5cm }"


def rendered(pieces: Sequence[Piece], title: str) -> bytes:
    """The bytes of a page that shows `pieces`."""
    body = "\n".join(itertools.chain.from_iterable(map(markup, pieces)))
    return (
        f'<!DOCTYPE html>\n<html lang="da">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def markup(piece: Piece) -> Iterator[str]:
    """The elements that show one piece."""
    match piece:
        case Heading(level, text):
            yield f"<h{level}>{_inline(text)}</h{level}>"
        case Paragraph(lines, strong):
            yield f"<p>{'<br>'.join(_inline(line, strong) for line in lines)}</p>"
        case Points(points):
            yield from _list(points)
        case Grid(rows):
            yield from _table(rows)
        case Contents(entries):
            for number, (title, page) in enumerate(entries, 1):
                yield f'<p><a href="#punkt-{number}">{escape(title)}.....{page}</a></p>'


def _inline(text: str, strong: bool = False) -> str:
    parts = []
    for run in runs_of(text, strong=strong):
        part = escape(run.text, quote=False)
        part = f"<em>{part}</em>" if run.italic else part
        part = f"<strong>{part}</strong>" if run.bold else part
        parts.append(f'<a href="{escape(run.address)}">{part}</a>' if run.address else part)
    return "".join(parts)


def _list(points: Sequence[Point]) -> Iterator[str]:
    """A list; deeper points stand in lists of their own inside the point above."""
    first = points[0].marker
    tag, start = "ul", ""
    if first != "-":
        tag = "ol"
        start = "" if first == "1." else f' start="{int(first.rstrip("."))}"'
    yield f"<{tag}{start}>"
    depth = points[0].depth
    rest = list(points)
    while rest:
        point = rest.pop(0)
        deeper = list(itertools.takewhile(lambda each: each.depth > depth, rest))
        del rest[: len(deeper)]
        inner = "".join(_list(deeper)) if deeper else ""
        yield f"<li>{_inline(point.text, point.strong)}{inner}</li>"
    yield f"</{tag}>"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield '<table border="1">'
    for number, row in enumerate(rows):
        tag = "th" if number == 0 else "td"
        yield f"<tr>{''.join(f'<{tag}>{_inline(cell)}</{tag}>' for cell in row)}</tr>"
    yield "</table>"
