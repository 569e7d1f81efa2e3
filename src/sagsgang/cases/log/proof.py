"""The proof that the log is whole, and that the watched rows are as it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection

from sagsgang.minutes.words import Words

from . import heads, triggers
from .actions import FIRST, hash_of
from .models import Change, Entry
from .states import faults_of_rows

_AT_ONCE = 500


class Fault(NamedTuple):
    """Something in the log that cannot be as it was written."""

    place: str
    words: Words


def verify() -> Iterator[Fault]:
    """What is wrong with the log, from its beginning; nothing where it is whole.

    The chain of actions is followed and compared with the heads that are kept outside the
    database; the triggers are compared with what they must be, and each watched row with what the
    log last said of it.
    """
    yield from _chain()
    for change in Change.objects.filter(entry=None).order_by("pk").iterator(_AT_ONCE):
        yield Fault(f"{change.table}:{change.row}", _UNSEALED)
    yield from _triggers()
    for place in faults_of_rows():
        yield Fault(place, _PAST_THE_LOG)


def _chain() -> Iterator[Fault]:
    previous, kept = FIRST, heads.kept()
    for entry in Entry.objects.order_by("pk").iterator(_AT_ONCE):
        if entry.previous != previous:
            yield Fault(f"#{entry.pk}", _BROKEN)
        if entry.hash != hash_of(entry, list(entry.changes.order_by("pk"))):
            yield Fault(f"#{entry.pk}", _ALTERED)
        elif kept.pop(entry.pk, entry.hash) != entry.hash:
            yield Fault(f"#{entry.pk}", _ANOTHER)
        previous = entry.hash
    if kept:
        yield Fault(f"#{min(kept)}", _gone(len(kept)))


def _triggers() -> Iterator[Fault]:
    wanted = triggers.expected(connection, connection.introspection.table_names())
    wanted |= triggers.FUNCTIONS if connection.vendor == "postgresql" else {}
    there = triggers.present(connection) | triggers.functions(connection)
    for place in sorted(wanted.keys() | there.keys()):
        if wanted.get(place) != there.get(place):
            yield Fault(place, _TRIGGER)


_BROKEN = Words(
    "Kæden er brudt: Her mangler mindst én handling.",
    "The chain is broken: at least one action is missing here.",
)
_ALTERED = Words(
    "Handlingen eller dens ændringer er ikke, som de blev skrevet.",
    "The action or its changes are not as they were written.",
)
_ANOTHER = Words(
    "Handlingen er en anden end den, der står i datamappens log-heads.",
    "The action is another than the one in log-heads in the data folder.",
)
_UNSEALED = Words("Rækken er ændret uden om programmet.", "The row was changed past the program.")
_TRIGGER = Words(
    "Databasens trigger mangler eller er en anden: Ændringer kan være sket, uden at de er logget.",
    "The database's trigger is missing or another: there may be changes that are not logged.",
)
_PAST_THE_LOG = Words(
    "Rækken er ikke, som loggen siger: Den er ændret, uden at det er logget.",
    "The row is not what the log says: it was changed without being logged.",
)


def _gone(count: int) -> Words:
    danish = "1 handling" if count == 1 else f"{count} handlinger"
    english = "1 action" if count == 1 else f"{count} actions"
    return Words(
        f"{danish} fra log-heads i datamappen mangler i loggen.",
        f"{english} of log-heads in the data folder: missing in the log.",
    )
