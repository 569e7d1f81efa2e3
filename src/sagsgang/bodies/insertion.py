"""Many new rows at once, with keys that are reserved for them or that nobody asks for.

It takes a fifth of the time of Django's `bulk_create`, and an archive has millions of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from operator import attrgetter
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import (
    AutoField,
    BooleanField,
    CharField,
    DateField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)

_PLAIN: Final = (BooleanField, CharField, ForeignKey, IntegerField, TextField)
"""Fields whose values every database takes as they are."""
_RESERVED: Final = "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq"


def insert(model: type[Model], rows: Sequence[Any]) -> None:
    """Stores new rows of a model: instances, or anything that has its columns as attributes.

    Rows without keys are not told theirs.
    """
    if not rows:
        return
    columns = _columns(model, numbered=getattr(rows[0], "id", None) is not None)
    values = map(columns.values, rows)
    if columns.others:
        values = map(columns.prepared, values)
    with connection.cursor() as cursor:
        cursor.executemany(columns.statement, list(values))


def number(rows: Sequence[Model]) -> None:
    """Gives new rows of one model their keys, which nobody else gets, inside a transaction."""
    if rows:
        for key, row in zip(reserved(type(rows[0]), len(rows)), rows, strict=True):
            row.pk = key


def reserved(model: type[Model], count: int) -> Iterable[int]:
    """That many keys for rows of a model, which nobody else gets, inside a transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [key for (key,) in cursor.fetchall()]
        # SQLite keeps the last key of each table here, and only one program writes at a time.
        cursor.execute(_RESERVED, [count, table])
        known = cursor.fetchone()
        if known is None:
            cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, count])
        last = known[0] if known else count
        return range(last - count + 1, last + 1)


class _Columns(NamedTuple):
    """The SQL that stores a row, how its values are had, and the fields that prepare some."""

    statement: str
    values: Callable[[Any], tuple[Any, ...]]
    others: dict[int, Callable[[Any], Any]]

    def prepared(self, values: tuple[Any, ...]) -> list[Any]:
        """The values as the database takes them."""
        given = list(values)
        for place, prepare in self.others.items():
            given[place] = prepare(given[place])
        return given


@cache
def _columns(model: type[Model], *, numbered: bool) -> _Columns:
    """The columns of a model's rows, which have their keys already where they are `numbered`."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if numbered or not isinstance(field, AutoField)
    ]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return _Columns(
        f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({places})",
        attrgetter(*(field.attname for field in fields)),
        {
            place: _preparing(field)
            for place, field in enumerate(fields)
            if not isinstance(field, _PLAIN)
        },
    )


def _preparing(field: Field) -> Callable[[Any], Any]:
    """What makes of a field's value the one that the database takes."""
    if type(field) is DateField:
        return connection.ops.adapt_datefield_value
    return partial(field.get_db_prep_save, connection=connection)
