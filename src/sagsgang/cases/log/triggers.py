"""The triggers that write the log, on SQLite and PostgreSQL.

They are put in place after every migration, for SQLite makes a table anew when it is altered and
forgets its triggers. On SQLite they ask the connection for the action that is going on: a program
that cannot answer cannot write.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

token: ContextVar[str | None] = ContextVar("sagsgang_log_token", default=None)
"""The action that is going on in this thread, if there is one."""

_LOG = ("cases_entry", "cases_change")


def watched() -> list[type[models.Model]]:
    """The models whose rows are watched: those that say so by `watched = True`."""
    return [model for model in apps.get_models() if getattr(model, "watched", False)]


def connect() -> None:
    """Lets new connections to SQLite answer which action is going on."""
    connection_created.connect(_answer, dispatch_uid="sagsgang-log")


def _answer(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("sagsgang_token", 0, token.get)


def install(using: str = "default", **_: Any) -> None:
    """Puts every trigger in place, anew where it was there."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if not tables.issuperset(_LOG):
        return
    with connection.cursor() as cursor:
        for statement in _statements(connection, tables):
            cursor.execute(statement)


def _statements(connection: BaseDatabaseWrapper, tables: set[str]) -> Iterable[str]:
    models_there = [model for model in watched() if model._meta.db_table in tables]
    if connection.vendor == "sqlite":
        for model in models_there:
            yield from _sqlite(model)
        yield from _SQLITE_GUARDS
    else:
        yield from _POSTGRES
        for model in models_there:
            yield from _postgres(model._meta.db_table)


def _sqlite(model: type[models.Model]) -> Iterable[str]:
    table = model._meta.db_table
    rows = {name: _row_of(model, name) for name in ("OLD", "NEW")}
    for operation, before, after, row in (
        ("insert", "NULL", rows["NEW"], "NEW"),
        ("update", rows["OLD"], rows["NEW"], "NEW"),
        ("delete", rows["OLD"], "NULL", "OLD"),
    ):
        name = f"log_{table}_{operation}"
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield (
            f"CREATE TRIGGER {name} AFTER {operation.upper()} ON {table} BEGIN "
            "INSERT INTO cases_change (token, table_name, row, operation, before, after) "
            f"VALUES (sagsgang_token(), '{table}', {row}.id, '{operation}', {before}, {after}); END"
        )


def _row_of(model: type[models.Model], name: str) -> str:
    """A row as a JSON object; bytes as hexadecimal digits, which JSON can hold."""
    parts = []
    for field in model._meta.concrete_fields:
        value = f'{name}."{field.column}"'
        if isinstance(field, models.BinaryField):
            value = f"hex({value})"
        parts.append(f"'{field.column}', {value}")
    return f"json_object({', '.join(parts)})"


_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
_SEALED = "OLD.entry_id IS NOT NULL OR NEW.before IS NOT OLD.before OR NEW.after IS NOT OLD.after"
_SQLITE_GUARDS = tuple(
    statement
    for name, when in (
        ("entry_kept", "BEFORE DELETE ON cases_entry"),
        ("entry_fixed", "BEFORE UPDATE ON cases_entry"),
        ("change_kept", "BEFORE DELETE ON cases_change"),
        ("change_fixed", f"BEFORE UPDATE ON cases_change WHEN {_SEALED}"),
    )
    for statement in (
        f"DROP TRIGGER IF EXISTS log_{name}",
        f"CREATE TRIGGER log_{name} {when} {_REFUSE}",
    )
)

_KEPT = "FOR EACH ROW EXECUTE FUNCTION sagsgang_log_kept()"
_POSTGRES = (
    """CREATE OR REPLACE FUNCTION sagsgang_log() RETURNS trigger AS $$ BEGIN
    INSERT INTO cases_change (token, table_name, row, operation, before, after) VALUES (
        NULLIF(current_setting('sagsgang.token', true), ''), TG_TABLE_NAME,
        CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END, lower(TG_OP),
        CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD)::text END,
        CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW)::text END);
    RETURN NULL; END $$ LANGUAGE plpgsql""",
    """CREATE OR REPLACE FUNCTION sagsgang_log_kept() RETURNS trigger AS $$ BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'cases_change' THEN
        IF OLD.entry_id IS NULL AND NEW.before IS NOT DISTINCT FROM OLD.before
            AND NEW.after IS NOT DISTINCT FROM OLD.after THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'the log is append-only'; END $$ LANGUAGE plpgsql""",
    *(
        statement
        for table in _LOG
        for statement in (
            f"DROP TRIGGER IF EXISTS log_kept ON {table}",
            f"CREATE TRIGGER log_kept BEFORE UPDATE OR DELETE ON {table} {_KEPT}",
        )
    ),
)


def _postgres(table: str) -> Iterable[str]:
    yield f"DROP TRIGGER IF EXISTS log_rows ON {table}"
    yield (
        f"CREATE TRIGGER log_rows AFTER INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION sagsgang_log()"
    )
