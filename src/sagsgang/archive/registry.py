"""What a long run of publishing knows already, so that it need not ask for each document."""

from __future__ import annotations

import re
from typing import Final

from sagsgang.bodies.models import Body, Municipality
from sagsgang.bodies.municipalities import name_of
from sagsgang.bodies.people import Register, free_slug
from sagsgang.minutes.danish.slugs import slug_of

_COUNCIL: Final = re.compile(r"(?:byråd|kommunalbestyrelse|borgerrepræsentation)\w*", re.IGNORECASE)
_RESERVED: Final = frozenset(
    "api arbejde data foelg kilder oparl om soeg static tilgaengelighed sitemap robots sprog "
    "was".split()
)
"""First words of the site's own addresses."""

_RESERVED_BODIES: Final = frozenset(["sag", "person"])


class Registry:
    """Municipalities, bodies and people that were met; `forget` asks the database anew."""

    def __init__(self) -> None:
        self._bodies: dict[tuple[str, str], Body] = {}
        self._people: dict[int, Register] = {}

    def body(self, municipality: str, name: str) -> Body:
        """The body of that name in the municipality; both are made where they are not there."""
        key = (municipality, name)
        if key not in self._bodies:
            self._bodies[key] = _body(municipality_of(municipality), name)
        return self._bodies[key]

    def people(self, municipality: Municipality) -> Register:
        """The municipality's people."""
        if municipality.pk not in self._people:
            self._people[municipality.pk] = Register(municipality)
        return self._people[municipality.pk]

    def forget(self) -> None:
        """Forgets everything: a transaction was rolled back, or another process was quicker."""
        self._bodies.clear()
        self._people.clear()


def municipality_of(named: str) -> Municipality:
    """The municipality of a name (with or without Kommune) or a code; a new one for a new name."""
    if named.isdigit():
        known = Municipality.objects.filter(code=named).first()
        if known:
            return known
    name = name_of(named)
    slug = free_slug(slug_of(name) or "kommune", _RESERVED)
    known = Municipality.objects.filter(slug=slug).first()
    return known or Municipality.objects.create(name=name, slug=slug)


def _body(municipality: Municipality, name: str) -> Body:
    kind = Body.COUNCIL if _COUNCIL.fullmatch(name) else Body.COMMITTEE
    body, _ = Body.objects.get_or_create(
        municipality=municipality,
        slug=free_slug(slug_of(name), _RESERVED_BODIES),
        defaults={"name": name[:200], "kind": kind},
    )
    body.municipality = municipality
    return body
