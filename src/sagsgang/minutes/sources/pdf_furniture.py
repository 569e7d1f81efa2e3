"""Running headers and footers: what stands at the same place on page after page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Final, NamedTuple

from .pdf_cells import Table, Thing

_DEEPEST: Final = 4
"""Lines that are looked at from either end of a page."""
_LEAST_PAGES: Final = 3
_SHARE: Final = 0.4
"""How many of the outermost lines at about a header's height are the header."""
_NEAR: Final = 12
_SHARE_COUNTING: Final = 0.6
"""On how many of all pages a line counts them; "Punkt 3: Lukket" may do so on a few."""
_MARGIN: Final = 0.16
_SET_APART: Final = 1.5
_MOST_NUMBERS: Final = 4
_LONGEST: Final = 250
_LONGEST_NUMBER: Final = 24
_TALL: Final = 1.2

_NUMBER = re.compile(r"\d{1,5}")
_PAGE_NUMBER = re.compile(
    r"(?:side|s\.|page)?\s?[-–(]?\s?\d{1,4}\s?(?:(?:af|/|ud af|of)\s?\d{1,4})?\s?[-–)]?$",
    re.IGNORECASE,
)

Key = tuple[str, int, int]
"""What a header says, its height, and how far a number in it runs ahead of the page's."""


class PdfPage(NamedTuple):
    """What is kept of a page once it is closed."""

    number: int
    offset: int
    """Where its text begins in the text of all pages."""
    things: list[Thing]
    left: float
    bottom: float
    right: float
    top: float


def drop_furniture(pages: Sequence[PdfPage], body_size: float) -> None:
    """Takes headers, footers and page numbers out of `pages`, from their edges inwards."""
    for last in (True, False):
        looked_at: Sequence[PdfPage] = pages
        for _ in range(_DEEPEST):
            looked_at = _peeled(looked_at, last, len(pages), body_size)


def _peeled(pages: Sequence[PdfPage], last: bool, of_pages: int, body_size: float) -> list[PdfPage]:
    """Takes the outermost line off the pages where it is furniture; those pages."""
    at = -1 if last else 0
    outermost = [
        (page, thing, _text(thing)[:_LONGEST], round(thing.y))
        for page in pages
        if page.things and _is_in_margin(page, thing := page.things[at], last)
    ]
    same = Counter((text, height) for _, _, text, height in outermost)
    heights = sorted(height for _, _, _, height in outermost)
    enough = max(2, min(_LEAST_PAGES, of_pages // 2 + 1))
    peeled: list[PdfPage] = []
    others: list[tuple[PdfPage, Thing, list[Key]]] = []
    for page, thing, text, height in outermost:
        count = same[text, height]
        others_there = _count_near(heights, height)
        if count >= max(enough, _SHARE * others_there) and _is_small(
            thing, body_size, count, of_pages
        ):
            peeled.append(page)
        else:
            others.append((page, thing, _counting_keys(text, height, page.number)))
    counting = Counter(key for _, _, keys in others for key in keys)
    enough_counting = max(enough, _SHARE_COUNTING * of_pages)
    for page, thing, keys in others:
        count = max((counting[key] for key in keys), default=0)
        counts = count >= enough_counting and _is_small(thing, body_size, count, of_pages)
        if counts or _is_page_number(page, thing, last):
            peeled.append(page)
    for page in peeled:
        del page.things[at]
    return peeled


def _count_near(heights: list[int], height: int) -> int:
    """How many of the sorted `heights` are about the same as `height`."""
    return bisect_right(heights, height + _NEAR) - bisect_left(heights, height - _NEAR)


def _is_small(thing: Thing, body_size: float, count: int, of_pages: int) -> bool:
    """Whether a line is no larger than text, as headings are, or stands on most pages."""
    return thing.size <= _TALL * body_size or 2 * count > of_pages


def _is_in_margin(page: PdfPage, thing: Thing, last: bool) -> bool:
    edge = _MARGIN * (page.top - page.bottom)
    return thing.y <= page.bottom + edge if last else thing.y >= page.top - edge


def _text(thing: Thing) -> str:
    if isinstance(thing, Table):
        return " ".join(cell for row in thing.rows for cell in row)
    return thing.text


def _counting_keys(text: str, height: int, page: int) -> list[Key]:
    """The line with one of its numbers left open, which runs so far ahead of the page's."""
    keys: list[Key] = []
    for match in islice(_NUMBER.finditer(text), _MOST_NUMBERS):
        start, end = match.span()
        keys.append((f"{text[:start]}#{text[end:]}", height, int(match[0]) - page))
    return keys


def _is_page_number(page: PdfPage, thing: Thing, last: bool) -> bool:
    """Whether a thing at the page's edge, set apart from the text, is a page number."""
    text = _text(thing)
    if len(text) > _LONGEST_NUMBER or not _PAGE_NUMBER.match(text.strip()):
        return False
    if len(page.things) == 1:
        return True
    return abs(page.things[-2 if last else 1].y - thing.y) > _SET_APART * thing.size
