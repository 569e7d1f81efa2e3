"""Who takes part: in an item while it is treated, and afterwards in the minutes.

Once an item is decided, those who were there for it are kept with it, so that somebody who goes
home later is not printed as absent from what they decided.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from sagsgang.bodies.models import Membership, Person
from sagsgang.cases import rights
from sagsgang.cases.models import Position

from .models import Item, Meeting, Taking
from .rules.voting import Quorum


def taking_part(item: Item) -> list[Person]:
    """Those who take part in an item: present, and not out of the room for it.

    In the place of one who is not impartial comes the substitute that was called in for the item.
    """
    away = item.leaves.values("person")
    called_in = item.announced_conflicts.filter(found=True, person__in=away).values("substitute")
    there = Q(present=True) & ~Q(person__in=away) | Q(person__in=called_in)
    return [one.person for one in item.meeting.takings.filter(there).select_related("person")]


def memberships(meeting: Meeting) -> QuerySet[Membership]:
    """The members of the body on the meeting's day, by name."""
    own = rights.memberships(meeting.date).filter(body=meeting.body_id)
    return own.select_related("person").order_by("person__name", "pk")


def able_to_stand_in(meeting: Meeting) -> QuerySet[Person]:
    """Substitutes, those who sit in another body of the municipality, and who stood in before."""
    sitting = rights.memberships(meeting.date).filter(
        body__municipality=meeting.body.municipality_id
    )
    before = Taking.objects.filter(meeting__body=meeting.body_id).exclude(substitute_for=None)
    substitutes = Position.objects.filter(
        Q(until=None) | Q(until__gte=meeting.date),
        role=Position.SUBSTITUTE,
        body=meeting.body_id,
        user__person__isnull=False,
    )
    able = (
        Q(pk__in=substitutes.values("user__person"))
        | Q(pk__in=sitting.values("person"))
        | Q(pk__in=before.order_by().values("person"))
    )
    members = memberships(meeting).order_by().values("person")
    return Person.objects.filter(able).exclude(pk__in=members).order_by("name", "pk")


def quorum(item: Item) -> Quorum:
    """The body's quorum in an item; substitutes count as those they stand in for."""
    members = item.meeting.takings.filter(substitute_for=None).count()
    return Quorum(members, len(taking_part(item)))


def absent(item: Item) -> list[str]:
    """The names of those who were not there for an item, or left the room for it."""
    there = item.there
    if there is None:
        there = list(item.meeting.takings.filter(present=True).values_list("person", flat=True))
    members = item.meeting.takings.filter(substitute_for=None).exclude(person__in=there)
    away = [*members.select_related("person"), *item.leaves.select_related("person")]
    return sorted({one.person_id: one.person.name for one in away}.values())


def took_part(meeting: Meeting, but_for: Collection[int] = ()) -> set[int]:
    """The keys of those who were at the meeting, all of it or for some of its items.

    Items whose keys are in `but_for` are left out.

    A substitute who was entered by mistake, and was there for nothing, is not among them.
    """
    decided = meeting.items.exclude(there=None).exclude(pk__in=but_for)
    decided = decided.values_list("there", flat=True)
    now = meeting.takings.filter(present=True).values_list("person", flat=True)
    return set(now).union(*decided)


def printed_takings(meeting: Meeting) -> list[tuple[Taking, bool]]:
    """Those whom the head of the minutes names, each with whether they were there."""
    there = took_part(meeting)
    takings = meeting.takings.select_related("person")
    return [
        (one, one.person_id in there)
        for one in takings
        if one.substitute_for_id is None or one.person_id in there
    ]
