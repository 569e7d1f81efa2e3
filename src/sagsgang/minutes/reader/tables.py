"""The tables of an item, and whether they add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from ..blocks import TABLE, TEXT, Block
from ..danish.amounts import Number, parse_number
from ..model import Table
from .compose import plain
from .sections import Part

_CAPTION: Final = re.compile(r"(?:Tabel|TABEL|Skema|Figur)\s*\d*[.:]?(?:\s.{0,160})?")
_TOTAL: Final = re.compile(r"(?:\bi alt|\btotal|\bsum\b|\bsamlet\b|\bialt\b)", re.IGNORECASE)
_PART_OF: Final = re.compile(r"^\s*(?:heraf|herunder|deraf|-\s*heraf)\b", re.IGNORECASE)
_DIFFERENCE: Final = re.compile(r"^(?:difference|afvigelse|forskel)$", re.IGNORECASE)
_MIN_ADDENDS: Final = 2


def tables_of(parts: Sequence[Part]) -> list[Table]:
    """The item's tables in order; a routing matrix is not a table."""
    found: list[Table] = []
    for part in parts:
        if part.kind == "routing":
            continue
        before: Block | None = None
        for block in part.blocks:
            if block.kind == TABLE and block.rows:
                found.append(
                    Table(
                        tuple(tuple(plain(cell) for cell in row) for row in block.rows),
                        _caption(before),
                    )
                )
            before = block
    return found


def _caption(block: Block | None) -> str | None:
    """The line before a table, where it is printed as a caption (`Tabel 1`)."""
    if block is None or block.kind != TEXT:
        return None
    text = plain(block.text)
    return text.rstrip(":") if len(text) < 170 and _CAPTION.fullmatch(text) else None


def wrong_totals(table: Table) -> list[str]:
    """What does not add up in a table: one message for each sum that is off.

    A total is a row so named whose column's addends stand above it. A sum may be off by half a
    unit of the last printed digit for each addend and for the total.
    """
    messages: list[str] = []
    rows = table.rows
    start = 0
    for index, row in enumerate(rows):
        label = row[0] if row else ""
        if not _TOTAL.search(label) or _PART_OF.match(label):
            continue
        addends = [r for r in rows[start:index] if not _PART_OF.match(r[0] if r else "")]
        checked = False
        for column in range(1, len(row)):
            message = _column(table, addends, row, column)
            if message is not None:
                checked = True
                if message:
                    messages.append(message)
        if checked:
            start = index + 1
    return messages


def _column(
    table: Table, addends: Sequence[tuple[str, ...]], row: tuple[str, ...], column: int
) -> str | None:
    """`None`: nothing to add; empty: it adds up; otherwise what is wrong."""
    total = parse_number(row[column])
    if total is None or total.percent:
        return None
    numbers: list[Number] = []
    for addend in addends:
        cell = addend[column] if column < len(addend) else ""
        number = parse_number(cell)
        if number is None:
            if cell.strip(" -–") and numbers:
                return None
            continue
        if number.percent or _is_year(cell):
            if numbers:
                return None
            continue
        numbers.append(number)
    if len(numbers) < _MIN_ADDENDS or not _plausible(numbers, total):
        return None
    scale = max([total.scale, *(number.scale for number in numbers)])
    unit = min([total.scale, *(number.scale for number in numbers)])
    if scale != unit:
        return None
    allowed = sum((_half(number) for number in numbers), _half(total))
    off = abs(sum((number.value for number in numbers), Decimal(0)) - total.value)
    if off <= allowed:
        return ""
    heading = next(
        (
            r[column]
            for r in table.rows
            if column < len(r) and parse_number(r[column]) is None and r[column].strip()
        ),
        "",
    )
    printed = sum((number.value for number in numbers), Decimal(0))
    return f'Row "{row[0]}", column "{heading or column + 1}": the parts sum to {_danish(printed)}, printed is {row[column]}.'


def _half(number: Number) -> Decimal:
    return number.scale * Decimal(1).scaleb(-number.decimals) / 2


def _is_year(cell: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", cell.strip()) is not None


def _plausible(numbers: Sequence[Number], total: Number) -> bool:
    """Whether the row can be the sum of the rows: a mean or an index is not."""
    sizes = [abs(number.value) for number in numbers]
    added = sum((number.value for number in numbers), Decimal(0))
    if not total.value and not added:
        return False
    largest = max(sizes)
    return abs(added - total.value) <= max(largest, abs(total.value)) * Decimal("0.5")


def _danish(value: Decimal) -> str:
    text = f"{value:,f}".replace(",", "\0").replace(".", ",").replace("\0", ".")
    return text
