"""Running headers and footers: what stands at the same place on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
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
    """Takes headers, footers and page numbers out of `pages`."""
    stacks = [(page, last, _stack(page, last)) for page in pages for last in (False, True)]
    counts: Counter[Key] = Counter()
    heights: Counter[int] = Counter()
    for page, _, stack in stacks:
        for thing in stack:
            counts.update(set(_keys(thing, page.number)))
            heights[round(thing.y)] += 1
    enough = max(2, min(_LEAST_PAGES, len(pages) // 2 + 1))

    def is_repeated(thing: Thing, page: PdfPage) -> bool:
        count = max((counts[key] for key in _keys(thing, page.number)), default=0)
        if count < enough or count < _SHARE * heights[round(thing.y)]:
            return False
        return thing.size <= _TALL * body_size or 2 * count > len(pages)

    for page, last, stack in stacks:
        count = 0
        while count < len(stack) and is_repeated(stack[count], page):
            count += 1
        if count < len(stack) and _is_page_number(page, stack, count):
            count += 1
        if count:
            del page.things[-count if last else 0 : None if last else count]


def _stack(page: PdfPage, last: bool) -> list[Thing]:
    """The outermost lines at the bottom or the top of a page, the outermost first."""
    things = page.things
    if last:
        # A page with few lines counts them once, from the top.
        few = max(0, len(things) - _DEEPEST)
        return things[:-_DEEPEST - 1 : -1][:few]
    return things[:_DEEPEST]


def _text(thing: Thing) -> str:
    if isinstance(thing, Table):
        return " ".join(cell for row in thing.rows for cell in row)
    return thing.text


def _keys(thing: Thing, page: int) -> Iterator[Key]:
    """The thing as it is, and as it is with one of its numbers counting pages."""
    text = " ".join(_text(thing)[:_LONGEST].split())
    height = round(thing.y)
    yield text, height, None
    for number, match in enumerate(_NUMBER.finditer(text)):
        if number == _MOST_NUMBERS:
            return
        yield text[: match.start()] + "#" + text[match.end() :], height, int(match[0]) - page


def _is_page_number(page: PdfPage, stack: list[Thing], at: int) -> bool:
    """Whether a thing at the page's edge, set apart from the text, is a page number."""
    thing = stack[at]
    text = _text(thing)
    if len(text) > 24 or not _PAGE_NUMBER.match(text.strip()):
        return False
    edge = _EDGE * (page.top - page.bottom)
    if page.bottom + edge < thing.y < page.top - edge:
        return False
    if at + 1 == len(stack):
        return True
    return abs(stack[at + 1].y - thing.y) > _SET_APART * thing.size
