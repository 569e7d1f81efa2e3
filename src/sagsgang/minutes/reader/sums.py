"""Whether the numbers of a table agree: totals, differences, percentages.

A number is wrong when it is off by more than rounding explains: half a unit of the last printed
digit, for itself and for each number that it is made of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache, partial
from itertools import chain, permutations
from typing import Final, NamedTuple

from ..danish.amounts import Number, parse_number
from ..model import Table
from .vocabulary import Vocabulary

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_FIGURES: Final = re.compile(r"[\d.,+ -]*")
"""What is neither a percentage nor the name of a column."""
_MIN_ADDENDS: Final = 2
_MOST_ADDENDS: Final = 400
"""Longer tables are lists of transactions or of rows that are no addends."""
_HALF: Final = Decimal("0.5")
# A column is made of others if three of its rows are, and not more than two are not.
_MIN_FITTING: Final = 3
_MOST_WRONG: Final = 2
_FIRST_MADE: Final = 2
"""It stands after a column of labels and another of numbers."""
_MOST_MADE: Final = 4
_NEAR: Final = 5
"""Columns before it that a column of differences may be made of."""
_NEAR_RATIO: Final = 4

Rows = Sequence[Sequence[str]]
Numbers = Sequence[Number | None]


class _Made(NamedTuple):
    """What a number should be, and how far it may be off for rounding."""

    value: Decimal
    slack: Decimal

    def agrees(self, number: Number) -> bool:
        return abs(self.value - number.value) <= self.slack + _half(number)


class _Wrong(NamedTuple):
    """Where a number is off, and what it should be."""

    row: int
    column: int
    made: _Made


def _half(number: Number) -> Decimal:
    """Half a unit of the last printed digit."""
    return _half_unit(number.scale, number.decimals)


@cache
def _half_unit(scale: int, decimals: int) -> Decimal:
    return Decimal(scale).scaleb(-decimals) * _HALF


_Rule = Callable[[Numbers], _Made | None]


def wrong_totals(table: Table, vocabulary: Vocabulary) -> list[str]:
    """What does not add up in a table: one message for each number that is off.

    A total is a row or column so named, after its addends; rows that repeat a part of a total
    ("Heraf …") are no addends. A column so named holds the differences of two others, and a
    column of percentages the ratios of two others, if nearly all its rows do: then the rest is
    wrong.
    """
    rows = table.rows
    heading = cache(partial(_heading, rows))
    wrong = chain(_wrong_rows(rows, vocabulary), _wrong_columns(rows, vocabulary))
    return [_message(one, rows[one.row], heading(one.column)) for one in wrong]


# --- rows that are totals ----------------------------------------------------------------------


class _Addends:
    """Numbers, added up one by one."""

    __slots__ = ("count", "ended", "largest", "scales", "slack", "value")

    def __init__(self) -> None:
        self.value = self.slack = self.largest = Decimal(0)
        self.count = 0
        self.scales: set[int] = set()
        self.ended = False
        """Words stand below the numbers: there is nothing to add."""

    def add(self, number: Number) -> None:
        """Adds a number."""
        self.value += number.value
        self.slack += _half(number)
        self.largest = max(self.largest, abs(number.value))
        self.count += 1
        self.scales.add(number.scale)

    def add_cell(self, cell: str) -> None:
        """Adds the number in a cell of a column; a percentage or a year is none."""
        number = parse_number(cell)
        if number is not None and not number.percent and not _YEAR.fullmatch(cell.strip()):
            self.add(number)
        elif self.count and cell.strip(" -–"):
            self.ended = True

    def made(self, total: Number) -> _Made | None:
        """Their sum, if they are what `total` is a sum of."""
        if self.ended or self.count < _MIN_ADDENDS:
            return None
        if total.percent or self.scales != {total.scale}:
            return None
        largest = max(self.largest, abs(total.value))
        if not largest or abs(self.value - total.value) > largest * _HALF:
            return None  # A mean or an index is no sum.
        return _Made(self.value, self.slack)


class _Above:
    """The rows above a total, from `start` on: what their columns add up to."""

    __slots__ = ("columns", "read", "start")

    def __init__(self, start: int) -> None:
        self.start = self.read = start
        self.columns: defaultdict[int, _Addends] = defaultdict(_Addends)

    def read_to(self, index: int, rows: Rows, vocabulary: Vocabulary) -> None:
        """Adds up the rows that have not been, up to the one at `index`."""
        for row in rows[self.read : index]:
            if row and not _is_part(row[0], vocabulary):
                for column, cell in enumerate(row[1:], 1):
                    self.columns[column].add_cell(cell)
        self.read = index


def _wrong_rows(rows: Rows, vocabulary: Vocabulary) -> Iterator[_Wrong]:
    above = _Above(0)
    for index, row in enumerate(rows):
        label = row[0] if row else ""
        if not _is_total(label, vocabulary) or _is_part(label, vocabulary):
            continue
        if index - above.start > _MOST_ADDENDS:
            above = _Above(index)
        above.read_to(index, rows, vocabulary)
        added = False
        for column in range(1, len(row)):
            total = parse_number(row[column])
            made = above.columns[column].made(total) if total else None
            if total and made:
                added = True
                if not made.agrees(total):
                    yield _Wrong(index, column, made)
        if added:
            above = _Above(index + 1)


def _is_total(label: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.phrases["tables.totals"].find(label) is not None


def _is_part(label: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.phrases["tables.parts"].opening(label.strip(" -–")) is not None


# --- columns that are made of others -----------------------------------------------------------


def _wrong_columns(rows: Rows, vocabulary: Vocabulary) -> Iterator[_Wrong]:
    if len(rows) <= _MIN_FITTING or len(rows[0]) <= _FIRST_MADE:
        return
    numbers: Sequence[Numbers] = ()
    checked = 0
    for column in range(_FIRST_MADE, len(rows[0])):
        rules = _rules(rows, column, vocabulary)
        if rules and checked < _MOST_MADE:
            checked += 1
            numbers = numbers or [[parse_number(cell) for cell in row] for row in rows]
            for index, made in _misfits(numbers, column, rules):
                yield _Wrong(index, column, made)


def _rules(rows: Rows, column: int, vocabulary: Vocabulary) -> list[_Rule]:
    """The rules that a column may follow, by its name and by what it holds."""
    near = range(max(1, column - _NEAR), column)
    cells = [row[column] for row in rows if column < len(row)]
    worded = [cell for cell in cells if not _FIGURES.fullmatch(cell)]
    numbers = [(cell, parse_number(cell)) for cell in worded]
    if sum(number is not None and number.percent for _, number in numbers) >= _MIN_FITTING:
        pairs = list(permutations(near[-_NEAR_RATIO:], 2))
        return [rule(a, b) for rule in (_ratio, _growth) for a, b in pairs]
    names = [cell for cell, number in numbers if number is None]
    if any(vocabulary.phrases["tables.differences"].fit(name.strip()) for name in names):
        return [_difference(a, b) for a, b in permutations(near, 2)]
    if any(_is_total(name, vocabulary) for name in names):
        return [_row_sum(column)]
    return []


def _misfits(
    numbers: Sequence[Numbers], column: int, rules: Sequence[_Rule]
) -> list[tuple[int, _Made]]:
    """The rows of a column that do not follow the rule that nearly all its rows follow."""
    best: list[tuple[int, _Made]] | None = None
    for rule in rules:
        wrong: list[tuple[int, _Made]] = []
        fitting = 0
        for index, row in enumerate(numbers):
            number = row[column] if column < len(row) else None
            made = rule(row) if number else None
            if number and made:
                fits = made.agrees(number)
                fitting += fits
                if not fits:
                    wrong.append((index, made))
            if len(wrong) > _MOST_WRONG:
                break
        if fitting >= max(_MIN_FITTING, 2 * len(wrong)) and len(wrong) <= _MOST_WRONG:
            best = wrong if best is None or len(wrong) < len(best) else best
            if not best:
                break
    return best or []


def _pair(row: Numbers, a: int, b: int) -> tuple[Number, Number] | None:
    if len(row) <= max(a, b):
        return None
    one, other = row[a], row[b]
    if one is None or other is None or one.percent or other.percent or one.scale != other.scale:
        return None
    return one, other


def _difference(a: int, b: int) -> _Rule:
    def made(row: Numbers) -> _Made | None:
        pair = _pair(row, a, b)
        if pair is None:
            return None
        return _Made(pair[0].value - pair[1].value, _half(pair[0]) + _half(pair[1]))

    return made


def _ratio(a: int, b: int) -> _Rule:
    """A column that is another in percent of a third."""

    def made(row: Numbers) -> _Made | None:
        pair = _pair(row, a, b)
        return _percent(*pair) if pair else None

    return made


def _growth(a: int, b: int) -> _Rule:
    """A column that says by how many percent one is larger than another."""

    def made(row: Numbers) -> _Made | None:
        pair = _pair(row, a, b)
        ratio = _percent(*pair) if pair else None
        return _Made(ratio.value - 100, ratio.slack) if ratio else None

    return made


def _percent(one: Number, other: Number) -> _Made | None:
    if not other.value:
        return None
    value = 100 * one.value / other.value
    return _Made(value, (100 * _half(one) + abs(value) * _half(other)) / abs(other.value))


def _row_sum(column: int) -> _Rule:
    """A column that is the sum of all before it."""

    def made(row: Numbers) -> _Made | None:
        total = row[column]
        addends = _Addends()
        for number in row[1:column]:
            if number and not number.percent:
                addends.add(number)
        return addends.made(total) if total else None

    return made


# --- messages ------------------------------------------------------------------------------------


def _message(wrong: _Wrong, row: Sequence[str], heading: str) -> str:
    return (
        f'Row "{row[0]}", column "{heading}": '
        f"the numbers give {_danish(wrong.made.value)}, printed is {row[wrong.column]}."
    )


def _heading(rows: Rows, column: int) -> str:
    """A column's first words, or its place."""
    cells = (row[column].strip() for row in rows if column < len(row))
    named = (cell for cell in cells if parse_number(cell) is None or _YEAR.fullmatch(cell))
    return next(filter(None, named), str(column + 1))


def _danish(value: Decimal) -> str:
    text = f"{value:,.12f}".rstrip("0").rstrip(".")
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")
