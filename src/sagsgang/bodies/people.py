"""Who is meant by a printed name: persons matched within a committee's term.

Names are compared letter for letter within the municipality, and with one slip of the pen only
within a body's term. Two municipalities never share a person: a name alone proves nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sagsgang.minutes.danish.names import in_roster, looks_like_name, party_of
from sagsgang.minutes.danish.slugs import slug_of

from .insertion import insert, number
from .models import Body, Membership, Municipality, Person, Spelling

LONGEST_NAME = 120
LONGEST_PARTY = 20


class Register:
    """The people of one municipality, kept in memory while documents are published.

    Two names are one person's where a member of the body's term is called so, or nearly so, or
    where somebody else in the municipality is called exactly so.
    """

    def __init__(self, municipality: Municipality) -> None:
        self._municipality = municipality
        self._persons: dict[int, Person] = {}
        self._by_spelling: dict[str, Person] = {}
        self._slugs: set[str] = set()
        for person in Person.objects.filter(municipality=municipality):
            self._persons[person.pk] = person
            self._slugs.add(person.slug)
        for spelling in Spelling.objects.filter(person__municipality=municipality).order_by("id"):
            person = self._persons[spelling.person_id]
            self._by_spelling.setdefault(_key(spelling.text), person)
        self._members: dict[tuple[int, str], dict[str, Person]] = defaultdict(dict)
        self._memberships: dict[tuple[int, int, str], Membership] = {}
        for membership in Membership.objects.filter(
            person__municipality=municipality
        ).select_related("person"):
            self._remember(membership)

    def member(self, name: str, party: str | None, body: Body, term: str) -> Person | None:
        """The person that the head of a document lists as a member; `None` for no full name."""
        person = self.present(name, body, term)
        if person:
            self._join(person, name, (party or "")[:LONGEST_PARTY], body, term)
        return person

    def present(self, name: str, body: Body, term: str) -> Person | None:
        """The person that a head names, who may stand in for a member; `None` for no full name."""
        if " " not in name.strip() or len(name) > LONGEST_NAME:
            return None
        return self._known(name, body, term) or self._new(name)

    def named(self, name: str, body: Body, term: str) -> Person | None:
        """The person that a vote, a statement or an absence names; `None` for a party or group."""
        if len(name) > LONGEST_NAME or party_of(name):
            return None
        known = self._known(name, body, term)
        if known or not looks_like_name(name):
            return known
        return self._new(name)

    def elected(self, name: str) -> Person:
        """The person who is called exactly so, or a new one: nobody gets a seat by likeness."""
        return self.called(name) or self._new(name)

    def called(self, name: str) -> Person | None:
        """The person who is called exactly so, if there is one."""
        return self._by_spelling.get(_key(name))

    def _known(self, name: str, body: Body, term: str) -> Person | None:
        members = self._members[body.pk, term]
        if name in members:
            return members[name]
        spelling = in_roster(name, members)
        if spelling in members:
            person = members[spelling]
            if _key(name) not in self._by_spelling:
                self._spell(person, name)
            return person
        return self._by_spelling.get(_key(name))

    def _new(self, name: str) -> Person:
        slug = free_slug(slug_of(name) or "person", self._slugs)
        person = Person(municipality=self._municipality, name=name, slug=slug)
        number([person])
        insert(Person, [person])
        self._persons[person.pk] = person
        self._slugs.add(slug)
        self._spell(person, name)
        return person

    def _spell(self, person: Person, name: str) -> None:
        insert(Spelling, [Spelling(person=person, text=name)])
        self._by_spelling.setdefault(_key(name), person)

    def _join(self, person: Person, name: str, party: str, body: Body, term: str) -> None:
        known = self._memberships.get((person.pk, body.pk, term))
        if known is None:
            known = Membership(person=person, body=body, term=term, party=party)
            number([known])
            insert(Membership, [known])
            self._remember(known)
        elif party and party != known.party:
            known.party = party
            known.save(update_fields=["party"])
        self._members[body.pk, term].setdefault(name, person)

    def _remember(self, membership: Membership) -> None:
        key = (membership.person_id, membership.body_id, membership.term)
        self._memberships[key] = membership
        members = self._members[membership.body_id, membership.term]
        members.setdefault(membership.person.name, membership.person)


def free_slug(slug: str, taken: Iterable[str]) -> str:
    """`slug`, or with the first number after it that none of `taken` has: `bo-hansen-2`."""
    used = taken if isinstance(taken, (set, frozenset, dict)) else set(taken)
    number, free = 1, slug
    while free in used:
        number += 1
        free = f"{slug}-{number}"
    return free


def _key(name: str) -> str:
    return " ".join(name.replace(".", " ").lower().split())
