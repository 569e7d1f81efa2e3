"""Lines that lost the break between the contents and the first item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from ..blocks import ITEM, TEXT, Block
from .vocabulary import Vocabulary

_NUMBER: Final = r"[a-zæøå)](?P<number>\d{1,4}\. ?[A-ZÆØÅ][a-zæøå])"
_NEAR_TOP: Final = 60
_LONG: Final = 260
_SHORT: Final = 60
_OPENING: Final = 24
_SHORTEST_OPENING: Final = 12
_NOT_AT_START: Final = 3


def unglued(blocks: Sequence[Block], vocabulary: Vocabulary) -> Sequence[Block]:
    """The blocks, with the last line of the contents parted from the first item's.

    Where the break is lost there, it is also lost between an item's last label and the next
    item; so those are parted too.
    """
    pattern = _pattern(vocabulary)
    opening = None
    for place, block in enumerate(blocks[:_NEAR_TOP]):
        if block.kind not in (TEXT, ITEM):
            continue
        cut = _cut(block, opening, pattern)
        if cut > _NOT_AT_START:
            rest = blocks[place + 1 :]
            return [*blocks[:place], *_parted(block, cut), *_parted_labels(rest, pattern)]
        if opening is None and _is_entry(block):
            opening = f"{block.marker} {block.text[:_OPENING]}"
    return blocks


def _is_entry(block: Block) -> bool:
    """Whether a numbered line is long enough to be known again."""
    return block.kind == ITEM and block.marker[0].isdigit() and len(block.text) > _SHORTEST_OPENING


def _cut(block: Block, opening: str | None, pattern: re.Pattern[str]) -> int:
    """Where the first item begins inside a line, or -1: its words are the contents' first."""
    if opening is not None:
        place = block.text.find(opening, _NOT_AT_START + 1)
        if place >= 0:
            return place
    match = pattern.search(block.text) if len(block.text) < _LONG else None
    return match.start(match.lastgroup or 0) if match else -1


@lru_cache(maxsize=8)
def _pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """`Meddelelser57. Godkendelse …`, and a heading of the contents before their first line."""
    headings = "|".join(
        re.escape(word.capitalize())
        for word, part in vocabulary.document.items()
        if part == "contents" and word.isalpha() and len(word) > 8
    )
    return re.compile(rf"{_NUMBER}|^(?:{headings or '(?!)'})(?P<after>[A-ZÆØÅ\d])")


def _parted(block: Block, cut: int) -> Iterator[Block]:
    text = block.text
    yield block._replace(text=text[:cut], end=block.start + cut)
    yield block._replace(
        kind=TEXT, marker="", text=text[cut:].strip(), start=block.start + cut, strong=False
    )


def _parted_labels(blocks: Sequence[Block], pattern: re.Pattern[str]) -> Iterator[Block]:
    for block in blocks:
        match = pattern.search(block.text, 0, _SHORT) if block.kind == TEXT else None
        if match is None or match.lastgroup != "number":
            yield block
        else:
            yield from _parted(block, match.start("number"))
