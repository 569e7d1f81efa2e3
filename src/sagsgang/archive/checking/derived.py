"""Whether the rows of a meeting are those that its current publications give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db.models import Model, Prefetch, QuerySet

from sagsgang.bodies.models import Person
from sagsgang.minutes import Minutes
from sagsgang.minutes.danish.names import looks_like_name, party_of, same_person

from ..case_keys import case_key
from ..casebook import LONGEST_KEY, is_followed
from ..models import Item, Meeting, Present, Publication
from ..parts import Row, parts_of
from ..rows import Treatment, treatments
from ..strands import MAIN
from .fault import Fault

_NAMED: Final = "person__spellings"
_ITEM: Final = (
    "position", "number", "title", "case_number", "kle", "closed", "outcome", "decision",
    "decided_by",
)  # fmt: skip
_PARTS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("ballots", ("choice", "name", "party")),
    ("dissents", ("statement", "name", "party")),
    ("enclosures", ("position", "title", "address")),
    ("mentions", ("coming", "body_slug", "body_name", "date", "number")),
)


class _Nobody:
    """Names no person: which one was meant depends on what was published before."""

    def named(self, *_: object) -> None:
        """Nobody."""


def with_rows(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """The meetings with all their rows, in a number of queries that does not depend on them."""
    items = Item.objects.select_related("case", "search_entry__indexed").prefetch_related(
        "absences__" + _NAMED, "ballots__person", "dissents__person", "enclosures__file", "mentions"
    )
    return meetings.select_related("body__municipality").prefetch_related(
        "publications",
        Prefetch("items", items),
        Prefetch("attendance", Present.objects.prefetch_related(_NAMED)),
    )


def differences(
    meeting: Meeting, publication: Publication, minutes: Minutes, place: str
) -> Iterator[Fault]:
    """A fault for each kind of row that is not as the publication gives it."""
    publication.meeting = meeting
    rows = sorted(
        (row for row in meeting.items.all() if row.publication_id == publication.pk),
        key=lambda row: row.position,
    )
    found = treatments(minutes)
    wrong = []
    if [_item(row) for row in rows] != [_expected(one, publication) for one in found]:
        wrong.append(("Punkterne", "The items"))
    else:
        wrong += _of_items(meeting, publication, rows, found)
    if publication.strand == MAIN and not _attended(meeting, minutes):
        wrong.append(("Fremmødet", "The attendance"))
    for danish, english in wrong:
        yield Fault(
            place,
            f"{danish} er ikke som i dokumentet.",
            f"{english} are not as in the document.",
            meeting.pk,
        )


def _item(row: Item | Row) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _ITEM)


def _expected(one: Treatment, publication: Publication) -> tuple[Any, ...]:
    return _item(one.row(0, publication, None))


def _of_items(
    meeting: Meeting, publication: Publication, rows: list[Item], found: list[Treatment]
) -> Iterator[tuple[str, str]]:
    """What is wrong with what belongs to the items, in both languages."""
    pairs = list(zip(rows, found, strict=True))
    if not all(_is_at(row.slug, one.slug) for row, one in pairs):
        yield "Punkternes adresser", "The items' addresses"
    if not all(_is_of(row, one, meeting) for row, one in pairs):
        yield "Punkternes sager", "The items' cases"
    if not all(
        _accounted(one.item.absent, [a.person for a in row.absences.all()]) for row, one in pairs
    ):
        yield "Fraværet", "The absences"
    parts = parts_of(publication, pairs, _Nobody(), {})
    for name, fields in _PARTS:
        stored = [part for row in rows for part in getattr(row, name).all()]
        if _values(stored, fields) != _values(getattr(parts, name), fields):
            yield _CALLED[name]
        elif not _within(stored, meeting):
            yield _PEOPLE


_CALLED: Final = {
    "ballots": ("Stemmerne", "The votes"),
    "dissents": ("Mindretalsudtalelserne", "The dissents"),
    "enclosures": ("Bilagene", "The attachments"),
    "mentions": ("Henvisningerne til andre behandlinger", "The mentions of other treatments"),
}
_PEOPLE: Final = ("Personerne", "The people")


def _is_at(slug: str, expected: str) -> bool:
    """Whether an address is the expected one; another document's items may have had it before."""
    return slug == expected or slug.startswith(f"{expected}-")


def _is_of(row: Item, one: Treatment, meeting: Meeting) -> bool:
    """Whether an item belongs to the case of its number, within its municipality."""
    if row.case and row.case.municipality_id != meeting.body.municipality_id:
        return False
    if not is_followed(one.item):
        return True
    return row.case is not None and row.case.key == case_key(one.item.case_number)[:LONGEST_KEY]


def _values(rows: Iterable[Model], fields: Iterable[str]) -> Counter[tuple[Any, ...]]:
    """How many rows say the same, told by their item and fields."""
    return Counter((row.item_id, *(getattr(row, name) for name in fields)) for row in rows)


def _within(rows: Iterable[Model], meeting: Meeting) -> bool:
    """Whether the people that rows name are of the meeting's municipality."""
    municipality = meeting.body.municipality_id
    people = [row.person for row in rows if getattr(row, "person_id", None)]
    return all(person.municipality_id == municipality for person in people)


def _attended(meeting: Meeting, minutes: Minutes) -> bool:
    """Whether the members that the document lists are those whose presence is stored."""
    rows = list(meeting.attendance.all())
    if not _within(rows, meeting):
        return False
    names = [member.name for member in minutes.members if " " in member.name.strip()]
    return _accounted(names, [row.person for row in rows])


def _absent(row: Item) -> list[Person]:
    return [absence.person for absence in row.absences.all()]


def _accounted(names: Iterable[str], people: Iterable[Person]) -> bool:
    """Whether every full name is one of the people's, and each of them is named."""
    names = [name for name in names if not party_of(name)]
    spelt = {person.pk: [one.text for one in person.spellings.all()] for person in people}
    all_spellings = [text for texts in spelt.values() for text in texts]
    return all(not looks_like_name(name) or _among(name, all_spellings) for name in names) and all(
        any(_among(name, texts) for name in names) for texts in spelt.values()
    )


def _among(name: str, spellings: list[str]) -> bool:
    return any(same_person(name, text) for text in spellings)
