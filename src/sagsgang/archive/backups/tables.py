"""The tables of an archive as JSON Lines, which go into any database that Django knows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Field, Model

from ..models import Held, Publication
from .manifest import no_backup

_AT_A_TIME: Final = 500
_PLAIN: Final = (str, int, bool, float, list, dict, type(None))


def models() -> list[type[Model]]:
    """The models that the project keeps in the database, and those that belong to its accounts."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(("sagsgang.", "allauth.")) and model._meta.managed
    ]


def in_use() -> bool:
    """Whether there is anything that would be lost if all rows were replaced."""
    derived = {"archive", "bodies"}
    own = [model for model in models() if model._meta.app_label not in derived]
    return any(model._base_manager.exists() for model in (Publication, Held, *own))


def name_of(model: type[Model]) -> str:
    """What a table's file is called."""
    return f"{model._meta.label_lower}.jsonl"


def lines(model: type[Model], using: str) -> Iterator[bytes]:
    """A table's rows, each on a line."""
    fields = model._meta.concrete_fields
    rows = model._base_manager.using(using).order_by("pk").iterator(chunk_size=_AT_A_TIME)
    for row in rows:
        values = {field.attname: _plain(field, row) for field in fields}
        yield json.dumps(values).encode("ascii") + b"\n"


def _plain(field: Field, row: Model) -> Any:
    value = field.value_from_object(row)
    return value if isinstance(value, _PLAIN) else field.value_to_string(row)


def empty() -> None:
    """Takes all rows away; what points to what is looked at when the transaction ends."""
    for model in reversed(models()):
        rows = model._base_manager.all()
        rows._raw_delete(rows.db)


def read(model: type[Model], lines: Iterable[bytes]) -> None:
    """Puts a table's rows back.

    A column that the backup did not have yet gets its usual value, and one that the archive has no
    more is left out.

    Raises:
        Unusable: a line is no row of the table.
    """
    rows = (_row(model, line) for line in lines)
    while some := list(islice(rows, _AT_A_TIME)):
        model._base_manager.bulk_create(some)


def _row(model: type[Model], line: bytes) -> Model:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    try:
        values = {
            name: None if value is None else fields[name].to_python(value)
            for name, value in json.loads(line).items()
            if name in fields
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise no_backup() from error
    return model(**values)


def count_on() -> None:
    """Lets the database number new rows from after those that were put back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models()):
            cursor.execute(statement)
