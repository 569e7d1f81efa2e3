"""A printed line of a PDF page, and a page's text cut into lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

CELL_GAP: Final = 0.8
"""White space within a line, in units of the type size, that may part two columns."""
HYPHENED: Final = 1
"""The line ends in the middle of a word."""
INDENTED: Final = 2
"""White space was taken off the line's beginning."""

_BROKEN = re.compile("[\ufffe\x02]")

Run = tuple[int, int, str]
"""Where in its line a piece of one style begins, its style, its address."""
Cut = tuple[int, float, float]
"""Where in its line the text after white space begins; the white space's left and right edge."""


class Line:
    """A printed line, or the part of one that stands in one column.

    `start` and `end` are offsets in the page's text; `x0`, `x1` and `y` (the baseline) are in
    points from the page's lower left corner as the page is seen.
    """

    __slots__ = (
        "cuts", "end", "hang", "right", "runs", "size", "start", "style", "text", "x0", "x1", "y",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        x0: float,
        x1: float,
        y: float,
        size: float,
        style: int,
    ) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.x0 = x0
        self.x1 = x1
        self.y = y
        self.size = size
        self.style = style
        self.runs: list[Run] | None = None
        """The pieces of a line in several styles; `None` where `style` holds for it whole."""
        self.cuts: list[Cut] | None = None
        """Wide white space inside the line."""
        self.right = 0.0
        """Right edge of the column that the line stands in; 0 for the page's."""
        self.hang = 0.0
        """Where the lines below begin that go on with this one; 0 where it was not looked at."""


def has_wide_gap(line: Line) -> bool:
    """Whether some white space in a line is wide enough to part columns by itself."""
    least = CELL_GAP * line.size
    return any(high - low >= least for _, low, high in line.cuts or ())


def spans(text: str) -> Iterator[tuple[int, str, int]]:
    """For each line of a page's text where it begins, the line, and what is to be noticed.

    Where a word is broken over lines, pdfium puts a mark for the hyphen and no line break.
    """
    position = 0
    for chunk in text.split("\r\n"):
        following = position + len(chunk) + 2
        pieces = [chunk]
        if "\ufffe" in chunk or "\x02" in chunk:
            pieces = _BROKEN.split(chunk)
        for count, piece in enumerate(pieces, 1 - len(pieces)):
            body = piece.strip()
            if body:
                marks = HYPHENED if count < 0 else 0
                if piece[0] == body[0]:
                    yield position, body, marks
                else:
                    offset = len(piece) - len(piece.lstrip())
                    yield position + offset, body, marks | INDENTED
            position += len(piece) + 1
        position = following
