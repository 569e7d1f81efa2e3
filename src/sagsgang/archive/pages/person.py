"""The page of a person: memberships, attendance, votes and dissent, as the minutes print them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sagsgang.bodies.models import Body, Membership, Person
from sagsgang.minutes import words

from ..models import Absence, Ballot, Dissent, Item, Present
from . import people, trail, wording
from .addresses import person_at
from .conditional import fresh
from .page import Link, Page, shown

PER_PAGE: Final = 25


@dataclass(slots=True)
class Seat:
    """A body in a term, with what its documents tell of the person's attendance."""

    body: Body
    term: str
    party: str = ""
    member: bool = False
    since: datetime.date | None = None
    until: datetime.date | None = None
    present: int = 0
    away: int = 0
    items_missed: int = 0

    @property
    def told(self) -> int:
        """The meetings whose documents say whether the person was there."""
        return self.present + self.away

    @property
    def share(self) -> float | None:
        """The share of those meetings at which the person was present."""
        return self.present / self.told if self.told else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How often the person chose alike."""

    word: str
    count: int


@dataclass(frozen=True, slots=True)
class Voted:
    """A vote by the person."""

    item: Item
    title: str
    choice: str
    word: str


@fresh
def person(request: HttpRequest, municipality: str, person: str) -> HttpResponse:
    """A person whom a municipality's documents name."""
    row = person_at(municipality, person)
    seats = _seats(row)
    pages = Paginator(_items_of(Ballot.objects.filter(person=row)), PER_PAGE)
    votes = pages.get_page(request.GET.get("side"))
    dissents = _items_of(Dissent.objects.filter(person=row))[:PER_PAGE]
    return shown(
        request,
        "archive/person.html",
        _page(request, row, seats),
        person=row,
        followed=row.get_absolute_url(),
        spellings=[one.text for one in row.spellings.all() if one.text != row.name],
        seats=seats,
        told=any(seat.told for seat in seats),
        votes=[_voted(one) for one in votes.object_list],
        pages=votes,
        tallies=_tallies(row),
        dissents=[_voted(one) for one in dissents],
    )


def _items_of(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Votes or dissents with their items, the latest first."""
    return rows.select_related("item__meeting__body__municipality").order_by(
        "-item__meeting__date", "item__position", "pk"
    )


def _voted(row: Ballot | Dissent) -> Voted:
    choice = getattr(row, "choice", "")
    word = wording.said(words.CHOICES[choice]) if choice in words.CHOICES else choice
    return Voted(row.item, wording.item_title(row.item), choice, word)


def _tallies(row: Person) -> list[Tally]:
    counted = dict(
        Ballot.objects.filter(person=row)
        .order_by()
        .values_list("choice")
        .annotate(count=Count("pk"))
    )
    return [
        Tally(wording.said(words.CHOICES[choice]), counted[choice])
        for choice in words.CHOICES
        if choice in counted
    ]


def _seats(row: Person) -> list[Seat]:
    """The bodies and terms whose documents name the person, the newest first."""
    seats: dict[tuple[int, str], Seat] = {}
    bodies: dict[int, Body] = {}

    def seat(body: int, term: str) -> Seat:
        return seats.setdefault((body, term), Seat(bodies[body], term))

    memberships = list(Membership.objects.filter(person=row).select_related("body__municipality"))
    heads = _counted(
        Present.objects.filter(person=row),
        "meeting",
        here=Count("pk", filter=Q(present=True)),
        gone=Count("pk", filter=Q(present=False)),
    )
    missed = _counted(Absence.objects.filter(person=row), "item__meeting", items=Count("pk"))
    bodies.update((one.body_id, one.body) for one in memberships)
    unknown = {counts[0] for counts in (*heads, *missed)} - set(bodies)
    bodies.update(Body.objects.select_related("municipality").in_bulk(unknown))
    for one in memberships:
        found = seat(one.body_id, one.term)
        found.member, found.party = True, people.party_said(one.party)
        found.since, found.until = one.since, one.until
    for body, term, here, gone in heads:
        found = seat(body, term)
        found.present, found.away = here, gone
    for body, term, items in missed:
        seat(body, term).items_missed = items
    by_name = sorted(seats.values(), key=lambda one: one.body.name)
    return sorted(by_name, key=lambda one: one.term, reverse=True)


def _counted(rows: QuerySet[Any], meeting: str, **counts: Count) -> list[tuple[Any, ...]]:
    """Counts by body and term."""
    by = (f"{meeting}__body", f"{meeting}__term")
    return list(rows.order_by().values_list(*by).annotate(**counts))


def _page(request: HttpRequest, row: Person, seats: Sequence[Seat]) -> Page:
    municipality = row.municipality
    steps = trail.to_municipality(municipality)
    bodies = list(dict.fromkeys(seat.body.name for seat in seats if seat.member))
    about = {
        "@type": "Person",
        "name": row.name,
        "memberOf": [trail.organisation(seat.body) for seat in seats if seat.member],
    }
    told = ", ".join(bodies) or _("nævnt i referater")
    return Page(
        title=_("%(name)s i %(municipality)s Kommune")
        % {"name": row.name, "municipality": municipality.name},
        description=_("%(name)s: %(bodies)s. Medlemskaber, fremmøde, stemmer og uenighed.")
        % {"name": row.name, "bodies": told},
        trail=steps,
        crumb=row.name,
        schema=trail.schema(request, steps, row.name, about),
        kind="profile",
        feeds=[Link(row.name, f"{row.get_absolute_url()}feed.atom")],
    )
