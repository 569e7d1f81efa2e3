"""Lines that lost the break between the contents and the first item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from ..blocks import ITEM, TEXT, Block
from .vocabulary import Vocabulary

# The pattern begins with a figure, which the engine finds without trying every letter.
_NUMBER: Final = re.compile(r"\d(?<=[a-zæøå)]\d)\d{0,3}\. ?[A-ZÆØÅ][a-zæøå]")
_NEAR_TOP: Final = 60
_LONG: Final = 260
_SHORT: Final = 60
_OPENING: Final = 24
_SHORTEST_OPENING: Final = 12
_SHORTEST_HEADING: Final = 9
_NOT_AT_START: Final = 3


def unglued(blocks: Sequence[Block], vocabulary: Vocabulary) -> Sequence[Block]:
    """The blocks, with the last line of the contents parted from the first item's.

    Where the break is lost there, it is also lost between an item's last label and the next
    item; so those are parted too.
    """
    headings = _headings(vocabulary)
    opening = None
    for place, block in enumerate(blocks[:_NEAR_TOP]):
        if block.kind not in (TEXT, ITEM):
            continue
        cut = _cut(block.text, opening, headings)
        if cut > _NOT_AT_START:
            return [
                *blocks[:place],
                *_parted(block, cut),
                *_parted_labels(blocks[place + 1 :]),
            ]
        if opening is None and _is_entry(block):
            opening = f"{block.marker} {block.text[:_OPENING]}"
    return blocks


def _is_entry(block: Block) -> bool:
    """Whether a numbered line is long enough to be known again."""
    return block.kind == ITEM and block.marker[0].isdigit() and len(block.text) > _SHORTEST_OPENING


def _cut(text: str, opening: str | None, headings: tuple[str, ...]) -> int:
    """Where the first item begins inside a line, or -1: its words are the contents' first.

    Else where the contents begin after their heading, or where a number stands after a letter.
    """
    if opening is not None:
        place = text.find(opening, _NOT_AT_START + 1)
        if place >= 0:
            return place
    if len(text) >= _LONG:
        return -1
    if text.startswith(headings):
        size = max(len(heading) for heading in headings if text.startswith(heading))
        if text[size : size + 1].isupper() or text[size : size + 1].isdigit():
            return size
    match = _NUMBER.search(text)
    return match.start() if match else -1


@lru_cache(maxsize=8)
def _headings(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The headings of the contents that are one long word."""
    return tuple(
        word.capitalize()
        for word, part in vocabulary.document.items()
        if part == "contents" and word.isalpha() and len(word) >= _SHORTEST_HEADING
    )


def _parted(block: Block, cut: int) -> Iterator[Block]:
    text = block.text
    yield block._replace(text=text[:cut], end=block.start + cut)
    yield block._replace(
        kind=TEXT, marker="", text=text[cut:].strip(), start=block.start + cut, strong=False
    )


def _parted_labels(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        match = _NUMBER.search(block.text, 0, _SHORT) if block.kind == TEXT else None
        if match is None:
            yield block
        else:
            yield from _parted(block, match.start())
