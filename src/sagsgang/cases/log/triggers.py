"""The triggers that write the log, on SQLite and PostgreSQL.

They are away while tables are altered, and put in place after every migration: SQLite refuses to
drop a column that a trigger names, and forgets the triggers of a table that it makes anew. On
SQLite they ask the connection for the action that is going on: a program that cannot answer cannot
write.

A model is watched where it says `watched = True`. `secret` names columns of which the log tells
that they were changed, and not to what; `passing` those that it leaves out. An update that changes
nothing is not logged. Rows of a model that says `lasting = True` are never changed or deleted: the
triggers refuse it, as they do for the log itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.backends.utils import CursorWrapper

token: ContextVar[str | None] = ContextVar("sagsgang_log_token", default=None)
"""The action that is going on in this thread, if there is one."""

HIDDEN: Final = "***"
HIDDEN_CHANGED: Final = "*** changed"
"""What stands in the place of a secret value."""

_LOCK: Final = 0x5A650C
"""The number of the lock on PostgreSQL."""
_LOG: Final = ("cases_entry", "cases_change")

Triggers = dict[str, str]
"""Statements that make triggers, by table and name."""


def watched() -> list[type[models.Model]]:
    """The models whose rows are watched: those that say so by `watched = True`."""
    return [model for model in apps.get_models() if getattr(model, "watched", False)]


def lasting(model: type[models.Model]) -> bool:
    """Whether no row of the model may ever be changed or deleted."""
    return getattr(model, "lasting", False)


def secret(model: type[models.Model]) -> tuple[str, ...]:
    """The columns whose values the log does not tell."""
    return getattr(model, "secret", ())


def passing(model: type[models.Model]) -> tuple[str, ...]:
    """The columns that the log leaves out."""
    return getattr(model, "passing", ())


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
    with _alone(using) as cursor:
        remove(using)
        if connection.vendor == "postgresql":
            for name, body in FUNCTIONS.items():
                cursor.execute(_function(name, body))
        for statement in expected(connection, tables).values():
            cursor.execute(statement)


def remove_for_changes(plan: Sequence[object], using: str = "default", **_: Any) -> None:
    """Takes the triggers away where there are migrations to run."""
    if plan:
        remove(using)


def remove(using: str = "default", **_: Any) -> None:
    """Takes every trigger of the log away, or none: for migrations and for putting rows back."""
    connection = connections[using]
    with _alone(using) as cursor:
        for place in present(connection):
            table, _sep, name = place.partition(".")
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on_table}")


@contextmanager
def _alone(using: str) -> Iterator[CursorWrapper]:
    """A transaction in which no other program puts triggers in place or takes them away.

    On SQLite a transaction is alone from its beginning; PostgreSQL is asked for a lock.
    """
    with transaction.atomic(using), connections[using].cursor() as cursor:
        if connections[using].vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield cursor


def expected(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> Triggers:
    """The triggers as they must be, each as the statement that the database tells it by."""
    there = set(tables)
    models_there = [model for model in watched() if model._meta.db_table in there]
    if connection.vendor == "sqlite":
        made = [*_SQLITE_GUARDS, *(each for model in models_there for each in _sqlite(model))]
    else:
        made = [*_POSTGRES_GUARDS, *(each for model in models_there for each in _postgres(model))]
    return {f"{table}.{name}": statement for table, name, statement in made}


def present(connection: BaseDatabaseWrapper) -> Triggers:
    """The triggers as they are, in the form of `expected`; one that is switched off says so."""
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor])
        return {f"{table}.{name}": statement for table, name, statement in cursor.fetchall()}


def functions(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """What PostgreSQL's triggers do, as it is; `{}` on SQLite, whose triggers say it themselves."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'sagsgang\\_log%'")
        return dict(cursor.fetchall())


_PRESENT: Final = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master "
    "WHERE type = 'trigger' AND name LIKE 'log\\_%' ESCAPE '\\'",
    "postgresql": "SELECT c.relname, t.tgname, "
    "regexp_replace(pg_get_triggerdef(t.oid), ' ON \\S*?\\.(\\w+) ', ' ON \\1 ') "
    "|| CASE t.tgenabled WHEN 'O' THEN '' ELSE ' (switched off)' END "
    "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE NOT t.tgisinternal AND t.tgname LIKE 'log\\_%'",
}

_Made = Iterator[tuple[str, str, str]]
"""Table, name and statement of each trigger."""


def _sqlite(model: type[models.Model]) -> _Made:
    table = model._meta.db_table
    differs = " OR ".join(
        f'OLD."{field.column}" IS NOT NEW."{field.column}"'
        for field in model._meta.concrete_fields
        if field.column not in passing(model)
    )
    for operation, row, when in (
        ("insert", "NEW", ""),
        ("update", "NEW", f" WHEN {differs}"),
        ("delete", "OLD", ""),
    ):
        before = "NULL" if operation == "insert" else row_of(model, "OLD")
        after = "NULL" if operation == "delete" else row_of(model, "NEW", operation == "update")
        name = f"log_{table}_{operation}"
        yield (
            table,
            name,
            (
                f"CREATE TRIGGER {name} AFTER {operation.upper()} ON {table}{when} BEGIN "
                "INSERT INTO cases_change (token, table_name, row, operation, before, after) "
                f"VALUES (sagsgang_token(), '{table}', {row}.id, '{operation}', "
                f"{before}, {after}); END"
            ),
        )
    if lasting(model):
        for operation in ("update", "delete"):
            yield _refused(table, f"{table}_{operation}_refused", f"{operation.upper()} ON {table}")


def _refused(table: str, name: str, when: str) -> tuple[str, str, str]:
    """SQLite's trigger that lets no row be changed or deleted."""
    told = f"SELECT RAISE(ABORT, '{table} is append-only')"
    return table, f"log_{name}", f"CREATE TRIGGER log_{name} BEFORE {when} BEGIN {told}; END"


def row_of(model: type[models.Model], name: str, changed: bool = False) -> str:
    """SQLite's expression for a row as a JSON object, which has bytes as hexadecimal digits.

    `changed` asks whether a secret column is another than it was.
    """
    parts = []
    for field in model._meta.concrete_fields:
        column = field.column
        value = f'{name}."{column}"'
        if column in passing(model):
            continue
        if column in secret(model):
            value = f"'{HIDDEN}'"
            if changed:
                value = (
                    f'CASE WHEN OLD."{column}" IS NOT NEW."{column}" '
                    f"THEN '{HIDDEN_CHANGED}' ELSE '{HIDDEN}' END"
                )
        elif isinstance(field, models.BinaryField):
            value = f"hex({value})"
        parts.append(f"'{column}', {value}")
    return f"json_object({', '.join(parts)})"


_SEALED = "OLD.entry_id IS NOT NULL OR NEW.before IS NOT OLD.before OR NEW.after IS NOT OLD.after"
_SQLITE_GUARDS = tuple(
    _refused(table, name, when)
    for table, name, when in (
        ("cases_entry", "entry_kept", "DELETE ON cases_entry"),
        ("cases_entry", "entry_fixed", "UPDATE ON cases_entry"),
        ("cases_change", "change_kept", "DELETE ON cases_change"),
        ("cases_change", "change_fixed", f"UPDATE ON cases_change WHEN {_SEALED}"),
    )
)

FUNCTIONS: Final = {
    "sagsgang_log": f"""
DECLARE before jsonb; after jsonb; hidden text;
BEGIN
    IF TG_OP <> 'INSERT' THEN before := to_jsonb(OLD) - string_to_array(TG_ARGV[1], ','); END IF;
    IF TG_OP <> 'DELETE' THEN after := to_jsonb(NEW) - string_to_array(TG_ARGV[1], ','); END IF;
    IF before = after THEN RETURN NULL; END IF;
    FOREACH hidden IN ARRAY string_to_array(TG_ARGV[0], ',') LOOP
        after := jsonb_set(after, ARRAY[hidden], to_jsonb(
            CASE WHEN before -> hidden <> after -> hidden THEN '{HIDDEN_CHANGED}'
            ELSE '{HIDDEN}' END::text));
        before := jsonb_set(before, ARRAY[hidden], to_jsonb('{HIDDEN}'::text));
    END LOOP;
    INSERT INTO cases_change (token, table_name, row, operation, before, after) VALUES (
        NULLIF(current_setting('sagsgang.token', true), ''), TG_TABLE_NAME,
        CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END, lower(TG_OP),
        before::text, after::text);
    RETURN NULL;
END
""",
    "sagsgang_log_kept": """
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'cases_change' THEN
        IF OLD.entry_id IS NULL AND NEW.before IS NOT DISTINCT FROM OLD.before
            AND NEW.after IS NOT DISTINCT FROM OLD.after THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
""",
    # Nothing is lost where a table is emptied that has nothing in it.
    "sagsgang_log_whole": """
DECLARE filled boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', TG_TABLE_NAME) INTO filled;
    IF filled THEN
        RAISE EXCEPTION 'rows of % are taken away one by one: the log is append-only',
            TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
""",
}


def _function(name: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $body${body}$body$ "
        "LANGUAGE plpgsql"
    )


def _whole(table: str) -> tuple[str, str, str]:
    return (
        table,
        "log_whole",
        (
            f"CREATE TRIGGER log_whole BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION sagsgang_log_whole()"
        ),
    )


def _kept(table: str) -> tuple[str, str, str]:
    return (
        table,
        "log_kept",
        (
            f"CREATE TRIGGER log_kept BEFORE DELETE OR UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION sagsgang_log_kept()"
        ),
    )


_POSTGRES_GUARDS = tuple(guard for table in _LOG for guard in (_kept(table), _whole(table)))


def _postgres(model: type[models.Model]) -> _Made:
    table = model._meta.db_table
    told = f"'{','.join(secret(model))}', '{','.join(passing(model))}'"
    yield (
        table,
        "log_rows",
        (
            f"CREATE TRIGGER log_rows AFTER INSERT OR DELETE OR UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION sagsgang_log({told})"
        ),
    )
    yield _whole(table)
    if lasting(model):
        yield _kept(table)
