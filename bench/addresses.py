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

FIXED: Final = {
    "front": "/",
    "sources": "/kilder/",
    "about": "/om/",
    "seals": "/segl/",
    "accessibility": "/tilgaengelighed/",
    "open data": "/data/",
    "follow": "/foelg/",
    "API": "/api/",
    "feed of the site": "/feed.atom",
    "sitemap": "/sitemap.xml",
    **{
        f"sitemap of {kind}": f"/sitemap-{kind}-0.xml"
        for kind in ("kommuner", "udvalg", "moeder", "punkter", "sager", "personer")
    },
    "export": "/data/referater.jsonl",
    **{
        f"API: {kind}": f"/api/{kind}?limit=20"
        for kind in ("municipalities", "bodies", "people", "meetings", "items", "cases",
                     "publications")
    },
    "OParl": "/oparl/",
    "OParl: bodies": "/oparl/bodies",
}  # fmt: skip

FOLLOWED: Final = ("municipality", "committee", "case", "person")
DRAWN: Final = (
    "municipality", "committee", "meeting", "item", "case", "person", "version", "versions",
    "similar cases", "minutes as HTML", "search", "search narrowed down",
    *(f"{what} of a {kind}" for kind in FOLLOWED for what in ("feed", "calendar")),
)  # fmt: skip
"""Kinds of pages of which there are as many as there are rows."""


def addresses(count: int, seed: int = 1) -> dict[str, list[str]]:
    """`count` addresses (or as many as there are) of each kind of page."""
    chance = Random(seed)

    def drawn(rows: QuerySet[Any], address: Callable[[Any], str]) -> list[str]:
        keys = list(rows.values_list("pk", flat=True))
        chosen = chance.sample(keys, min(count, len(keys)))
        return [address(row) for row in rows.filter(pk__in=chosen)]

    of_municipality = "municipality"
    of_body = "body__municipality"
    municipalities = Municipality.objects.filter(bodies__isnull=False).distinct()
    bodies = Body.objects.select_related(of_municipality)
    meetings = Meeting.objects.select_related(of_body)
    cases = Case.objects.select_related(of_municipality).annotate(treatments=Count("items"))
    people = Person.objects.select_related(of_municipality).filter(memberships__isnull=False)
    items = Item.objects.select_related(f"meeting__{of_body}")
    versions = Publication.objects.select_related(f"meeting__{of_body}")
    rows: dict[str, QuerySet[Any]] = {
        "municipality": municipalities,
        "committee": bodies,
        "meeting": meetings,
        "item": items.filter(closed=False),
        "case": cases.filter(treatments__gt=1),
        "person": people.distinct(),
        "version": versions,
    }
    found = {kind: drawn(each, page) for kind, each in rows.items()}
    for kind in FOLLOWED:
        found[f"feed of a {kind}"] = [f"{address}feed.atom" for address in found[kind]]
        found[f"calendar of a {kind}"] = [f"{address}kalender.ics" for address in found[kind]]
    found["versions"] = [f"{address}versioner/" for address in found["meeting"]]
    found["similar cases"] = [f"{address}lignende/" for address in found["item"]]
    found["minutes as HTML"] = [f"{address}referat.html" for address in found["meeting"]]
    found["search"] = [f"/soeg/?q={query}" for query in QUERIES][:count]
    found["search narrowed down"] = [
        f"/soeg/?q={query}&sortering=nyest&udfald=approved" for query in QUERIES
    ][:count]
    return found | {kind: [address] for kind, address in FIXED.items()}


def page(row: Model) -> str:
    """The address of a row's own page."""
    address: str = row.get_absolute_url()  # type: ignore[attr-defined]
    return address
