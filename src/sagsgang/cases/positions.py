"""Giving and ending roles, by those who administer the house."""

from __future__ import annotations

import datetime

from django.utils import timezone

from sagsgang.archive.registry import Registry
from sagsgang.bodies.models import Body, Membership, Municipality, Person
from sagsgang.bodies.people import LONGEST_NAME, Register
from sagsgang.bodies.terms import term_of
from sagsgang.minutes.words import Words

from . import log
from .accounts import Position, Unit, User
from .refused import Refused
from .rights import demand

IN_UNIT = (Position.OFFICER, Position.LEADER, Position.DIRECTOR)
IN_BODY = (Position.SECRETARY, Position.MEMBER, Position.CHAIR, Position.SUBSTITUTE)
"""The roles that are held in a unit, and those in a body; the others hold in the whole house."""
_ELECTED = (Position.MEMBER, Position.CHAIR, Position.SUBSTITUTE)


def give(
    actor: User, user: User, role: str, *, unit: Unit | None = None, body: Body | None = None,
    since: datetime.date | None = None, until: datetime.date | None = None, party: str = "",
) -> Position:  # fmt: skip
    """A role of the user's, from today or another day.

    Who gets a seat in a body is a member of it in the term, with the `party` that is told.

    Raises:
        Forbidden: the actor may not.
        Refused: it is the actor's own, needs a unit or a body that is not named, ends before it
            begins, or is a seat and the account has no full name, or that of another account.
    """
    demand(actor, "people.manage")
    _demand_another(actor, user)
    if role in IN_UNIT and unit is None:
        raise Refused(Words("Vælg, hvilken enhed rollen gælder.", "Choose the unit of the role."))
    if role in IN_BODY and body is None:
        raise Refused(Words("Vælg, hvilket udvalg rollen gælder.", "Choose the committee of it."))
    since = since or timezone.localdate()
    if until and until < since:
        raise Refused(Words("Rollen slutter, før den begynder.", "The role ends before it begins."))
    with log.action(actor, "position.give", user):
        if body and role in _ELECTED:
            _seat(user, role, body, term_of(str(since)), party)
        return Position.objects.create(
            user=user,
            role=role,
            unit=unit if role in IN_UNIT else None,
            body=body if role in IN_BODY else None,
            since=since,
            until=until,
        )


def _seat(user: User, role: str, body: Body, term: str, party: str) -> None:
    """Lets the account be that of the person of its name, and a member of the body."""
    if user.person is None:
        name = str(user).strip()
        if " " not in name or len(name) > LONGEST_NAME:
            raise Refused(
                Words(
                    "Kontoen skal have medlemmets fulde navn.",
                    "The account must have the member's full name.",
                )
            )
        user.person = Register(body.municipality).elected(name)
        _demand_no_other(user, user.person)
        user.save(update_fields=["person"])
    if user.person.municipality_id != body.municipality_id:
        raise Refused(
            Words(f"{user} er valgt i en anden kommune.", f"{user} sits in another municipality.")
        )
    if role != Position.SUBSTITUTE:
        told = {"party": party.strip()} if party.strip() else {}
        Membership.objects.update_or_create(person=user.person, body=body, term=term, defaults=told)


def end(actor: User, position: Position) -> None:
    """Ends a role: today is no day of it.

    Raises:
        Forbidden: the actor may not.
        Refused: it is the last administrator's.
    """
    demand(actor, "people.manage")
    with log.action(actor, "position.end", position.user):
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


def stand_for(actor: User, user: User, person: Person | None) -> None:
    """Lets the account be that of an elected member, or of none.

    Raises:
        Forbidden: the actor may not.
        Refused: the account is the actor's own, or the member has another.
    """
    demand(actor, "people.manage")
    _demand_another(actor, user)
    if person:
        _demand_no_other(user, person)
    with log.action(actor, "account.person", user):
        user.person = person
        user.save(update_fields=["person"])


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
    return Registry().body(municipality.name, name)


def _demand_no_other(user: User, person: Person) -> None:
    if User.objects.filter(person=person).exclude(pk=user.pk).exists():
        raise Refused(
            Words(f"{person} har allerede en konto.", f"{person} has an account already.")
        )


def _demand_another(actor: User, user: User) -> None:
    if actor == user:
        raise Refused(
            Words(
                "Du kan ikke selv give dig rettigheder. En anden administrator skal gøre det.",
                "You cannot give yourself rights. Another administrator must do it.",
            )
        )
