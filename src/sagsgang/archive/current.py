"""Which of a meeting's publications is current, and the rows that are derived from it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from sagsgang.bodies.insertion import insert
from sagsgang.bodies.people import Register
from sagsgang.minutes import Minutes

from . import casebook, following, indexing, rows
from .models import Enclosure, Item, Meeting, Present, Publication, StoredFile
from .prepared import Prepared
from .search.entries import Entry
from .strands import MAIN


def put(
    publication: Publication, prepared: Prepared, people: Register, files: Mapping[str, StoredFile]
) -> list[Entry]:
    """Makes a new publication current, where it is to be, and derives what follows from it.

    Returns what the index is to have of it.

    An agenda that comes after the minutes of its meeting is kept, but does not become current.
    The items of supplementary agendas stand beside the agenda's until there are minutes.
    """
    meeting, minutes = publication.meeting, prepared.minutes
    first = is_new(meeting)
    if publication.strand != MAIN:
        shown = meeting.kind != "minutes" or meeting.current is None
    elif shown := _takes_over(meeting, minutes):
        meeting.current = publication
        meeting.kind = minutes.kind
        meeting.term = minutes.term or meeting.term
    meeting.changed_at = timezone.now()
    _store(meeting)
    return derive(publication, prepared, people, files, first=first) if shown else []


def _store(meeting: Meeting) -> None:
    if meeting._state.adding:
        insert(Meeting, [meeting])
        meeting._state.adding = False
    else:
        meeting.save(update_fields=["current", "kind", "term", "changed_at"])


def is_new(meeting: Meeting) -> bool:
    """Whether a meeting has no document yet."""
    return meeting._state.adding


def _takes_over(meeting: Meeting, minutes: Minutes) -> bool:
    return meeting.current is None or minutes.kind == "minutes" or meeting.kind != "minutes"


def derive(
    publication: Publication,
    prepared: Prepared,
    people: Register,
    files: Mapping[str, StoredFile],
    *,
    first: bool = False,
) -> list[Entry]:
    """Writes a current publication's rows in the place of those that there are.

    Returns what the index is to have of it. `first` says that there are no rows yet.
    """
    meeting, minutes = publication.meeting, prepared.minutes
    taken: set[str] = set()
    if not first:
        files = {**fetched(meeting), **files}
        taken = _cleared(publication, minutes)
    cases = casebook.cases_of(meeting, minutes)
    found = rows.treatments(minutes, taken)
    items, mentions = rows.store(publication, minutes, found, cases, people, files)
    following.tie(meeting, items, cases.values(), mentions)
    pairs = list(zip(items, found, strict=True))
    links, ready = publication.links, prepared.ready
    return list(indexing.entries(meeting, minutes, pairs, files, links, ready))


def _cleared(publication: Publication, minutes: Minutes) -> set[str]:
    """Takes away the rows that the publication's replace; the places of those that stay."""
    meeting = publication.meeting
    replaced = Item.objects.filter(meeting=meeting)
    if minutes.kind != "minutes":
        replaced = replaced.filter(publication__strand=publication.strand)
    replaced.delete()
    if publication.strand == MAIN:
        Present.objects.filter(meeting=meeting).delete()
    return set(Item.objects.filter(meeting=meeting).values_list("slug", flat=True))


def fetched(meeting: Meeting) -> dict[str, StoredFile]:
    """The files of the meeting's attachments that were fetched before."""
    enclosures = Enclosure.objects.filter(item__meeting=meeting, file__isnull=False)
    return {one.address: one.file for one in enclosures.select_related("file")}
