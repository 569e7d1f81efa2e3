"""Who may read what of a meeting: its open items, and those that are closed.

Closed items are read by the members of the body and by those who prepare its meetings. A member
who was found not to be impartial in a case reads nothing of it that is closed (fvl. §§ 3-6), and a
substitute only at the meetings where they stand in for somebody: one who was entered by mistake,
and was there for nothing, reads nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q

from sagsgang.cases.models import User
from sagsgang.cases.rights import Forbidden, may

from .attendance import took_part
from .models import Item, Leave, Meeting, Taking

_READ = "meeting.read"
_READ_CLOSED = "item.read_closed"


class Insight(NamedTuple):
    """What somebody may read of a meeting's closed items."""

    closed: bool
    """Whether they may read closed items at all."""
    conflicts: frozenset[int]
    """The keys of the cases, and `-key` of the items without one, that they are kept from."""

    def covers(self, item: Item) -> bool:
        """Whether they may read all of the item; its presentation and treatment are at hand."""
        return not item.closed or self.covers_closed_parts(item)

    def covers_closed_parts(self, item: Item) -> bool:
        """Whether they may read what is closed in the item, such as a closed attachment."""
        return self.closed and _matter(item) not in self.conflicts

    def in_conflict(self, item: Item) -> bool:
        """Whether the body found that they are not impartial in the item's matter."""
        return _matter(item) in self.conflicts


def insight(user: User, meeting: Meeting) -> Insight:
    """What the user may read of the meeting.

    Raises:
        Forbidden: nothing of it.
    """
    stands_in = (
        user.person_id is not None
        and Taking.objects.filter(meeting=meeting, person=user.person_id)
        .exclude(substitute_for=None)
        .exists()
    ) and user.person_id in took_part(meeting)
    if not stands_in and not _may(user, _READ, meeting):
        raise Forbidden(_READ)
    return Insight(stands_in or _may(user, _READ_CLOSED, meeting), conflicts(user))


def demand_covered(user: User, item: Item) -> None:
    """Nothing, where the user may read all of the item.

    Raises:
        Forbidden: the user may not.
    """
    if not insight(user, item.meeting).covers(item):
        raise Forbidden(_READ_CLOSED)


def conflicts(user: User) -> frozenset[int]:
    """The matters in which the user was found not to be impartial, as `Insight` has them."""
    if user.person_id is None:
        return frozenset()
    found = Leave.objects.filter(~Q(conflict=""), person=user.person_id)
    keys = found.values_list("item", "item__presentation__treatment__case")
    return frozenset(-item if case is None else case for item, case in keys)


def _matter(item: Item) -> int:
    return item.presentation.treatment.case_id if item.presentation else -item.pk


def _may(user: User, action: str, meeting: Meeting) -> bool:
    """Whether the user may today, or might on the meeting's day."""
    return may(user, action, meeting.body) or may(user, action, meeting.body, meeting.date)
