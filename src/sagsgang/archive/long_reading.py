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
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA mmap_size").fetchone()
    _view(0)
    try:
        yield
    finally:
        if usual:
            _view(usual[0])


def _view(size: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA mmap_size={int(size)}")
