"""Whether the watched rows are what the log last said of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db import connection, models
from django.utils.dateparse import parse_datetime

from . import triggers

Row = dict[str, Any]


def faults_of_rows() -> Iterator[str]:
    """The places of the rows that the log does not know as they are, or that are gone."""
    for model in triggers.watched():
        table = model._meta.db_table
        for key, now, logged in _rows(model):
            if logged is None or not _same(model, json.loads(now), json.loads(logged)):
                yield f"{table}:{key}"
        for key in _gone(table):
            yield f"{table}:{key}"


_LAST = "(SELECT max(id) FROM cases_change WHERE table_name = %s AND row = {row})"


def _rows(model: type[models.Model]) -> Iterator[tuple[int, str, str | None]]:
    """Key of each row, itself as JSON, and what the log last said of it, if it did."""
    table = model._meta.db_table
    written = (
        triggers.row_of(model, "t")
        if connection.vendor == "sqlite"
        else "(to_jsonb(t) - %s::text[])::text"
    )
    given = [] if connection.vendor == "sqlite" else [list(triggers.passing(model))]
    question = (
        f"SELECT t.id, {written}, c.after FROM {table} t "
        f"LEFT JOIN cases_change c ON c.id = {_LAST.format(row='t.id')} ORDER BY t.id"
    )
    yield from _answers(question, [*given, table])


def _gone(table: str) -> Iterator[int]:
    """The keys of the rows that the log knows of, and that are not there."""
    question = (
        "SELECT c.row FROM cases_change c WHERE c.table_name = %s AND c.operation <> 'delete' "
        f"AND c.id = {_LAST.format(row='c.row')} "
        f"AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = c.row) ORDER BY c.row"
    )
    for (key,) in _answers(question, [table, table]):
        yield key


def _answers(question: str, given: list[Any]) -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        while some := cursor.fetchmany(500):
            yield from some


def _same(model: type[models.Model], now: Row, logged: Row) -> bool:
    """Whether two forms of a row say the same.

    What a secret column holds is not in the log; a column that is younger than what the log last
    said is not either.
    """
    return all(
        _value(field, now[field.column]) == _value(field, logged[field.column])
        for field in model._meta.concrete_fields
        if field.column in logged and field.column not in triggers.secret(model)
    )


def _value(field: models.Field, value: Any) -> Any:
    """A value in one form, for a log may have been written by another database than it is in."""
    if isinstance(field, models.BooleanField) and value is not None:
        return bool(value)
    if isinstance(field, models.DateTimeField) and isinstance(value, str):
        moment = parse_datetime(value)
        return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
    if isinstance(field, models.JSONField) and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
