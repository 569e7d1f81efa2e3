"""The tables of an item, as printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..blocks import PAGE, TABLE, TEXT, Block
from ..model import Table
from .compose import plain
from .sections import Part
from .vocabulary import Vocabulary

_LONGEST_CAPTION: Final = 170


def tables_of(parts: Sequence[Part], vocabulary: Vocabulary) -> list[Table]:
    """The item's tables in order; a routing matrix is not a table."""
    found: list[Table] = []
    for part in parts:
        before: Block | None = None
        for block in part.blocks if part.kind != "routing" else ():
            if block.kind == TABLE and block.rows:
                rows = tuple(tuple(map(plain, row)) for row in block.rows)
                found.append(Table(rows, caption=_caption(before, vocabulary)))
            if block.kind != PAGE:
                before = block
    return found


def _caption(block: Block | None, vocabulary: Vocabulary) -> str | None:
    """The line before a table, where it is printed as a caption (`Tabel 1`)."""
    if block is None or block.kind != TEXT or len(block.text) > _LONGEST_CAPTION:
        return None
    text = plain(block.text)
    return text.rstrip(":") if vocabulary.phrases["tables.captions"].fit(text) else None
