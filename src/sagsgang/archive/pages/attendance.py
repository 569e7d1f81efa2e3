"""Who came to a body's meetings in a term, as its documents tell it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from sagsgang.archive.models import Absence, Present
from sagsgang.bodies.models import Body, Person
from sagsgang.minutes.danish.alphabet import in_order


@dataclass(slots=True)
class Attendance:
    """A member's meetings: where they were present, where away, and items they missed."""

    person: Person
    present: int = 0
    away: int = 0
    items_missed: int = 0

    @property
    def told(self) -> int:
        """The meetings whose documents say whether the member was there."""
        return self.present + self.away

    @property
    def share(self) -> float | None:
        """The share of those meetings at which the member was present."""
        return self.present / self.told if self.told else None


def attendance_of(body: Body, term: str) -> list[Attendance]:
    """Each person whom the term's documents list or record as absent, by name.

    A meeting's head tells who was present; items tell who missed them. A meeting whose document
    lists members without saying who came counts for neither.
    """
    heads = (
        Present.objects.filter(meeting__body=body, meeting__term=term)
        .values("person")
        .annotate(
            here=Count("pk", filter=Q(present=True)), gone=Count("pk", filter=Q(present=False))
        )
    )
    items = (
        Absence.objects.filter(item__meeting__body=body, item__meeting__term=term)
        .values("person")
        .annotate(missed=Count("pk"))
    )
    told = defaultdict(lambda: [0, 0, 0])
    for row in heads:
        told[row["person"]][:2] = [row["here"], row["gone"]]
    for row in items:
        told[row["person"]][2] = row["missed"]
    people = Person.objects.filter(pk__in=told).select_related("municipality")
    found = sorted(people, key=lambda person: in_order(person.name))
    return [Attendance(person, *told[person.pk]) for person in found]
