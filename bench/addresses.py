"""Addresses of every kind of public page of an archive, drawn by chance, the same each time."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, Final

from django.db.models import Count, Model, QuerySet

from sagsgang.archive.models import Case, Item, Meeting, Publication
from sagsgang.bodies.models import Body, Municipality, Person

QUERIES: Final = (
    "kontanthjælp", "ledig", "spildevand", "budget regnskab", '"tages til efterretning"', "skole*",
    "cykelsti -trafik", "sygedagpengemodtagere", "ordning", "lokalplan høring", "jobcenter",
)  # fmt: skip
"""What is searched for: words of many and of few items, parts of compounds, phrases."""


def addresses(count: int, seed: int = 1) -> dict[str, list[str]]:
    """`count` addresses (or as many as there are) of each kind of page."""
    chance = Random(seed)

    def drawn(rows: QuerySet[Any], address: Callable[[Any], str]) -> list[str]:
        keys = list(rows.values_list("pk", flat=True))
        chosen = chance.sample(keys, min(count, len(keys)))
        return [address(row) for row in rows.filter(pk__in=chosen)]

    municipalities = Municipality.objects.filter(bodies__isnull=False).distinct()
    bodies = Body.objects.select_related("municipality")
    meetings = Meeting.objects.select_related("body__municipality")
    cases = Case.objects.select_related("municipality").annotate(treatments=Count("items"))
    people = Person.objects.select_related("municipality").filter(memberships__isnull=False)
    items = Item.objects.select_related("meeting__body__municipality")
    versions = Publication.objects.select_related("meeting__body__municipality")
    return {
        "front": ["/"],
        "sources": ["/kilder/"],
        "about": ["/om/"],
        "accessibility": ["/tilgaengelighed/"],
        "open data": ["/data/"],
        "municipality": drawn(municipalities, page),
        "committee": drawn(bodies, page),
        "meeting": drawn(meetings, page),
        "item": drawn(items.filter(closed=False), page),
        "case": drawn(cases.filter(treatments__gt=1), page),
        "person": drawn(people.distinct(), page),
        "version": drawn(versions, page),
        "committee feed": drawn(bodies, lambda row: f"{page(row)}feed.atom"),
        "committee calendar": drawn(bodies, lambda row: f"{page(row)}kalender.ics"),
        "search": [f"/soeg/?q={query}" for query in QUERIES][:count],
        "search in a committee": [
            f"/soeg/?q={query}&sort=date&outcome=approved" for query in QUERIES
        ][:count],
    }


def page(row: Model) -> str:
    """The address of a row's own page."""
    address: str = row.get_absolute_url()  # type: ignore[attr-defined]
    return address
