"""Reading through a whole table in the same memory, however long it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def long_reading() -> Iterator[None]:
    """Lets SQLite read the file in pieces instead of keeping it in view as a whole.

    The view makes short questions quicker, but counts as memory of the process for as much of the
    file as was ever looked at.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    file = connection.connection
    usual = file.execute("PRAGMA mmap_size").fetchone()
    file.execute("PRAGMA mmap_size=0")
    try:
        yield
    finally:
        if usual:
            file.execute(f"PRAGMA mmap_size={usual[0]}")
