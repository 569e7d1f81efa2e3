"""The items of a document, what belongs to them, and who was there: the values of their rows.

They are many, and light: the names are those of the columns in `models`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Model

from sagsgang.bodies.people import Register
from sagsgang.minutes import Item, Minutes
from sagsgang.minutes.danish.names import party_of
from sagsgang.minutes.danish.slugs import slug_of

from . import models
from .models import LONGEST_TITLE

if TYPE_CHECKING:
    from .rows import Treatment


class Row(NamedTuple):
    """An item."""

    id: int
    meeting_id: int
    publication_id: int
    position: int
    slug: str
    number: str
    title: str
    case_id: int | None
    case_number: str
    kle: str
    closed: bool
    outcome: str
    decision: str
    decided_by: str


class Present(NamedTuple):
    """A member that the head lists."""

    meeting_id: int
    person_id: int
    party: str
    present: bool | None


class Absence(NamedTuple):
    """A person who is absent in an item."""

    item_id: int
    person_id: int


class Ballot(NamedTuple):
    """A choice in a vote."""

    item_id: int
    choice: str
    name: str
    person_id: int | None
    party: str


class Dissent(NamedTuple):
    """A name under a statement."""

    item_id: int
    statement: int
    name: str
    person_id: int | None
    party: str


class Enclosure(NamedTuple):
    """An attachment."""

    item_id: int
    position: int
    title: str
    address: str
    file_id: int | None


class Mention(NamedTuple):
    """Another treatment that an item names."""

    item_id: int
    coming: bool
    body_slug: str
    body_name: str
    date: datetime.date | None
    number: str


@dataclass(slots=True)
class Parts:
    """What belongs to the items of a document."""

    absences: list[Absence] = field(default_factory=list)
    ballots: list[Ballot] = field(default_factory=list)
    dissents: list[Dissent] = field(default_factory=list)
    enclosures: list[Enclosure] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


OWN: Final = "sagsgang"
"""The source of what the working house publishes, which knows itself who its members are."""


def attendance(
    publication: models.Publication, minutes: Minutes, people: Register
) -> list[Present]:
    """Those whom the head lists, each once.

    They are members by that, unless the working house has told: then some may be substitutes.
    """
    rows = {}
    meeting = publication.meeting
    place = (meeting.body, meeting.term)
    for member in minutes.members:
        if publication.source_id == OWN:
            person = people.present(member.name, *place)
        else:
            person = people.member(member.name, member.party, *place)
        if person and person.pk not in rows:
            rows[person.pk] = Present(
                meeting.pk, person.pk, (member.party or "")[:20], member.present
            )
    return list(rows.values())


def parts_of(
    publication: models.Publication,
    pairs: Iterable[tuple[Row, Treatment]],
    people: Register,
    files: Mapping[str, models.StoredFile],
) -> Parts:
    """What belongs to items: votes, dissent, absence, attachments, other treatments."""
    parts = Parts()
    meeting = publication.meeting
    for row, one in pairs:
        parts.absences += _absences(row, one.item, meeting, people)
        parts.ballots += _ballots(row, one.item, meeting, people)
        parts.dissents += _dissents(row, one.item, meeting, people)
        parts.enclosures += _enclosures(row, one, publication.links, files)
        parts.mentions += _mentions(row, one.item, meeting.body.slug)
    return parts


def _absences(row: Row, item: Item, meeting: models.Meeting, people: Register) -> list[Absence]:
    named = (people.named(name, meeting.body, meeting.term) for name in item.absent)
    persons = dict.fromkeys(person.pk for person in named if person)
    return [Absence(row.id, person) for person in persons]


def _ballots(row: Row, item: Item, meeting: models.Meeting, people: Register) -> list[Ballot]:
    return [
        Ballot(row.id, vote.choice, voter[:200], *_who(voter, meeting, people))
        for vote in item.votes
        for voter in vote.voters
    ]


def _dissents(row: Row, item: Item, meeting: models.Meeting, people: Register) -> list[Dissent]:
    return [
        Dissent(row.id, index, name[:200], *_who(name, meeting, people))
        for index, statement in enumerate(item.statements)
        for name in statement.by
    ]


def _enclosures(
    row: Row,
    one: Treatment,
    links: Mapping[str, str],
    files: Mapping[str, models.StoredFile],
) -> list[Enclosure]:
    rows = []
    for index, attachment in enumerate(one.item.attachments):
        address = links.get(f"{one.position}/{index}", "")[:1000]
        # An item may have been open when the file was fetched.
        file = None if one.item.closed else files.get(address)
        rows.append(Enclosure(row.id, index, attachment.title[:LONGEST_TITLE], address, _key(file)))
    return rows


def _mentions(row: Row, item: Item, own_body: str) -> list[Mention]:
    """Rows of what the item says of other treatments; a body that is not named is its own."""
    earlier = [(one.committee, one.date, one.item, False) for one in item.related]
    coming = [(one.committee, one.date, None, True) for one in item.next_steps]
    return [
        Mention(
            row.id,
            is_coming,
            slug_of(committee) if committee else own_body,
            (committee or "")[:200],
            datetime.date.fromisoformat(date) if date else None,
            (number or "")[:20],
        )
        for committee, date, number, is_coming in earlier + coming
    ]


def _who(name: str, meeting: models.Meeting, people: Register) -> tuple[int | None, str]:
    """The person and the party that a name stands for, where it does."""
    person = people.named(name, meeting.body, meeting.term)
    return _key(person), (party_of(name) or "")[:20]


def _key(row: Model | None) -> int | None:
    return row.pk if row else None
