"""How lists are narrowed down: one class for each kind of list, with what may be asked for."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from django.db.models import Min, Q, QuerySet, Subquery, Value
from ninja import Path, Schema
from pydantic import Field

from sagsgang.archive import strands
from sagsgang.archive.models import Ballot, Dissent, Publication
from sagsgang.bodies.models import Person
from sagsgang.minutes.model import Kind, Outcome

from .words import BodyId, CaseId, Day, Moment, MunicipalityId, PersonId

Strand = Annotated[str, Path(pattern=f"^(?:{strands.WORD})$", examples=["version", "tillaeg"])]
"""Minutes and agendas, or one of the supplements to agendas."""
Version = Annotated[int, Path(ge=1, le=1_000_000)]

ChangedSince = Annotated[
    Moment | None, Field(description="Only what was published or changed at this time or later.")
]


def _of_body(value: str, prefix: str = "") -> Q:
    municipality, body = value.split("/")
    return Q(**{f"{prefix}municipality__slug": municipality, f"{prefix}slug": body})


class OfMunicipality(Schema):
    """Things that belong to a municipality."""

    municipality: MunicipalityId | None = None

    def of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that are asked for."""
        return rows.filter(municipality__slug=self.municipality) if self.municipality else rows


class OfPeople(OfMunicipality):
    """People."""

    body: Annotated[BodyId | None, Field(description="Members of it, in any term.")] = None

    def of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The people who are asked for."""
        rows = super().of(rows)
        if self.body:
            rows = rows.filter(_of_body(self.body, "memberships__body__")).distinct()
        return rows


class OfCases(OfMunicipality):
    """Cases."""

    changed_since: ChangedSince = None


class _OfMeeting(Schema):
    """What may be asked of the meeting that something belongs to."""

    municipality: MunicipalityId | None = None
    body: BodyId | None = None
    date_from: Day | None = None
    date_to: Day | None = None
    changed_since: ChangedSince = None

    def of_meeting(self, prefix: str) -> Q:
        """The condition, where `prefix` leads to the meeting."""
        condition = Q()
        if self.municipality:
            condition &= Q(**{f"{prefix}body__municipality__slug": self.municipality})
        if self.body:
            condition &= _of_body(self.body, f"{prefix}body__")
        if self.date_from:
            condition &= Q(**{f"{prefix}date__gte": self.date_from})
        if self.date_to:
            condition &= Q(**{f"{prefix}date__lte": self.date_to})
        return condition


class OfMeetings(_OfMeeting):
    """Meetings."""

    kind: Kind | None = None

    def of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The meetings that are asked for."""
        rows = rows.filter(self.of_meeting(""))
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.changed_since:
            rows = rows.filter(changed_at__gte=self.changed_since)
        return rows


class OfPublications(_OfMeeting):
    """Publications."""

    kind: Kind | None = None

    def of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The publications that are asked for."""
        rows = rows.filter(self.of_meeting("meeting__"))
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.changed_since:
            rows = rows.filter(published_at__gte=self.changed_since)
        return rows


class OfItems(_OfMeeting):
    """Items."""

    outcome: Outcome | None = None
    case: CaseId | None = None
    person: Annotated[
        PersonId | None, Field(description="Who voted or dissented by name in the item.")
    ] = None
    kle: Annotated[
        str | None, Field(pattern=r"^\d\d(\.\d\d(\.\d\d)?)?$", description="A KLE number or group.")
    ] = None
    closed: bool | None = None

    def of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The items that are asked for."""
        rows = rows.filter(self.of_meeting("meeting__"), self._of_case(), self._of_person())
        if self.outcome:
            rows = rows.filter(outcome=self.outcome)
        if self.kle:
            rows = rows.filter(kle__startswith=self.kle)
        if self.closed is not None:
            rows = rows.filter(closed=self.closed)
        if self.changed_since:
            rows = rows.filter(_published_since(self.changed_since))
        return rows

    def _of_case(self) -> Q:
        if not self.case:
            return Q()
        municipality, _, slug = self.case.split("/")
        return Q(case__municipality__slug=municipality, case__slug=slug)

    def _of_person(self) -> Q:
        if not self.person:
            return Q()
        municipality, _, slug = self.person.split("/")
        people = Person.objects.filter(municipality__slug=municipality, slug=slug)
        return Q(pk__in=Ballot.objects.filter(person__in=people).values("item")) | Q(
            pk__in=Dissent.objects.filter(person__in=people).values("item")
        )


def _published_since(time: datetime.datetime) -> Q:
    """Of an item: published at the time or later.

    The first such publication is told to the database, as items lie in the order of theirs.
    """
    later = Publication.objects.filter(published_at__gte=time).order_by().values(one=Value(1))
    first = Subquery(later.annotate(first=Min("pk")).values("first"))
    return Q(publication_id__gte=first, publication__published_at__gte=time)
