"""Which of a meeting's publications is current, and the rows that are derived from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils import timezone

from sagsgang.bodies.people import Register
from sagsgang.bodies.slugs import slug_of
from sagsgang.minutes import Minutes

from . import following, rows
from .following import free_case_slug
from .models import Case, Enclosure, Item, Meeting, Present, Publication, StoredFile


def put(
    publication: Publication, minutes: Minutes, people: Register, files: Mapping[str, StoredFile]
) -> None:
    """Makes a new publication current, where it is to be, and derives what follows from it.

    An agenda that comes after the minutes of its meeting is kept, but does not become current.
    The items of a supplementary agenda stand beside the agenda's until there are minutes.
    """
    meeting = publication.meeting
    if publication.strand == Publication.SUPPLEMENT:
        meeting.supplementary = publication
        shown = meeting.kind != "minutes" or meeting.current is None
    elif shown := _takes_over(meeting, minutes):
        meeting.current = publication
        meeting.kind = minutes.kind
        meeting.term = minutes.term or meeting.term
    meeting.changed_at = timezone.now()
    meeting.save()
    if shown:
        derive(publication, minutes, people, files)


def _takes_over(meeting: Meeting, minutes: Minutes) -> bool:
    return meeting.current is None or minutes.kind == "minutes" or meeting.kind != "minutes"


def derive(
    publication: Publication, minutes: Minutes, people: Register, files: Mapping[str, StoredFile]
) -> None:
    """Writes a current publication's rows in the place of those of the version before it."""
    meeting = publication.meeting
    fetched = {**_fetched(meeting), **files}
    replaced = Item.objects.filter(meeting=meeting)
    if publication.strand == Publication.SUPPLEMENT or minutes.kind != "minutes":
        replaced = replaced.filter(publication__strand=publication.strand)
    replaced.delete()
    if publication.strand == Publication.MAIN:
        Present.objects.filter(meeting=meeting).delete()
    taken = set(Item.objects.filter(meeting=meeting).values_list("slug", flat=True))
    cases = _cases(meeting, rows.cases_of(minutes))
    found = rows.treatments(minutes, dict.fromkeys(taken))
    items = rows.store(publication, minutes, found, cases, people, fetched)
    following.tie(meeting, items)
    _freshen(meeting, items)


def _fetched(meeting: Meeting) -> dict[str, StoredFile]:
    """The files of the meeting's attachments that were fetched before."""
    enclosures = Enclosure.objects.filter(item__meeting=meeting, file__isnull=False)
    return {one.address: one.file for one in enclosures.select_related("file")}


def _cases(meeting: Meeting, numbers: Mapping[str, str]) -> dict[str, Case]:
    """The cases with these keys; those that are not there yet are made."""
    municipality = meeting.body.municipality_id
    known = {
        case.key: case
        for case in Case.objects.filter(municipality=municipality, key__in=list(numbers))
    }
    for key, number in numbers.items():
        if key not in known:
            known[key] = Case.objects.create(
                municipality_id=municipality,
                key=key[:120],
                number=number[:60],
                slug=free_case_slug(municipality, slug_of(number)),
            )
    return known


def _freshen(meeting: Meeting, items: Iterable[Item]) -> None:
    """Lets the cases be called as their latest open treatment is."""
    stale = []
    for item in items:
        case = item.case
        if case is None or item.closed or not item.title:
            continue
        if case.latest is None or case.latest <= meeting.date:
            case.latest, case.title = meeting.date, item.title
            case.number = item.case_number or case.number
            stale.append(case)
    Case.objects.bulk_update(stale, ["latest", "title", "number"])
