"""Many new rows at once, with keys that are reserved for them or that nobody asks for.

It takes a fifth of the time of Django's `bulk_create`, and an archive has millions of rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import AutoField, Model


def insert(rows: Sequence[Model]) -> None:
    """Stores new rows of one model.

    Rows without keys are not told theirs. Values are taken as they are: texts, numbers, bytes and
    dates.
    """
    if not rows:
        return
    statement, names = _statement(type(rows[0]), numbered=rows[0].pk is not None)
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[_value(row, name) for name in names] for row in rows])


def number(rows: Sequence[Model]) -> None:
    """Gives new rows of one model their keys, which nobody else gets, inside a transaction."""
    if rows:
        keys = _reserved(rows[0]._meta.db_table, len(rows))
        for key, row in zip(keys, rows, strict=True):
            row.pk = key


def _reserved(table: str, count: int) -> Iterable[int]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [key for (key,) in cursor.fetchall()]
        # SQLite keeps the last key of each table here, and only one program writes at a time.
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        if not cursor.rowcount:
            cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, count])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0]
        return range(last - count + 1, last + 1)


@cache
def _statement(model: type[Model], *, numbered: bool) -> tuple[str, list[str]]:
    """The SQL that stores a row, and the names of its values.

    Rows that are `numbered` have their keys already; the database numbers the others.
    """
    fields = [
        field
        for field in model._meta.concrete_fields
        if numbered or not isinstance(field, AutoField)
    ]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quoted(model._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES ({places})", [one.attname for one in fields]


def _value(row: Model, name: str) -> Any:
    value = getattr(row, name)
    if isinstance(value, datetime.date):
        return connection.ops.adapt_datefield_value(value)
    return value
