"""Seats: who is a member of a body, from which day and until which, where documents do not tell.

Members are elected for the council's whole term (kommunestyrelsesloven), and documents tell who
they are. Who leaves within it, and who comes in their stead, is written down here. Somebody who is
away for a time keeps the seat: the substitute is entered at each meeting.

Whoever changes seats, or roles that are seats, holds the archive (`alone`) before any row: an
import changes memberships too, and two that took them in opposite order would stop each other.
"""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from sagsgang.archive import editions
from sagsgang.archive.writing import alone
from sagsgang.bodies.models import Body, Membership, Person
from sagsgang.bodies.people import LONGEST_NAME, Register
from sagsgang.bodies.terms import days_of, term_of
from sagsgang.minutes.words import Words

from . import grants, log
from .accounts import Position, User
from .refused import Refused
from .rights import demand

ROLES = (Position.MEMBER, Position.CHAIR)
"""The roles of those who have a seat."""
_ACTION = "people.manage"
_DAY = datetime.timedelta(days=1)


def lasting() -> QuerySet[Membership]:
    """The seats of this term and later ones that are not over today."""
    today = timezone.localdate()
    own = Membership.objects.filter(term__gte=term_of(str(today)))
    return own.filter(Q(until=None) | Q(until__gte=today))


def begin(
    actor: User, body: Body, name: str, *, party: str = "", since: datetime.date | None = None
) -> bool:
    """Whether the person of that name has a seat now, from a day or for the whole of this term.

    Where the person has an account, another administrator must agree first (`grants`).

    Raises:
        Forbidden: the actor may not.
        Refused: it is no full name, the person has a seat in the body already, or has the actor's
            account.
    """
    demand(actor, _ACTION)
    name = full_name(name)
    term = term_of(str(since or timezone.localdate()))
    with log.action(actor, "membership.begin", body), alone():
        person = Register(body.municipality).elected(name)
        seat = _seat(person, body, term)
        if seat and seat.until is None:
            raise Refused(Words(f"{person} er allerede medlem.", f"{person} is a member already."))
        days = {"since": seat.since if seat else _within(term, since), "until": None}
        return _given(actor, person, body, term, party=party.strip(), **days)


def hold(
    person: Person,
    body: Body,
    since: datetime.date,
    until: datetime.date | None,
    *,
    party: str = "",
) -> None:
    """Lets a role of a member that lasts until a day be a seat; within an action.

    The seat is that of the whole term, but for that last day: the role came when the account did.
    A seat that begins again lasts from its first day: the log tells that it was over meanwhile.
    """
    term = term_of(str(since))
    seat = _seat(person, body, term)
    last = until if until and term_of(str(until)) == term else None
    put(person, body, term, party=party, since=seat.since if seat else None, until=last)


def put(
    person: Person, body: Body, term: str, *, party: str = "",
    since: datetime.date | None, until: datetime.date | None,
) -> None:  # fmt: skip
    """Gives the person's seat in the term those days, whether it was there or not."""
    with alone():
        seat = _seat(person, body, term) or Membership(person=person, body=body, term=term)
        seat.party = party or seat.party
        seat.since, seat.until = _within(term, since), _within(term, until)
        seat.save()
        if seat.until:
            _end_roles(seat, seat.until)
        editions.move(body.municipality_id)


def _given(
    actor: User, person: Person, body: Body, term: str, *, party: str,
    since: datetime.date | None, until: datetime.date | None,
) -> bool:  # fmt: skip
    """Whether the seat has those days now, or waits for another administrator to agree."""
    days = {"party": party, "since": since, "until": until}
    account = User.objects.filter(person=person).first()
    if account:
        asked = grants.ask(actor, account, person=person, body=body, term=term, **days)
        if not asked.agreed:
            return False
    put(person, body, term, **days)
    return True


def _seat(person: Person, body: Body, term: str) -> Membership | None:
    return Membership.objects.filter(person=person, body=body, term=term).first()


def change(
    actor: User, seat: Membership, since: datetime.date | None, until: datetime.date | None,
    *, successor: str = "", party: str = "",
) -> bool:  # fmt: skip
    """Whether the seat has its days now, and `successor` one from the day after its last.

    The person's roles of a member in the body end with it. Where somebody with an account gets
    more days than they had, another administrator must agree first (`grants`).

    Raises:
        Forbidden: the actor may not.
        Refused: a day is not in the term, the last one comes before the first, or the successor
            cannot have a seat.
    """
    demand(actor, _ACTION)
    first, last = days_of(seat.term)
    if not first <= (since or first) <= (until or last) <= last:
        raise Refused(
            Words(
                f"Dagene skal ligge i perioden {seat.term}, den første før den sidste.",
                f"The days must lie in the term {seat.term}, the first before the last.",
            )
        )
    with log.action(actor, "membership.days", seat), alone():
        stored = Membership.objects.select_for_update().get(pk=seat.pk)
        place = (stored.person, stored.body, stored.term)
        more = (since or first) < (stored.since or first) or (until or last) > (
            stored.until or last
        )
        counts = True
        if more:
            counts = _given(actor, *place, party="", since=since, until=until)
        else:
            put(*place, since=since, until=until)
        if successor.strip() and until:
            counts &= begin(actor, seat.body, successor, party=party, since=until + _DAY)
    return counts


def end_with(position: Position) -> None:
    """Ends the seat of a role of a member that is over, unless another such role lasts."""
    until, person = position.until, position.user.person
    if until is None or person is None or position.role not in ROLES:
        return
    others = position.user.positions.filter(role__in=ROLES, body=position.body_id)
    if others.filter(Q(until=None) | Q(until__gt=until)).exclude(pk=position.pk).exists():
        return
    term = term_of(str(until))
    with alone():
        seats = Membership.objects.filter(person=person, body=position.body_id, term=term)
        seats.update(until=_within(term, until))
        editions.move(person.municipality_id)


def _end_roles(seat: Membership, until: datetime.date) -> None:
    held = Position.objects.filter(user__person=seat.person_id, body=seat.body_id, role__in=ROLES)
    for one in held.filter(Q(until=None) | Q(until__gt=until)).order_by("pk"):
        one.until = max(until, one.since - _DAY)
        one.save(update_fields=["until"])


def full_name(name: str) -> str:
    """The name, where it is one that somebody can be known by.

    Raises:
        Refused: it is not.
    """
    name = " ".join(name.split())
    if " " not in name or len(name) > LONGEST_NAME:
        raise Refused(
            Words("Navnet skal være medlemmets fulde navn.", "It must be the member's full name.")
        )
    return name


def _within(term: str, day: datetime.date | None) -> datetime.date | None:
    """The day, where it is not just the term's own first or last."""
    return None if day in days_of(term) else day
