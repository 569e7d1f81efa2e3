"""The database: which one, how SQLite is tuned, and how it is brought up to date."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any, Final

from .folder import DATABASE

_SQLITE: Final[dict[str, Any]] = {
    # Writers wait for one another instead of failing, and readers never wait for a writer.
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
        "PRAGMA mmap_size=268435456;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
        # An import writes the same pages again and again: they go to the file less often.
        "PRAGMA wal_autocheckpoint=4000;PRAGMA journal_size_limit=33554432;"
    ),
}

_LOCK: Final = "update.lock"
_PATIENCE: Final = 10.0
"""Seconds."""


def database_of(folder: Path) -> dict[str, Any]:
    """Django's settings of the database: `DATABASE_URL`, or one SQLite file in the data folder."""
    url = os.environ.get("DATABASE_URL")
    if url:
        import dj_database_url

        return dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / DATABASE,
        "OPTIONS": _SQLITE,
        "CONN_MAX_AGE": 60,
    }


def bring_up_to_date() -> None:
    """Runs the migrations that have not been run yet; nothing happens where there are none.

    Where that was cut short before the log's triggers were back, they are put in place. What older
    versions did not keep of meetings is kept.

    Of programs that begin at the same time one does it, and the others wait: the log's triggers
    are away meanwhile. On machines that do not share the data folder each migration is carried out
    by one of them, and the others go on from there.
    """
    from django.db import connection

    from sagsgang.cases.log import triggers
    from sagsgang.meetings import older

    if _migrations_left():
        from django.conf import settings
        from filelock import FileLock

        with FileLock(settings.DATA / _LOCK):
            _migrate()
    if not triggers.present(connection):
        triggers.install()
    older.keep_from_before()


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import DatabaseError
    from django.db.migrations.exceptions import MigrationSchemaMissing

    left = _migrations_left()
    while left:
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except (DatabaseError, MigrationSchemaMissing):
            before, left = left, _settled(left)
            if left == before:
                raise
        else:
            left = 0
            call_command("createcachetable", verbosity=0)


def _settled(before: int) -> int:
    """How many migrations are left when another program has had the time to carry one out."""
    end = time.monotonic() + _PATIENCE
    while (left := _migrations_left()) == before and time.monotonic() < end:
        time.sleep(0.1)
    return left


def _migrations_left() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
