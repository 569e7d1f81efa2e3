"""Running headers and footers: what stands at the same place on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Final, NamedTuple

from .pdf_tables import Table, Thing

_DEEPEST: Final = 4
"""Lines that are looked at from either end of a page."""
_LEAST_PAGES: Final = 3
_SHARE: Final = 0.4
_EDGE: Final = 0.12
_SET_APART: Final = 1.5
_MOST_NUMBERS: Final = 4
_LONGEST: Final = 250
_LONGEST_NUMBER: Final = 24
_TALL: Final = 1.2

_NUMBER = re.compile(r"\d{1,5}")
_PAGE_NUMBER = re.compile(
    r"(?:side|s\.|page)?\s?[-–(]?\s?\d{1,4}\s?(?:(?:af|/|ud af|of)\s?\d{1,4})?\s?[-–)]?$", re.IGNORECASE
)

Key = tuple[str, int, int | None]
"""What a header says, its height, and how far a number in it runs ahead of the page's."""


class PdfPage(NamedTuple):
    """What is kept of a page once it is closed."""

    number: int
    offset: int
    """Where its text begins in the text of all pages."""
    things: list[Thing]
    bottom: float
    top: float


def drop_furniture(pages: Sequence[PdfPage], body_size: float) -> None:
    """Takes headers, footers and page numbers out of `pages`, from their edges inwards."""
    for last in (True, False):
        looked_at: Sequence[PdfPage] = pages
        for _ in range(_DEEPEST):
            looked_at = [page for page in looked_at if len(page.things) > _DEEPEST or not last]
            looked_at = _peeled(looked_at, last, len(pages), body_size)


def _peeled(
    pages: Sequence[PdfPage], last: bool, of_pages: int, body_size: float
) -> list[PdfPage]:
    """Takes the outermost line off the pages where it is furniture; those pages."""
    counts: Counter[Key] = Counter()
    heights: Counter[int] = Counter()
    outermost = [(page, page.things[-1 if last else 0]) for page in pages if page.things]
    keys = []
    for page, thing in outermost:
        its = _keys(thing, page.number)
        keys.append(its)
        counts.update(its)
        heights[its[0][1]] += 1
    enough = max(2, min(_LEAST_PAGES, of_pages // 2 + 1))
    peeled = []
    for (page, thing), its in zip(outermost, keys, strict=True):
        count = max(counts[key] for key in its)
        repeated = count >= enough and count >= _SHARE * heights[its[0][1]]
        small = thing.size <= _TALL * body_size or 2 * count > of_pages
        if (repeated and small) or _is_page_number(page, thing, last):
            del page.things[-1 if last else 0]
            peeled.append(page)
    return peeled


def _text(thing: Thing) -> str:
    if isinstance(thing, Table):
        return " ".join(cell for row in thing.rows for cell in row)
    return thing.text


def _keys(thing: Thing, page: int) -> list[Key]:
    """The thing as it is, and as it is with one of its numbers counting pages."""
    text = _text(thing)[:_LONGEST]
    height = round(thing.y)
    keys: list[Key] = [(text, height, None)]
    for match in islice(_NUMBER.finditer(text), _MOST_NUMBERS):
        start, end = match.span()
        keys.append((f"{text[:start]}#{text[end:]}", height, int(match[0]) - page))
    return keys


def _is_page_number(page: PdfPage, thing: Thing, last: bool) -> bool:
    """Whether a thing at the page's edge, set apart from the text, is a page number."""
    text = _text(thing)
    if len(text) > _LONGEST_NUMBER or not _PAGE_NUMBER.match(text.strip()):
        return False
    edge = _EDGE * (page.top - page.bottom)
    if page.bottom + edge < thing.y < page.top - edge:
        return False
    if len(page.things) == 1:
        return True
    return abs(page.things[-2 if last else 1].y - thing.y) > _SET_APART * thing.size
