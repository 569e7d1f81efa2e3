"""The members that the head of a document lists, and whether it says that they were there."""

from __future__ import annotations

import re
from typing import Final

from ..danish import names
from ..danish.names import Person
from ..model import Attendance
from .head_facts import HeadFacts

_MOST: Final = 300
"""More persons than any council has; the rest of a longer list are none."""
_SUBSTITUTE: Final = re.compile(r"\s[-–]\s[^-–]*(?:stedfortræder|mødte|deltog).*$")


def members_of(facts: HeadFacts, *, held: bool) -> tuple[Attendance, ...]:
    """The members in printed order, each once.

    Who is listed as attending was there, if the meeting was `held`; where the head says who was
    absent, all others were there too.
    """
    listed = [
        (part, person)
        for part, line in facts.of("members", "attending")
        for person in names.split_persons(line)
    ][:_MOST]
    away = [
        person
        for line in facts.all("absent")
        for person in names.split_persons(_SUBSTITUTE.sub("", line))
    ][:_MOST]
    absent = [person.name for person in away]
    says = bool(facts.all("absent")) or any(person.present is False for _, person in listed)
    members = [
        Attendance(
            person.name,
            person.party,
            _presence(person, absent, says or (held and part == "attending")),
        )
        for part, person in listed
    ]
    if members:
        # Those whom only the line of the absent names are members too.
        members += [
            Attendance(person.name, person.party, False)
            for person in away
            if not any(names.same_person(person.name, member.name) for member in members)
        ]
    return tuple(dict.fromkeys(members))


def _presence(person: Person, absent: list[str], says: bool) -> bool | None:
    if person.present is False or any(names.same_person(person.name, name) for name in absent):
        return False
    return True if says else None
