"""Checking the archive: every hash, every version, every row against its publication.

Meetings are gone through some at a time, so that memory does not grow with the archive. Nothing is
changed by a check; `mend` makes a meeting's rows anew from its publications.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .. import current, editions
from ..models import Item, Meeting, Present
from ..prepared import prepare
from ..publishing import Registry
from ..search import index
from ..writing import alone
from . import derived, documents, searchable, storage
from .fault import Fault

__all__ = ["Fault", "count", "faults_of", "faults_of_meetings", "faults_of_storage", "mend"]

_AT_A_TIME: Final = 25


def count() -> int:
    """How many meetings there are to check."""
    return Meeting.objects.count()


def faults_of_storage() -> Iterator[Fault]:
    """What is wrong with the database, the files in the store, and what is held back."""
    yield from storage.database()
    yield from storage.stored_files()
    yield from storage.held()
    yield from searchable.outdated()


def faults_of_meetings() -> Iterator[list[Fault]]:
    """What is wrong with each meeting, one after the other; an empty list where nothing is."""
    last = 0
    while meetings := _after(last):
        indexed = searchable.indexed(meetings)
        for meeting in meetings:
            yield list(_of_meeting(meeting, indexed))
        last = meetings[-1].pk


def _after(last: int) -> list[Meeting]:
    meetings = Meeting.objects.filter(pk__gt=last).order_by("pk")
    return list(derived.with_rows(meetings)[:_AT_A_TIME])


def faults_of(meeting: int) -> list[Fault]:
    """What is wrong with one meeting."""
    found = list(derived.with_rows(Meeting.objects.filter(pk=meeting)))
    indexed = searchable.indexed(found)
    return [fault for one in found for fault in _of_meeting(one, indexed)]


def _of_meeting(meeting: Meeting, indexed: set[int]) -> Iterator[Fault]:
    place = meeting.get_absolute_url()
    publications = list(meeting.publications.all())
    yield from documents.holes(publications, place)
    yield from documents.misplaced(meeting, publications, place)
    shown = {one.pk for one in documents.shown(publications)}
    for publication in publications:
        publication.meeting = meeting
        address = publication.get_absolute_url()
        minutes, fault = documents.opened(publication, address)
        if fault:
            yield fault
        if minutes is not None and publication.pk in shown:
            yield from derived.differences(meeting, publication, minutes, address)
            yield from searchable.differences(meeting, publication, minutes, indexed)
    if any(row.publication_id not in shown for row in meeting.items.all()):
        yield Fault(
            place,
            "Der er punkter fra et dokument, der ikke gælder.",
            "There are items of a document that is not in force.",
            meeting.pk,
        )


@alone()
def mend(meeting_pk: int, registry: Registry) -> None:
    """Makes a meeting's rows anew from its publications, where those can be read."""
    meeting = Meeting.objects.select_related("body__municipality").get(pk=meeting_pk)
    publications = list(meeting.publications.all())
    shown = documents.shown(publications)
    opened = [documents.opened(one, "") for one in shown]
    if not shown or any(minutes is None for minutes, _ in opened):
        return
    files = current.fetched(meeting)
    Item.objects.filter(meeting=meeting).delete()
    Present.objects.filter(meeting=meeting).delete()
    meeting.current = documents.current_of(publications)
    meeting.kind = documents.kind_of(publications)
    meeting.save(update_fields=["current", "kind"])
    people = registry.people(meeting.body.municipality)
    for publication, (minutes, _) in zip(shown, opened, strict=True):
        publication.meeting = meeting
        index.add(current.derive(publication, prepare(minutes), people, files))
    editions.move(meeting.body.municipality_id)
