"""Writing in the archive: one program at a time, whichever the database.

SQLite lets only one write as it is. On PostgreSQL a lock does the same: what is derived from one
document touches words, people and cases of others, and two that took them in opposite order would
stop each other. Reading and preparing documents, which is most of the work, goes on side by side.
What a document changes in rows that the log watches (a new member, say) is an action of the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import OperationalError, connection, transaction

from sagsgang.bodies import logged

_LOCK: Final = 0x53616773
"""PostgreSQL knows locks by numbers; this one is of the archive in its database."""
_BUSY: Final = frozenset([5, 6])
"""SQLite: another connection, or this one, is in the way."""
_STATES: Final = frozenset(["40001", "40P01", "55P03"])
"""PostgreSQL: serialization failure, deadlock, lock not available."""


@contextmanager
def alone() -> Iterator[None]:
    """A transaction in which nobody else writes in the archive; it begins before the first row."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        with logged.action("archive.write", "archive"):
            yield


def is_in_the_way(error: OperationalError) -> bool:
    """Whether another program was in the way, and nothing else is wrong."""
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _BUSY
    return getattr(cause, "sqlstate", None) in _STATES
