"""The rows behind the API's answers, with what the answers need loaded along with them."""

from __future__ import annotations

from django.db.models import Count, F, Prefetch, QuerySet

from sagsgang.archive import in_force
from sagsgang.archive.models import Enclosure, Item, Meeting, Publication
from sagsgang.bodies.models import Membership, Municipality, Person


def municipalities() -> QuerySet[Municipality]:
    """Municipalities with how many bodies each has."""
    return Municipality.objects.annotate(bodies_known=Count("bodies"))


def meetings() -> QuerySet[Meeting]:
    """Meetings with their body and the version of their current document."""
    return Meeting.objects.select_related("body__municipality").annotate(
        version=F("current__version")
    )


def items() -> QuerySet[Item]:
    """Items with their meeting and case, and when they were published."""
    return Item.objects.select_related("meeting__body__municipality", "case").annotate(
        published_at=F("publication__published_at")
    )


def people() -> QuerySet[Person]:
    """People with their memberships."""
    memberships = Membership.objects.select_related("body").order_by("-term", "body__name", "pk")
    return Person.objects.select_related("municipality").prefetch_related(
        Prefetch("memberships", memberships)
    )


def publications() -> QuerySet[Publication]:
    """Publications with their meeting, and whether they are current."""
    rows = Publication.objects.select_related("meeting__body__municipality")
    return rows.annotate(current=in_force.current())


def enclosures() -> QuerySet[Enclosure]:
    """Attachments with their files, without the files' texts."""
    return Enclosure.objects.select_related("file").defer("file__text").order_by("position")
