"""Giving and ending roles, by those who administer the house."""

from __future__ import annotations

import datetime

from django.utils import timezone

from sagsgang.archive.registry import Registry
from sagsgang.archive.writing import alone
from sagsgang.bodies.models import Body, Municipality, Person
from sagsgang.bodies.people import Register
from sagsgang.minutes.words import Words

from . import grants, log, seats
from .accounts import Grant, Position, Unit, User
from .refused import Refused
from .rights import demand

IN_UNIT = (Position.OFFICER, Position.LEADER, Position.DIRECTOR)
IN_BODY = (Position.SECRETARY, Position.MEMBER, Position.CHAIR, Position.SUBSTITUTE)
"""The roles that are held in a unit, and those in a body; the others hold in the whole house."""
_ELECTED = (Position.MEMBER, Position.CHAIR, Position.SUBSTITUTE)


def give(
    actor: User, user: User, role: str, *, unit: Unit | None = None, body: Body | None = None,
    since: datetime.date | None = None, until: datetime.date | None = None, party: str = "",
) -> Position | None:  # fmt: skip
    """A role of the user's, from today or another day; `None` where it waits for agreement.

    Another administrator must agree to what opens closed items (`grants`), and so where the account
    becomes that of somebody who is known by its name.

    Who gets a seat in a body is a member of it in the term, with the `party` that is told.

    Raises:
        Forbidden: the actor may not.
        Refused: it is the actor's own, needs a unit or a body that is not named, ends before it
            begins, or is a seat and the account has no full name, or that of another account.
    """
    demand(actor, "people.manage")
    grants.demand_another(actor, user)
    if role in IN_UNIT and unit is None:
        raise Refused(Words("Vælg, hvilken enhed rollen gælder.", "Choose the unit of the role."))
    if role in IN_BODY and body is None:
        raise Refused(Words("Vælg, hvilket udvalg rollen gælder.", "Choose the committee of it."))
    since = since or timezone.localdate()
    if until and until < since:
        raise Refused(Words("Rollen slutter, før den begynder.", "The role ends before it begins."))
    what = {
        "role": role,
        "unit": unit if role in IN_UNIT else None,
        "body": body if role in IN_BODY else None,
        "party": party.strip() if role in seats.ROLES else "",
        "since": since,
        "until": until,
    }
    with log.action(actor, "position.give", user), alone():
        becomes = _becoming(user, body) if body and role in _ELECTED else None
        if role not in grants.OPENING and becomes is None:
            return _given(Grant(user=user, **what))
        asked = grants.ask(actor, user, **what)
        return _given(asked) if asked.agreed else None


def agree(actor: User, grant: Grant) -> None:
    """Lets what another administrator gives count, from today at the earliest.

    Raises:
        Forbidden: the actor may not.
        Refused: the actor asked for it or gets it, it was answered, or it cannot be given any more.
    """
    with log.action(actor, "grant.agree", grant.user), alone():
        stored = grants.answer(actor, grant, agreed=True)
        if stored.role:
            stored.since = max(stored.since or timezone.localdate(), timezone.localdate())
            _given(stored)
        elif stored.body and stored.person:
            seats.put(
                stored.person, stored.body, stored.term,
                party=stored.party, since=stored.since, until=stored.until,
            )  # fmt: skip
        else:
            _tie(stored.user, stored.person)


def _given(grant: Grant) -> Position:
    """The role of a grant that counts."""
    user, body, since = grant.user, grant.body, grant.since or timezone.localdate()
    if body and grant.role in _ELECTED:
        _becoming(user, body)
        if user.person is None:
            _tie(user, Register(body.municipality).elected(seats.full_name(str(user))))
    if body and user.person and grant.role in seats.ROLES:
        seats.hold(user.person, body, since, grant.until, party=grant.party)
    return Position.objects.create(
        user=user, role=grant.role, unit=grant.unit, body=body, since=since, until=grant.until
    )


def _becoming(user: User, body: Body) -> Person | None:
    """Whose account it becomes by a role in the body, of those who are known by its name.

    Raises:
        Refused: it can be that of no member or substitute there.
    """
    if user.person is None:
        known = Register(body.municipality).called(seats.full_name(str(user)))
        if known:
            _demand_no_other(user, known)
        return known
    if user.person.municipality_id != body.municipality_id:
        raise Refused(
            Words(f"{user} er valgt i en anden kommune.", f"{user} sits in another municipality.")
        )
    return None


def _tie(user: User, person: Person | None) -> None:
    """Lets the account be that of the person, or of none."""
    if person:
        _demand_no_other(user, person)
    user.person = person
    user.save(update_fields=["person"])


def end(actor: User, position: Position) -> None:
    """Ends a role: today is no day of it, nor of a seat that was held by it.

    Raises:
        Forbidden: the actor may not.
        Refused: it is the last administrator's.
    """
    demand(actor, "people.manage")
    with log.action(actor, "position.end", position.user), alone():
        others = Position.objects.filter(
            role=Position.ADMINISTRATOR, until=None, user__is_active=True
        ).exclude(pk=position.pk)
        if position.role == Position.ADMINISTRATOR and not others.exists():
            raise Refused(
                Words(
                    "Der skal altid være en administrator. Gør først en anden til det.",
                    "There must always be an administrator. Make somebody else one first.",
                )
            )
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        position.until = max(yesterday, position.since - datetime.timedelta(days=1))
        position.save(update_fields=["until"])
        seats.end_with(position)


def stand_for(actor: User, user: User, person: Person | None) -> bool:
    """Whether the account is now that of an elected member, or of none.

    That of a member waits for another administrator to agree (`grants`).

    Raises:
        Forbidden: the actor may not.
        Refused: the account is the actor's own, or the member has another.
    """
    demand(actor, "people.manage")
    grants.demand_another(actor, user)
    if person:
        _demand_no_other(user, person)
    with log.action(actor, "account.person", user):
        if person and not grants.ask(actor, user, person=person).agreed:
            return False
        _tie(user, person)
        return True


def set_active(actor: User, user: User, active: bool) -> None:
    """Opens or closes an account.

    Raises:
        Forbidden: the actor may not.
        Refused: it is the actor's own.
    """
    demand(actor, "people.manage")
    if user == actor:
        raise Refused(
            Words("Du kan ikke lukke din egen konto.", "You cannot close your own account.")
        )
    with log.action(actor, "account.open" if active else "account.close", user):
        user.is_active = active
        user.save(update_fields=["is_active"])


def create_unit(
    actor: User, municipality: Municipality, name: str, parent: Unit | None = None
) -> Unit:
    """A new part of the administration.

    Raises:
        Forbidden: the actor may not.
        Refused: there is one of that name.
    """
    demand(actor, "people.manage")
    if Unit.objects.filter(municipality=municipality, name__iexact=name).exists():
        raise Refused(Words("Enheden findes allerede.", "There is such a unit already."))
    with log.action(actor, "unit.create", f"cases.unit:{name}"):
        return Unit.objects.create(municipality=municipality, name=name, parent=parent)


def create_body(actor: User, municipality: Municipality, name: str) -> Body:
    """A new committee, or the council by its name, of which no document tells yet.

    Raises:
        Forbidden: the actor may not.
        Refused: there is one of that name.
    """
    demand(actor, "people.manage")
    if Body.objects.filter(municipality=municipality, name__iexact=name).exists():
        raise Refused(Words("Udvalget findes allerede.", "There is such a committee already."))
    with log.action(actor, "body.create", f"bodies.body:{name}"[:120]), alone():
        return Registry().body(municipality.name, name)


def _demand_no_other(user: User, person: Person) -> None:
    if User.objects.filter(person=person).exclude(pk=user.pk).exists():
        raise Refused(
            Words(f"{person} har allerede en konto.", f"{person} has an account already.")
        )
