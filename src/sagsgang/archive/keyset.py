"""Long lists in pieces, each beginning after the last row of the one before.

Rows that come or go in between move nothing, and the last piece costs no more than the first.
What a piece ends with travels as a signed cursor: nobody can make one up.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


class BadCursor(Exception):
    """A cursor that the list has not given."""


@dataclass(frozen=True, slots=True)
class Piece(Generic[Row]):
    """Some rows in order, and the cursor of those that follow (`None` after the last)."""

    rows: list[Row]
    next: str | None


class Keyset:
    """An order of rows that is total: its fields tell any two of them apart.

    Fields are written as in `order_by`. None of them may be null.
    """

    def __init__(self, *fields: str) -> None:
        self.fields = fields
        self._names = [field.removeprefix("-") for field in fields]
        self._salt = "keyset " + " ".join(fields)

    def piece(self, rows: QuerySet[Row], cursor: str | None, size: int) -> Piece[Row]:
        """The first `size` of the rows after the cursor, or of all of them without one.

        Raises:
            BadCursor: the cursor is none that this order has given.
        """
        if cursor:
            rows = rows.filter(self._after(self._read(cursor)))
        found = list(rows.order_by(*self.fields)[: size + 1])
        more = len(found) > size
        return Piece(found[:size], self.cursor(found[size - 1]) if more else None)

    def cursor(self, row: Row) -> str:
        """The cursor of what comes after a row."""
        return signing.dumps([_plain(_value(row, name)) for name in self._names], salt=self._salt)

    def _read(self, cursor: str) -> list[Any]:
        try:
            return list(signing.loads(cursor, salt=self._salt))
        except signing.BadSignature as error:
            raise BadCursor from error

    def _after(self, values: list[Any]) -> Q:
        """Rows that come after one with these values."""
        condition: Q | None = None
        for field, name, value in reversed(
            list(zip(self.fields, self._names, values, strict=True))
        ):
            beyond = Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": value})
            condition = beyond | Q(**{name: value}) & condition if condition else beyond
        # Said once more for the first field alone, so that the database can use its index.
        first = "lte" if self.fields[0].startswith("-") else "gte"
        return Q(**{f"{self._names[0]}__{first}": values[0]}) & condition


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
