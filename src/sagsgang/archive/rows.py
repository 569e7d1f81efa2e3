"""The rows that pages and search need of a document, derived from its publication.

`treatments` and `parts_of` tell what they shall be, and `store` writes them. The same publication
always gives the same rows, so that they can be checked and made again.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sagsgang.bodies.insertion import insert, number
from sagsgang.bodies.people import Register, free_slug
from sagsgang.minutes import Decision, Item, Minutes
from sagsgang.minutes.danish.names import party_of
from sagsgang.minutes.danish.slugs import slug_of

from . import models
from .casebook import case_of
from .decided import own_decision
from .models import LONGEST_TITLE


@dataclass(frozen=True, slots=True)
class Treatment:
    """An item as its row has it, before it is stored."""

    position: int
    slug: str
    item: Item
    decision: Decision | None

    def row(
        self, meeting: models.Meeting, publication: models.Publication, case: models.Case | None
    ) -> models.Item:
        """The unsaved row."""
        item, decision = self.item, self.decision
        return models.Item(
            meeting=meeting,
            publication=publication,
            position=self.position,
            slug=self.slug,
            number=(item.number or "")[:20],
            title=(item.title or "")[:LONGEST_TITLE],
            case=case,
            case_number=(item.case_number or "")[:60],
            kle=item.kle or "",
            closed=item.closed,
            outcome=(decision and decision.outcome) or "",
            decision=decision.text if decision else "",
            decided_by=(item.decided_by or "")[:200],
        )


def treatments(minutes: Minutes, taken: Iterable[str] = ()) -> list[Treatment]:
    """The items of a document with their places in addresses, which are unique in a meeting.

    `taken` are places that another document of the meeting has.
    """
    slugs = set(taken)
    found = []
    for position, item in enumerate(minutes.items):
        slug = free_slug(_item_slug(item, position), slugs)
        slugs.add(slug)
        found.append(Treatment(position, slug, item, own_decision(item, minutes)))
    return found


def _item_slug(item: Item, position: int) -> str:
    return (slug_of(item.number or "") or f"nr-{position + 1}")[:30]


def store(
    publication: models.Publication,
    minutes: Minutes,
    found: list[Treatment],
    cases: dict[str, models.Case],
    people: Register,
    files: Mapping[str, models.StoredFile],
) -> tuple[list[models.Item], list[models.Mention]]:
    """Writes the rows of a current publication; those of an earlier one must be gone.

    Returns the items' rows in the document's order, and what they say of other treatments.
    """
    meeting = publication.meeting
    items = [one.row(meeting, publication, case_of(one.item, cases)) for one in found]
    number(items)
    insert(items)
    if publication.strand == models.Publication.MAIN:
        insert(_attendance(meeting, minutes, people))
    parts = parts_of(publication, zip(items, found, strict=True), people, files)
    for part in (parts.absences, parts.ballots, parts.dissents, parts.enclosures, parts.mentions):
        insert(part)
    return items, parts.mentions


def _attendance(
    meeting: models.Meeting, minutes: Minutes, people: Register
) -> list[models.Present]:
    rows = {}
    for member in minutes.members:
        person = people.member(member.name, member.party, meeting.body, meeting.term)
        if person and person.pk not in rows:
            rows[person.pk] = models.Present(
                meeting=meeting,
                person=person,
                party=(member.party or "")[:20],
                present=member.present,
            )
    return list(rows.values())


@dataclass(slots=True)
class Parts:
    """The unsaved rows of what belongs to items."""

    absences: list[models.Absence] = field(default_factory=list)
    ballots: list[models.Ballot] = field(default_factory=list)
    dissents: list[models.Dissent] = field(default_factory=list)
    enclosures: list[models.Enclosure] = field(default_factory=list)
    mentions: list[models.Mention] = field(default_factory=list)


def parts_of(
    publication: models.Publication,
    pairs: Iterable[tuple[models.Item, Treatment]],
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


def _absences(
    row: models.Item, item: Item, meeting: models.Meeting, people: Register
) -> list[models.Absence]:
    persons = {}
    for name in item.absent:
        person = people.named(name, meeting.body, meeting.term)
        if person:
            persons[person.pk] = person
    return [models.Absence(item=row, person=person) for person in persons.values()]


def _ballots(
    row: models.Item, item: Item, meeting: models.Meeting, people: Register
) -> list[models.Ballot]:
    return [
        models.Ballot(
            item=row,
            choice=vote.choice,
            name=voter[:200],
            person=people.named(voter, meeting.body, meeting.term),
            party=(party_of(voter) or "")[:20],
        )
        for vote in item.votes
        for voter in vote.voters
    ]


def _dissents(
    row: models.Item, item: Item, meeting: models.Meeting, people: Register
) -> list[models.Dissent]:
    return [
        models.Dissent(
            item=row,
            statement=index,
            name=name[:200],
            person=people.named(name, meeting.body, meeting.term),
            party=(party_of(name) or "")[:20],
        )
        for index, statement in enumerate(item.statements)
        for name in statement.by
    ]


def _enclosures(
    row: models.Item,
    one: Treatment,
    links: Mapping[str, str],
    files: Mapping[str, models.StoredFile],
) -> list[models.Enclosure]:
    rows = []
    for index, attachment in enumerate(one.item.attachments):
        address = links.get(f"{one.position}/{index}", "")[:1000]
        # An item may have been open when the file was fetched.
        file = None if one.item.closed else files.get(address)
        rows.append(
            models.Enclosure(
                item=row,
                position=index,
                title=attachment.title[:LONGEST_TITLE],
                address=address,
                file=file,
            )
        )
    return rows


def _mentions(row: models.Item, item: Item, own_body: str) -> list[models.Mention]:
    """Rows of what the item says of other treatments; a body that is not named is its own."""
    earlier = [(one.committee, one.date, one.item, False) for one in item.related]
    coming = [(one.committee, one.date, None, True) for one in item.next_steps]
    return [
        models.Mention(
            item=row,
            coming=is_coming,
            body_slug=(slug_of(committee) if committee else own_body),
            body_name=(committee or "")[:200],
            date=datetime.date.fromisoformat(date) if date else None,
            number=(number or "")[:20],
        )
        for committee, date, number, is_coming in earlier + coming
    ]
