"""The rows that pages and search need of a document, derived from its publication.

`treatments` and `parts_of` tell what they shall be, and `store` writes them. The same publication
always gives the same rows, so that they can be checked and made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sagsgang.bodies.insertion import insert, reserved
from sagsgang.bodies.people import Register, free_slug
from sagsgang.minutes import Decision, Item, Minutes
from sagsgang.minutes.danish.slugs import slug_of

from . import models
from .casebook import case_of
from .decided import own_decision
from .models import LONGEST_TITLE
from .parts import Mention, Row, attendance, parts_of
from .strands import MAIN


@dataclass(frozen=True, slots=True)
class Treatment:
    """An item as its row has it, before it is stored."""

    position: int
    slug: str
    item: Item
    decision: Decision | None

    def row(self, key: int, publication: models.Publication, case: models.Case | None) -> Row:
        """The row with that key."""
        item, decision = self.item, self.decision
        return Row(
            id=key,
            meeting_id=publication.meeting_id,
            publication_id=publication.pk,
            position=self.position,
            slug=self.slug,
            number=(item.number or "")[:20],
            title=(item.title or "")[:LONGEST_TITLE],
            case_id=case.pk if case else None,
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
) -> tuple[list[Row], list[Mention]]:
    """Writes the rows of a current publication; those of an earlier one must be gone.

    Returns the items' rows in the document's order, and what they say of other treatments.
    """
    items = [
        one.row(key, publication, case_of(one.item, cases))
        for key, one in zip(reserved(models.Item, len(found)), found, strict=True)
    ]
    insert(models.Item, items)
    if publication.strand == MAIN:
        insert(models.Present, attendance(publication, minutes, people))
    parts = parts_of(publication, zip(items, found, strict=True), people, files)
    insert(models.Absence, parts.absences)
    insert(models.Ballot, parts.ballots)
    insert(models.Dissent, parts.dissents)
    insert(models.Enclosure, parts.enclosures)
    insert(models.Mention, parts.mentions)
    return items, parts.mentions
