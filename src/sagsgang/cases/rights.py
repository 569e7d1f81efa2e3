"""Who may do what: a table of roles and actions, looked up where somebody has a role.

A role holds in the unit or body where the position is, from its first day to its last, and in the
parts of the unit. A secretary, whose role is in a body, prepares what that body treats. While
somebody is away, their deputy answers for them in the approval chain. Who is a member of a body has
the role of member there, from the first day of the membership to its last.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

from sagsgang.bodies.models import Body, Membership
from sagsgang.bodies.terms import term_of
from sagsgang.minutes.words import Words

from .accounts import Absence, Position, Unit, User

_P: Final = Position

MAY: Final[Mapping[str, frozenset[str]]] = {
    "case.read": frozenset({_P.OFFICER, _P.LEADER, _P.DIRECTOR, _P.SECRETARY}),
    "case.create": frozenset({_P.OFFICER, _P.LEADER, _P.SECRETARY}),
    "presentation.edit": frozenset({_P.OFFICER, _P.LEADER, _P.SECRETARY}),
    "presentation.send": frozenset({_P.OFFICER, _P.LEADER, _P.SECRETARY}),
    "approve.leader": frozenset({_P.LEADER}),
    "approve.director": frozenset({_P.DIRECTOR}),
    "approve.secretary": frozenset({_P.SECRETARY}),
    "meeting.read": frozenset({_P.MEMBER, _P.CHAIR, _P.SUBSTITUTE, _P.SECRETARY}),
    "item.read_closed": frozenset({_P.MEMBER, _P.CHAIR, _P.SECRETARY}),
    "question.ask": frozenset({_P.MEMBER, _P.CHAIR, _P.SUBSTITUTE}),
    "meeting.run": frozenset({_P.SECRETARY}),
    "meeting.publish": frozenset({_P.SECRETARY}),
    "minutes.look_up": frozenset({_P.SECRETARY, _P.AUDITOR}),
    "meeting.sign": frozenset({_P.MEMBER, _P.CHAIR, _P.SUBSTITUTE}),
    "people.manage": frozenset({_P.ADMINISTRATOR}),
    "log.read": frozenset({_P.AUDITOR}),
}
_DELEGATED: Final = "approve."
"""The actions that a deputy does for somebody who is away."""


class Forbidden(Exception):
    """Somebody may not do what they tried; `words` tell whom to ask."""

    def __init__(self, action: str) -> None:
        roles = dict(Position.ROLES)
        able = ", ".join(sorted(str(roles[role]).lower() for role in MAY[action]))
        self.words = Words(
            f"Det har du ikke rettigheder til. Det kan gøres af: {able}.",
            f"You may not do that. It can be done by: {', '.join(sorted(MAY[action]))}.",
        )
        super().__init__(self.words.danish)


def may(
    user: User, action: str, *where: Body | Unit | None, on: datetime.date | None = None
) -> bool:
    """Whether the user has a role in one of the places that allows the action.

    That is today, or `on` another day. A role without a place holds in the whole house, which is
    what no place asks about.
    """
    places = [place for place in where if place is not None]
    if not places:
        return _positions(user, action, on).filter(unit=None, body=None).exists()
    return any(_may_in(user, action, place, on) for place in places)


def _may_in(user: User, action: str, where: Body | Unit, on: datetime.date | None) -> bool:
    there = bodies if isinstance(where, Body) else units
    return there(user, action, on).filter(pk=where.pk).exists()


def serves(user: User, action: str) -> bool:
    """Whether the user has a role today, anywhere, that allows the action."""
    return _positions(user, action).exists()


def bodies(user: User, action: str, on: datetime.date | None = None) -> QuerySet[Body]:
    """The bodies in which the user may do it: by a position, or as a member of the term."""
    held = _positions(user, action, on)
    there = Q(pk__in=held.values("body")) | Q(Exists(held.filter(unit=None, body=None)))
    if Position.MEMBER in MAY[action] and user.person_id:
        seats = memberships(on or timezone.localdate()).filter(person=user.person_id)
        there |= Q(pk__in=seats.values("body"))
    return Body.objects.filter(there)


def memberships(day: datetime.date) -> QuerySet[Membership]:
    """The memberships of bodies on a day: those of its term that have begun and are not over."""
    return Membership.objects.filter(term=term_of(str(day))).on(day)


def units(user: User, action: str, on: datetime.date | None = None) -> QuerySet[Unit]:
    """The units in which the user may do it: those of a position, and their parts."""
    held = _positions(user, action, on)
    own = set(held.exclude(unit=None).values_list("unit", flat=True))
    there = Q(pk__in=_with_parts(own)) | Q(Exists(held.filter(unit=None, body=None)))
    return Unit.objects.filter(there)


def _with_parts(units: set[int]) -> set[int]:
    """The keys of units and of all that lies under them."""
    found, latest = set(units), set(units)
    while latest:
        latest = set(Unit.objects.filter(parent__in=latest).values_list("pk", flat=True)) - found
        found |= latest
    return found


def _positions(user: User, action: str, on: datetime.date | None = None) -> QuerySet[Position]:
    day = on or timezone.localdate()
    whose = Q(user=user)
    if action.startswith(_DELEGATED):
        away = Absence.objects.filter(deputy=user, since__lte=day, until__gte=day)
        whose |= Q(user__in=away.values("user"))
    return Position.objects.filter(
        whose, Q(until=None) | Q(until__gte=day), role__in=MAY[action], since__lte=day
    )


def demand(
    user: User, action: str, *where: Body | Unit | None, on: datetime.date | None = None
) -> None:
    """Nothing, where the user may.

    Raises:
        Forbidden: the user may not.
    """
    if not may(user, action, *where, on=on):
        raise Forbidden(action)
