"""The rows behind OParl's objects, with what their objects need loaded along with them.

Each row has `created` and `modified`: when the first and the latest publication spoke of it. Where
no publication is known to have done so, they are null.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, Max, Min, OuterRef, Prefetch, QuerySet, Subquery

from sagsgang.archive import in_force
from sagsgang.archive.models import (
    Absence,
    Ballot,
    Case,
    Dissent,
    Enclosure,
    Item,
    Meeting,
    Present,
    Publication,
)
from sagsgang.bodies.models import Body, Membership, Municipality, Person


def municipalities() -> QuerySet[Municipality]:
    """The municipalities that the archive has documents of."""
    published = "bodies__meetings__publications__published_at"
    return Municipality.objects.annotate(created=Min(published), modified=Max(published)).filter(
        created__isnull=False
    )


def organizations() -> QuerySet[Body]:
    """Councils and committees with their memberships."""
    members = Membership.objects.select_related("person").order_by("pk")
    rows = Body.objects.select_related("municipality").prefetch_related(
        Prefetch("memberships", members)
    )
    return _timed(rows, meeting__body=OuterRef("pk"))


def people() -> QuerySet[Person]:
    """People with their memberships."""
    members = Membership.objects.select_related("body").order_by("pk")
    rows = Person.objects.select_related("municipality").prefetch_related(
        Prefetch("memberships", members)
    )
    return _timed(rows, meeting__attendance__person=OuterRef("pk"))


def memberships() -> QuerySet[Membership]:
    """Memberships with person and body."""
    rows = Membership.objects.select_related("person", "body__municipality")
    return _timed(
        rows, meeting__body=OuterRef("body"), meeting__attendance__person=OuterRef("person")
    )


def meetings() -> QuerySet[Meeting]:
    """Meetings with attendance, current documents and items."""
    documents = Publication.objects.filter(in_force.current()).defer("packed")
    listed = Present.objects.select_related("person").order_by("pk")
    rows = Meeting.objects.select_related("body__municipality").prefetch_related(
        Prefetch("publications", documents, to_attr="documents"),
        Prefetch("attendance", listed),
        Prefetch("items", _parts(Item.objects.select_related("case"))),
    )
    return rows.annotate(created=_first_published(meeting=OuterRef("pk")), modified=F("changed_at"))


def items() -> QuerySet[Item]:
    """Items with their meeting and everything that is told in them."""
    rows = Item.objects.select_related("meeting__body__municipality", "case")
    return _parts(rows).annotate(
        created=_first_published(meeting=OuterRef("meeting")),
        modified=F("publication__published_at"),
    )


def consultations() -> QuerySet[Item]:
    """Items that treat a case."""
    rows = Item.objects.filter(case__isnull=False).select_related(
        "meeting__body__municipality", "case"
    )
    return rows.annotate(
        created=_first_published(meeting=OuterRef("meeting")),
        modified=F("publication__published_at"),
    )


def cases() -> QuerySet[Case]:
    """Cases with their treatments."""
    treatments = Item.objects.select_related("meeting__body__municipality", "case")
    ordered = treatments.order_by("meeting__date", "meeting_id", "position")
    rows = Case.objects.filter(items__isnull=False).distinct()
    rows = rows.select_related("municipality").prefetch_related(Prefetch("items", ordered))
    return _timed(rows, meeting__items__case=OuterRef("pk"))


def publications() -> QuerySet[Publication]:
    """All versions of all documents, without the documents themselves."""
    rows = Publication.objects.select_related("meeting__body__municipality").defer("packed")
    return rows.annotate(created=F("published_at"), modified=F("published_at"))


def enclosures() -> QuerySet[Enclosure]:
    """Attachments that lie at an address."""
    rows = Enclosure.objects.filter(address__regex=r"^https?://[^ /]").select_related(
        "item__meeting__body__municipality", "file"
    )
    return rows.defer("file__text").annotate(
        created=_first_published(meeting=OuterRef("item__meeting")),
        modified=F("item__publication__published_at"),
    )


def _parts(rows: QuerySet[Item]) -> QuerySet[Item]:
    return rows.order_by("publication_id", "position").prefetch_related(
        Prefetch("ballots", Ballot.objects.select_related("person").order_by("pk")),
        Prefetch("dissents", Dissent.objects.select_related("person").order_by("pk")),
        Prefetch("absences", Absence.objects.select_related("person").order_by("pk")),
        Prefetch(
            "enclosures",
            Enclosure.objects.select_related("file").defer("file__text").order_by("position"),
        ),
    )


def _timed(rows: QuerySet[Any], **which: Any) -> QuerySet[Any]:
    """The rows with the times of the publications that `which` finds for each."""
    return rows.annotate(
        created=_first_published(**which), modified=_published(which, "-published_at")
    )


def _first_published(**which: Any) -> Subquery:
    return _published(which, "published_at")


def _published(which: dict[str, Any], order: str) -> Subquery:
    """When the first publication in this order was published."""
    found = Publication.objects.filter(**which).order_by(order)
    return Subquery(found.values("published_at")[:1])
