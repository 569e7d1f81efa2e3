"""The routing matrix: which bodies get the case, by their codes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from ..model import RoutingMark
from .compose import plain
from .sections import Part, is_codes


def routing_of(parts: Sequence[Part]) -> tuple[list[RoutingMark], str | None]:
    """The routing matrix, and a message where its marks' columns cannot be told.

    A table gives each mark's column. Codes and marks on plain lines lost their columns, unless
    there is a mark for every code.
    """
    for part in parts:
        if part.kind == "routing":
            return _matrix(part)
    return [], None


def _matrix(part: Part) -> tuple[list[RoutingMark], str | None]:
    rows: list[tuple[str, ...]] = []
    for block in part.blocks:
        rows.extend(block.rows or (tuple(plain(block.text).split()),))
    rows = [row for row in rows if any(row)]
    codes = [cell for cell in rows[0] if cell] if rows else []
    if not is_codes(codes):
        return [], None
    header, marks = rows[0], rows[1:]
    tabular = any(block.rows for block in part.blocks)
    if tabular and marks and all(len(row) <= len(header) for row in marks):
        columns = zip_longest(header, *marks, fillvalue="")
        return [RoutingMark(code, _is_marked(cells)) for code, *cells in columns if code], None
    flat = [cell for row in marks for cell in row]
    if flat and len(flat) != len(codes):
        return [RoutingMark(code, None) for code in codes], _unclear(flat)
    return [RoutingMark(code, bool(flat)) for code in codes], None


def _is_marked(cells: Sequence[str]) -> bool:
    return any(cell.strip() for cell in cells)


def _unclear(marks: Sequence[str]) -> str:
    printed = ", ".join(marks)
    if len(marks) == 1:
        return (
            f"The routing matrix has one mark ({printed}) on a line of its own; "
            "its column cannot be told."
        )
    return (
        f"The routing matrix has {len(marks)} marks ({printed}) on a line of their own; "
        "their columns cannot be told."
    )
