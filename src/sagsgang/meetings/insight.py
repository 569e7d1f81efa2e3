"""Who may read what of a meeting: its open items, and those that are closed.

Closed items are read by the members of the body and by those who prepare its meetings, while they
are that: what counts is the day on which somebody asks. Only those who took part in a meeting read
it, whatever they are since, until its minutes are final, as they are to sign them; so does a
substitute, at the meetings where they stand in for somebody: one who was entered by mistake, and
was there for nothing, reads nothing. A member who was found not to be impartial in a case reads
nothing of it that is closed (fvl. §§ 3-6). One who is called in
for an item alone reads that item from then on, and nothing closed beside it.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q, QuerySet

from sagsgang.cases.models import User
from sagsgang.cases.rights import Forbidden, bodies, may

from .attendance import took_part
from .models import Conflict, Item, Leave, Meeting

_READ = "meeting.read"
_READ_CLOSED = "item.read_closed"


class Insight(NamedTuple):
    """What somebody may read of a meeting's closed items."""

    closed: bool
    """Whether they may read closed items at all."""
    conflicts: frozenset[int]
    """The keys of the cases, and `-key` of the items without one, that they are kept from."""
    called_in: frozenset[int] = frozenset()
    """The keys of the items that they are called in for as a substitute, and for no others."""

    def covers(self, item: Item) -> bool:
        """Whether they may read all of the item; its presentation and treatment are at hand."""
        return not item.closed or self.covers_closed_parts(item)

    def covers_closed_parts(self, item: Item) -> bool:
        """Whether they may read what is closed in the item, such as a closed attachment."""
        may_read = self.closed or item.pk in self.called_in
        return may_read and _matter(item) not in self.conflicts

    def in_conflict(self, item: Item) -> bool:
        """Whether the body found that they are not impartial in the item's matter."""
        return _matter(item) in self.conflicts


def insight(user: User, meeting: Meeting) -> Insight:
    """What the user may read of the meeting.

    Raises:
        Forbidden: nothing of it.
    """
    over = meeting.state == Meeting.SIGNED
    called_in = frozenset() if over else _called_in(user, meeting)
    signs = not over and user.person_id in took_part(meeting, but_for=called_in)
    if not signs and not called_in and not may(user, _READ, meeting.body):
        raise Forbidden(_READ)
    reads = signs or may(user, _READ_CLOSED, meeting.body)
    return Insight(reads, conflicts(user), called_in)


def meetings(user: User) -> QuerySet[Meeting]:
    """The meetings that the user has to do with: in their bodies, or called in for an item."""
    own = Q(body__in=bodies(user, _READ))
    called_in = Q(pk__in=_calls(user).values("item__meeting")) & ~Q(state=Meeting.SIGNED)
    return Meeting.objects.filter(own | called_in).order_by("date", "start_time", "pk")


def _called_in(user: User, meeting: Meeting) -> frozenset[int]:
    """The items for which the user is a substitute, unless the body found none was needed."""
    asked = _calls(user).filter(item__meeting=meeting)
    return frozenset(asked.values_list("item", flat=True))


def _calls(user: User) -> QuerySet[Conflict]:
    if user.person_id is None:
        return Conflict.objects.none()
    return Conflict.objects.filter(substitute=user.person_id).exclude(found=False)


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
