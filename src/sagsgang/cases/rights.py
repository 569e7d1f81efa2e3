"""Who may do what: a table of roles and actions, looked up where somebody has a role.

A role holds in the unit or body where the position is, from its first day to its last.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import Q
from django.utils import timezone

from sagsgang.bodies.models import Body
from sagsgang.minutes.words import Words

from .accounts import Position, Unit, User

_P: Final = Position

MAY: Final[Mapping[str, frozenset[str]]] = {
    "case.create": frozenset({_P.OFFICER, _P.LEADER, _P.SECRETARY}),
    "presentation.edit": frozenset({_P.OFFICER, _P.LEADER, _P.SECRETARY}),
    "presentation.send": frozenset({_P.OFFICER, _P.LEADER, _P.SECRETARY}),
    "approve.leader": frozenset({_P.LEADER}),
    "approve.director": frozenset({_P.DIRECTOR}),
    "approve.secretary": frozenset({_P.SECRETARY}),
    "meeting.run": frozenset({_P.SECRETARY}),
    "meeting.publish": frozenset({_P.SECRETARY}),
    "meeting.sign": frozenset({_P.MEMBER, _P.CHAIR, _P.SUBSTITUTE}),
    "log.read": frozenset({_P.AUDITOR}),
}


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


def may(user: User, action: str, where: Body | Unit | None) -> bool:
    """Whether the user has a role there today that allows the action."""
    if where is None:
        return False
    today = timezone.localdate()
    place = Q(body=where) if isinstance(where, Body) else Q(unit=where)
    return (
        Position.objects.filter(place, user=user, role__in=MAY[action], since__lte=today)
        .filter(Q(until=None) | Q(until__gte=today))
        .exists()
    )


def demand(user: User, action: str, where: Body | Unit | None) -> None:
    """Nothing, where the user may.

    Raises:
        Forbidden: the user may not.
    """
    if not may(user, action, where):
        raise Forbidden(action)
