"""The real documents, typed into the pages that people have, held, published and read again.

A case officer writes each case and sends it on; leader, director and secretary approve it; the
secretary plans the meeting, makes the agenda, publishes it, holds the meeting, closes and publishes;
the members approve. Each does it by what stands on the pages (`tests.web.visitor`).

What the printed minutes say is compared with what the document says as in `test_seeds`. Votes and
statements are entered with the words of the decision, as the documents print them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.visitor import Visitor, name_of

from sagsgang.archive.models import Publication
from sagsgang.bodies.models import Body, Membership, Municipality, Person
from sagsgang.bodies.terms import term_of
from sagsgang.cases import log
from sagsgang.cases.models import Position, Unit, User
from sagsgang.cases.wording import ROLES
from sagsgang.meetings.models import Meeting
from sagsgang.minutes import Item as Printed
from sagsgang.minutes import Minutes, read, read_bytes
from sagsgang.minutes.danish.slugs import slug_of
from sagsgang.minutes.words import OUTCOMES

from .test_seeds import assert_every_form, different, not_the_same

INVENTED = ("Bo Vik", "Ulla Skov", "Per Lund", "Eva Hede", "Jan Kær", "Lis Mark", "Ib Dam")
"""Members who were there, for documents that name only those who were not."""
MADE_HERE = {"decision", "absence", "attachments", "recommendation"}
"""Kinds of sections that come of the meeting, of the files, or of the recommendation's points."""
STAFF = ("officer", "leader", "director", "secretary")
PASSWORD = "heste ost lampe"
MEETINGS = "/arbejde/moeder/"


class Town:
    """The municipality of a document, with everybody who is needed for it."""

    def __init__(self, document: Minutes) -> None:
        self.municipality = Municipality.objects.get(name=document.municipality)
        self.body = Body.objects.create(
            municipality=self.municipality, name=document.committee,
            slug=slug_of(document.committee), kind=Body.COMMITTEE,
        )  # fmt: skip
        with log.action(None, "house.furnish", "seed"):
            unit = Unit.objects.create(municipality=self.municipality, name="Forvaltningen")
            for role in STAFF:
                place = {"body": self.body} if role == "secretary" else {"unit": unit}
                Position.objects.create(user=_account(role), role=role, since="2020-01-01", **place)
            for name in _members(document):
                self._member(name, document)

    def _member(self, name: str, document: Minutes) -> None:
        person = Person.objects.create(
            municipality=self.municipality, name=name, slug=slug_of(name)[:120]
        )
        party = next((one.party for one in document.members if one.name == name), None)
        term = term_of(document.date or "")
        Membership.objects.create(person=person, body=self.body, term=term, party=party or "")
        _account(person.slug, person=person)


def _account(name: str, **content: Any) -> User:
    mail = f"{name}@lindvig.dk"
    return User.objects.create(
        username=mail, email=mail, password=make_password(PASSWORD), **content
    )


def _members(document: Minutes) -> list[str]:
    named = [one.name for one in document.members]
    away = {name for item in document.items for name in item.absent}
    return named or [*INVENTED, *sorted(away)]


class Entering:
    """A document on its way through the pages, from its first case to its published minutes."""

    def __init__(self, document: Minutes, members: list[str]) -> None:
        self.document, self.members = document, members
        self.staff = {name: Visitor.signed_in(f"{name}@lindvig.dk", PASSWORD) for name in STAFF}
        self.numbers: set[str] = set()

    def published(self) -> bytes:
        """The PDF that anybody can fetch, when all is done."""
        secretary = self.staff["secretary"]
        meeting = self._planned()
        for printed in self.document.items:
            self._write(printed)
            secretary.go(meeting)
            secretary.press(f"Tag på »{_title(printed)}«")
        secretary.follow("Læs korrektur og offentliggør")
        late = {"Hvorfor går dagsordenen ud efter fristen?": "Mødet er holdt."}
        secretary.press("Offentliggør dagsordenen", late)
        secretary.follow("Mødet")
        secretary.press("Åbn mødet")
        for printed in self.document.items:
            self._hold(printed)
        secretary.follow("Til afslutningen")
        secretary.press("Afslut mødet")
        over = secretary.address
        self._sign(meeting)
        secretary.go(over)
        assert "har ikke svaret" not in secretary.words
        secretary.press("Offentliggør referatet")
        reader = Visitor()
        secretary.follow("Udgave 2")
        reader.go(secretary.address)
        return reader.file("PDF")

    def _planned(self) -> str:
        """The address of the meeting, that was moved by hand in a season drafted from a rule."""
        secretary, document = self.staff["secretary"], self.document
        clock = document.start_time or ""
        secretary.go(MEETINGS)
        secretary.follow("Planlæg en sæson")
        year = (document.date or "")[:4]
        secretary.press(
            "Vis datoerne", {"År": year, "Klokken": clock, "Sted": document.place or ""}
        )
        days = [one for one in map(name_of, secretary.page.iter("legend")) if "Møde " in one]
        rest = {f"{day}: Med": False for day in days[1:]}
        secretary.press("Sæt møderne i kalenderen", {f"{days[0]}: Dato": document.date, **rest})
        meeting = Meeting.objects.get(date=document.date)
        secretary.go(f"{MEETINGS}?aar={year}")
        secretary.follow_to(meeting.get_absolute_url())
        return secretary.address

    def _write(self, printed: Printed) -> None:
        """A case from its number to its approval."""
        officer = self.staff["officer"]
        number = printed.case_number or ""
        if not number or number in self.numbers:
            number = f"{len(self.numbers):02}/{len(self.numbers) + 10000}"
        self.numbers.add(number)
        officer.go("/arbejde/sager/ny/")
        committee = self.document.committee
        officer.press(
            "Opret sagen",
            {"Sagsnummer": number, "Titel": _title(printed), "Udvalg nr. 1": committee},
        )
        officer.press("Gem", self._content(printed))
        for one in printed.attachments:
            file = SimpleUploadedFile("bilag.txt", one.title.encode())
            officer.press("Læg ved", {"Filer": file, "Titel": one.title})
        while officer.page.find_class("remark--error"):
            # The municipality's outline demands more than the documents always have.
            officer.press("Svar på bemærkning 1", {"Hvorfor?": "Som i dokumentet"})
        officer.press("Send til godkendelse")
        for role in STAFF[1:]:
            self.staff[role].go(officer.address)
            assert f"Dit svar som {ROLES[role].lower()}" in self.staff[role].words
            self.staff[role].press("Godkend")

    def _content(self, printed: Printed) -> dict[str, Any]:
        asked = printed.recommendation
        content: dict[str, Any] = {
            "Hvem indstiller?": (asked.by or "") if asked else "",
            "Indstilling": "\n".join(asked.points) if asked else "",
        }
        if printed.closed:
            content["Punktet er lukket"] = True
            content["Hjemmel"] = "Styrelseslovens § 10"
            content["Titel, som alle må se"] = printed.title or ""
        for one in printed.sections:
            if one.kind not in MADE_HERE:
                content[one.label] = "\n\n".join(filter(None, (content.get(one.label), one.text)))
        return content

    def _hold(self, printed: Printed) -> None:
        """An item at the meeting: who is there, and what is decided."""
        secretary = self.staff["secretary"]
        for name in self.members:
            away = name in printed.absent
            change = f"{'Fraværende' if away else 'Er kommet'}: {name}"
            if change in secretary.buttons:
                secretary.press(change)
        said = [one for one in printed.sections if one.kind == "decision"]
        text = "\n\n".join(one.text for one in said) or "Taget til efterretning."
        own = printed.decisions[-1] if printed.decisions else None
        outcome = (own.outcome if own else None) or "other"
        public = {"Det offentlige referat siger": text if said else ""} if printed.closed else {}
        decision = {"Beslutning": text, "Udfald": OUTCOMES[outcome].danish, **public}
        secretary.press("Beslut og lås", decision)
        assert "Besluttet og låst." in secretary.told
        if printed is not self.document.items[-1]:
            secretary.follow("Næste punkt")

    def _sign(self, meeting: str) -> None:
        """The members who were there approve, also those whose term has ended since."""
        for name in self.members:
            member = Visitor.signed_in(f"{slug_of(name)[:120]}@lindvig.dk", PASSWORD)
            if f"{meeting}godkend/" in member.addresses:
                member.follow_to(f"{meeting}godkend/")
                member.press("Godkend")
                assert "Du har godkendt referatet." in member.told


def _title(printed: Printed) -> str:
    return printed.title or "Lukket punkt"


@pytest.mark.parametrize("number", ["000", "001"])
def test_what_is_typed_is_what_is_printed(
    db: None, seeds: list[Path], settings: Any, tmp_path: Path, number: str
) -> None:
    settings.WORKING_ROOT, settings.MEDIA_ROOT = tmp_path / "working", tmp_path / "files"
    settings.SECOND_FACTOR = False  # the way in with one is tested in tests/web
    [path] = [one for one in seeds if one.name.startswith(number)]
    document = read(path)
    Town(document)
    paper = Entering(document, _members(document)).published()
    assert not_the_same(document, read_bytes(paper, "referat.pdf")) == different(document)
    assert_every_form(Publication.objects.get(kind="minutes").minutes, document)
    assert list(log.verify()) == []
