"""Who takes part: in an item while it is treated, and afterwards in the minutes.

Once an item is decided, those who were there for it are kept with it, so that somebody who goes
home later is not printed as absent from what they decided.
"""

from __future__ import annotations

from sagsgang.bodies.models import Person

from .models import Item, Meeting, Taking
from .rules.voting import Quorum


def taking_part(item: Item) -> list[Person]:
    """Those who take part in an item: present, and not out of the room for it."""
    away = item.leaves.values("person")
    there = item.meeting.takings.filter(present=True).exclude(person__in=away)
    return [one.person for one in there.select_related("person")]


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


def took_part(meeting: Meeting) -> set[int]:
    """The keys of those who were at the meeting, all of it or for some of its items.

    A substitute who was entered by mistake, and was there for nothing, is not among them.
    """
    decided = meeting.items.exclude(there=None).values_list("there", flat=True)
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
