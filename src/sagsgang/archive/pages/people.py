"""Names on pages: as the document prints them, led to the person's page where one is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from sagsgang.bodies.models import Municipality, Person

from ..models import Absence, Ballot, Dissent, Present


class Name(NamedTuple):
    """A printed name, the address of its person's page, and the party where it is told."""

    text: str
    address: str = ""
    party: str = ""


class RollCall(NamedTuple):
    """Who was there for an item, or a meeting; `present` is `None` where the document is silent."""

    present: Sequence[Name] | None
    absent: Sequence[Name]
    untold: Sequence[Name]
    """Members of whom the head does not say whether they were there."""


def name_of(printed: str, row: Ballot | Dissent | None) -> Name:
    """A printed name in a vote or under a statement."""
    if row is None or row.person is None:
        return Name(printed)
    return Name(printed, row.person.get_absolute_url())


def party_said(party: str) -> str:
    """A party's letter, or the words for none."""
    return _("uden for parti") if party == "independent" else party


def roll_call(
    listed: Sequence[Present], absences: Sequence[Absence], municipality: Municipality
) -> RollCall:
    """Who was there: as the head lists them, but for those whom the item records as absent."""
    away = {absence.person_id: absence.person for absence in absences}
    parties = {one.person_id: one.party for one in listed}
    for one in listed:
        if one.present is False:
            away[one.person_id] = one.person
    there = [one for one in listed if one.present and one.person_id not in away]
    untold = [one for one in listed if one.present is None and one.person_id not in away]
    told = any(one.present is not None for one in listed)
    return RollCall(
        [_named(one.person, one.party, municipality) for one in there] if told else None,
        [_named(person, parties.get(key, ""), municipality) for key, person in away.items()],
        [_named(one.person, one.party, municipality) for one in untold],
    )


def _named(person: Person, party: str, municipality: Municipality) -> Name:
    person.municipality = municipality
    return Name(person.name, person.get_absolute_url(), party_said(party))
