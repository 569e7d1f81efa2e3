"""The proof that the log is whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sagsgang.minutes.words import Words

from .actions import FIRST, hash_of
from .models import Change, Entry

_AT_ONCE = 500


class Fault(NamedTuple):
    """Something in the log that cannot be as it was written."""

    place: str
    words: Words


def verify() -> Iterator[Fault]:
    """What is wrong with the log, from its beginning; nothing where it is whole."""
    previous = FIRST
    for entry in Entry.objects.order_by("pk").iterator(_AT_ONCE):
        if entry.previous != previous:
            yield Fault(f"#{entry.pk}", _BROKEN)
        if entry.hash != hash_of(entry, list(entry.changes.order_by("pk"))):
            yield Fault(f"#{entry.pk}", _ALTERED)
        previous = entry.hash
    for change in Change.objects.filter(entry=None).order_by("pk").iterator(_AT_ONCE):
        yield Fault(f"{change.table}:{change.row}", _UNSEALED)


_BROKEN = Words(
    "Kæden er brudt: Her mangler mindst én handling.",
    "The chain is broken: at least one action is missing here.",
)
_ALTERED = Words(
    "Handlingen eller dens ændringer er ikke, som de blev skrevet.",
    "The action or its changes are not as they were written.",
)
_UNSEALED = Words("Rækken er ændret uden om programmet.", "The row was changed past the program.")
