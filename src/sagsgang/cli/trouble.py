"""What a user is told when a disk or a database fails: what it is, and what to do about it."""

from __future__ import annotations

import sys

from . import mistake
from .language import say

_FULL = ("disk is full", "no space left", "disk full", "could not extend file")
_BUSY = ("database is locked", "database table is locked", "deadlock", "lock timeout")
_DAMAGED = ("malformed", "not a database")
_AWAY = ("connection refused", "could not connect", "connection failed", "server closed")
_UNWRITABLE = ("disk i/o error", "readonly database", "unable to open database")


def of_database(error: BaseException) -> str:
    """A sentence about an error of the database; `""` where it is none that can be explained."""
    if not _is_of_database(error):
        return ""
    text = str(error).lower()
    for marks, told in (
        (_FULL, full()),
        (_BUSY, _busy()),
        (_DAMAGED, _damaged()),
        (_AWAY, _away()),
        (_UNWRITABLE, _unwritable()),
    ):
        if any(mark in text for mark in marks):
            return told
    return ""


def said(error: BaseException) -> str:
    """A sentence about any exception: of the database, or a mistake of ours."""
    return of_database(error) or mistake.told(error)


def full() -> str:
    """What to say when a disk is full."""
    return say(
        "Disken er fuld. Det, der var skrevet færdigt, er bevaret. Gør plads, og kør igen.",
        "The disk is full. What was written in full is kept. Make room, and run again.",
    )


def _is_of_database(error: BaseException) -> bool:
    """Whether it comes from Django's databases or SQLite, which are not imported for this."""
    kinds = []
    for module, name in (("django.db", "Error"), ("sqlite3", "Error")):
        if module in sys.modules:
            kinds.append(getattr(sys.modules[module], name))
    return isinstance(error, tuple(kinds))


def _busy() -> str:
    return say(
        "Databasen er optaget af en anden kommando. Vent, til den er færdig, og kør igen.",
        "The database is busy with another command. Wait until it is done, and run again.",
    )


def _damaged() -> str:
    return say(
        "Databasen er beskadiget. Gendan den fra en sikkerhedskopi med sagsgang restore.",
        "The database is damaged. Put a backup back with sagsgang restore.",
    )


def _away() -> str:
    return say(
        "Databasen svarer ikke. Se efter, om PostgreSQL kører, og om DATABASE_URL er rigtig.",
        "The database does not answer. Check that PostgreSQL runs and DATABASE_URL is right.",
    )


def _unwritable() -> str:
    return say(
        "Der kan ikke skrives i databasen. Se efter, om disken er fuld, og om du har adgang til "
        "datamappen.",
        "The database cannot be written. Check whether the disk is full, and whether you may "
        "write in the data folder.",
    )
