"""The real documents, typed into the pages that people have, held, published and read again.

An administrator gives the municipality its outline. A case officer writes each case and sends it on;
leader, director and secretary approve it; the secretary plans the meeting, makes the agenda, publishes
it, holds the meeting, closes and publishes; the members approve. Each does it by what stands on the
pages (`tests.web.visitor`).

They are published in the municipality's own manner, and every form of them is made: HTML, Markdown,
JSON, PDF and Word read back, Akoma Ntoso is valid by OASIS' schema. What the printed minutes say is
compared with what the document says, item by item, in `ASPECTS`. `typed` leaves out what nobody types,
and `different` names what is not the same, and why; nothing else may differ. Votes are cast on the
ballots, dissenting opinions are approved by their authors, and members demand the council's decision:
the program says so in the municipality's words.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.minutes.test_akoma_ntoso import valid
from tests.web.visitor import Visitor, name_of

from sagsgang.archive.models import Publication
from sagsgang.bodies.models import Body, Membership, Municipality, Person
from sagsgang.bodies.terms import term_of
from sagsgang.cases import log
from sagsgang.cases.models import Position, Unit, User
from sagsgang.cases.outline import KINDS
from sagsgang.cases.wording import KINDS_SAID
from sagsgang.meetings.models import Meeting
from sagsgang.minutes import Item as Printed
from sagsgang.minutes import Minutes, Section, read, read_bytes
from sagsgang.minutes.danish.slugs import slug_of
from sagsgang.minutes.words import OUTCOMES
from sagsgang.minutes.writers import style, to_html, to_json, to_markdown
from sagsgang.minutes.writers.akoma_ntoso import to_akoma_ntoso
from sagsgang.minutes.writers.docx import to_docx
from sagsgang.minutes.writers.styled import styled

INVENTED = ("Bo Vik", "Ulla Skov", "Per Lund", "Eva Hede", "Jan Kær", "Lis Mark", "Ib Dam")
"""Members who were there, for documents that name only those who were not."""
GROUP = {"Eva Hede": "V", "Jan Kær": "V"}
"""The party of those invented, where a document names one in their place."""
VOTE = re.compile("stemte|at stemme|kan ikke tiltræde|begærede")
OF_THE_WAY = ("routing", "related", "next_steps")
"""Kinds of sections that the program makes of the case's way through the bodies."""
STAFF = ("officer", "leader", "director", "secretary", "administrator")
CHAIN = STAFF[1:4]
OTHERWISE = {
    # What a member moved instead is printed under the recommendation there, and not typed as one.
    # Where nothing but the vote is printed, the decision is said here besides.
    "Gladsaxe": {"3-letters", "3-decision"},
    # Every item says who settles it, at the end of the summary, which is then there.
    "Haderslev": {"88-letters", "88-sections", "95-letters"},
}
"""Items and aspects that the working house prints in another way, by municipality."""
PASSWORD = "heste ost lampe"
MEETINGS = "/arbejde/moeder/"
DOCUMENTS = ("000",) if "DATABASE_URL" in os.environ else ("000", "001", "002", "003", "004")
"""On PostgreSQL the pages are the same: one document is enough."""
MADE_HERE = {"decision", "absence", "attachments"}
"""Kinds of sections that come of the meeting, or of the files."""
ASPECTS = (
    "number", "title", "closed", "case_number", "recommendation", "by", "sections", "letters",
    "decision", "votes", "statements", "referred", "absent", "attachments",
)  # fmt: skip


class Town:
    """The municipality of a document, with everybody who is needed for it."""

    def __init__(self, document: Minutes) -> None:
        self.municipality = Municipality.objects.get(name=document.municipality)
        with log.action(None, "house.furnish", "seed"):
            self.body = Body.objects.create(
                municipality=self.municipality, name=document.committee,
                slug=slug_of(document.committee), kind=Body.COMMITTEE,
            )  # fmt: skip
            unit = Unit.objects.create(municipality=self.municipality, name="Forvaltningen")
            for role in STAFF:
                places = {"secretary": {"body": self.body}, "administrator": {}}
                place = places.get(role, {"unit": unit})
                Position.objects.create(user=_account(role), role=role, since="2020-01-01", **place)
            Body.objects.create(
                municipality=self.municipality, name="Byrådet", slug="byraadet", kind=Body.COUNCIL
            )
            for name in members_of(document):
                self._member(name, document)

    def _member(self, name: str, document: Minutes) -> None:
        person = Person.objects.create(
            municipality=self.municipality, name=name, slug=slug_of(name)[:120]
        )
        party = next((one.party for one in document.members if one.name == name), GROUP.get(name))
        term = term_of(document.date or "")
        Membership.objects.create(person=person, body=self.body, term=term, party=party or "")
        _account(person.slug, person=person)


def _account(name: str, **content: Any) -> User:
    mail = f"{name}@lindvig.dk"
    return User.objects.create(
        username=mail, email=mail, password=make_password(PASSWORD), **content
    )


def members_of(document: Minutes) -> list[str]:
    """Those whom the head names; or those invented, with those whom the items name."""
    named = [one.name for one in document.members]
    told = {name for item in document.items for name in (*item.absent, *_dissenting(item))}
    return named or [*INVENTED, *sorted(told)]


def _dissenting(printed: Printed) -> list[str]:
    return [name for one in printed.statements for name in one.by]


def vote_of(name: str, printed: Printed) -> str:
    """What a member voted, by what the document tells of it."""
    group = GROUP.get(name, "")
    for vote in printed.votes:
        if name in vote.voters or style.standard().group(group) in vote.voters:
            return {"for": "for", "against": "imod", "abstain": "undlod"}[vote.choice]
    return "imod" if name in _dissenting(printed) else "for"


def own_words(printed: Printed) -> str:
    """The decision without what the program says of votes, opinions and referrals."""
    said = [one.text for one in printed.sections if one.kind == "decision"]
    if not printed.votes and not printed.statements:
        return "\n\n".join(said) or "Taget til efterretning."
    paragraphs = [one for text in said for one in text.split("\n\n")]
    return "\n\n".join(one for one in paragraphs if not VOTE.search(one)) or "Tiltrådt."


class Entering:
    """A document on its way through the pages, from its first case to its published minutes."""

    def __init__(self, document: Minutes, members: list[str]) -> None:
        self.document, self.members = document, members
        self.seats = {
            name: Visitor.signed_in(f"{slug_of(name)[:120]}@lindvig.dk", PASSWORD)
            for name in members
        }
        self.staff = {name: Visitor.signed_in(f"{name}@lindvig.dk", PASSWORD) for name in STAFF}
        self.numbers: set[str] = set()

    def published(self) -> bytes:
        """The PDF that anybody can fetch, when all is done."""
        secretary = self.staff["secretary"]
        self._outline()
        self.meeting = meeting = self._planned()
        for printed in self.document.items:
            self._write(printed)
            secretary.go(meeting)
            secretary.press(f"Tag på »{_title(printed)}«")
        first = self.document.items[0].number or "1"
        if first != "1":
            secretary.press("Gem nummeret", {"Det første punkts nummer": first})
        secretary.follow("Læs korrektur og offentliggør")
        late = {"Hvorfor går dagsordenen ud efter fristen?": "Mødet er holdt"}
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
        secretary.follow("Referat, offentliggjort")
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
        # The last of them stays, as the one that items can be postponed to.
        rest = {f"{day}: Med": False for day in days[1:-1]}
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
        self._answer_remarks()
        officer.press("Send til godkendelse")
        for role in CHAIN:
            self.staff[role].go(officer.address)
            self.staff[role].press("Godkend")

    def _answer_remarks(self) -> None:
        """The municipality's outline demands sections that the documents do not always have."""
        officer = self.staff["officer"]
        while grave := officer.page.find_class("remark--error"):
            assert "Afsnittet skal være der og er tomt" in grave[0].text_content()
            number = grave[0].getparent().index(grave[0]) + 1
            officer.press(f"Svar på bemærkning {number}", {"Hvorfor?": "Som i dokumentet"})

    def _outline(self) -> None:
        """The municipality's own outline, with the sections that it has besides."""
        administrator = self.staff["administrator"]
        administrator.go("/arbejde/skabelon/")
        printed = {one.label: one.kind for item in self.document.items for one in item.sections}
        there = administrator.page.xpath("//input[starts-with(@name, 'label-')]/@value")
        for label, kind in printed.items():
            if kind in KINDS and label not in there:
                new = {"Nyt afsnit: Overskrift": label, "Nyt afsnit: Slags": str(KINDS_SAID[kind])}
                administrator.press("Sæt ind", new)
        administrator.press("Gem skabelonen")

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
            if one.kind in KINDS:
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
        text, own = own_words(printed), printed.decisions[-1:]
        outcome = (own[0].outcome if own else None) or "other"
        public = {"Det offentlige referat siger": text if own else ""} if printed.closed else {}
        if outcome == "postponed":
            secretary.press("Udsæt punktet", {"Referatet siger": text})
        else:
            said = OUTCOMES["approved" if printed.votes else outcome].danish
            ballots = self._ballots(printed)
            decision = {"Beslutning": text, "Udfald": said, **public, **ballots}
            secretary.press("Beslut og lås", decision)
            assert "Besluttet og låst." in secretary.told
            self._dissent(printed)
        if printed is not self.document.items[-1]:
            secretary.follow("Næste punkt")

    def _ballots(self, printed: Printed) -> dict[str, bool]:
        """Everybody's choice, where the document tells of a vote: all for, and the exceptions."""
        if not printed.votes and not printed.statements:
            return {}
        self.staff["secretary"].press("Alle for")
        there = [name for name in self.members if name not in printed.absent]
        choices = {name: vote_of(name, printed) for name in there}
        return {f"{name}: {choice}": True for name, choice in choices.items() if choice != "for"}

    def _dissent(self, printed: Printed) -> None:
        """What members said against it, each approved by the member, and who goes to the council."""
        secretary = self.staff["secretary"]
        for one in printed.statements:
            for name in one.by if one.text else ():
                words = {"Medlem i mindretal": name, "Ordlyden": one.text}
                secretary.press("Tilføj protokollatet", words)
                author = self.seats[name]
                author.go(f"{self.meeting}laes/")
                author.press("Godkend teksten")
        for name in printed.referred_to_council_by:
            secretary.press("Indbring sagen for byrådet", {"Medlem": name})

    def _sign(self, meeting: str) -> None:
        """The members who were there approve, also those whose term has ended since."""
        for name in self.members:
            member = self.seats[name]
            member.go("/arbejde/")
            if f"{meeting}godkend/" in member.addresses:
                member.follow_to(f"{meeting}godkend/")
                member.press("Godkend")
                assert "Du har godkendt referatet." in member.told


def _title(printed: Printed) -> str:
    return printed.title or "Lukket punkt"


def different(document: Minutes) -> set[str]:
    """Item and aspect of what the working house does in another way than the document."""
    first = int(document.items[0].number or 1)
    found, used = set(), set()
    for place, item in enumerate(document.items):
        if item.closed or item.case_number in used:
            # Nothing is told of a closed case but its title; a number belongs to one case.
            found.add(f"{item.number}-case_number")
        if not item.closed and not item.decisions:
            # No item is left open when the meeting ends: each has its decision.
            found.add(f"{item.number}-decision")
        if item.number != str(first + place):
            # Numbers run on: none is left out.
            found.add(f"{item.number}-number")
        used.add(item.case_number)
    return found | OTHERWISE.get(document.municipality, set())


def told(item: Printed) -> dict[str, Any]:
    asked = item.recommendation
    written = [one for one in item.sections if one.kind not in MADE_HERE]
    return {
        "number": item.number,
        "title": item.title,
        "closed": item.closed,
        "case_number": item.case_number,
        "recommendation": asked.points if asked else (),
        "decision": [(_words(one.text), one.outcome) for one in item.decisions][-1:],
        "by": asked.by if asked else None,
        # The printed style puts sections in the municipality's order, and the cells of a table that
        # goes over a page in the page's: the same sections, and the same letters
        # (where a line ends in a hyphen, the words may be divided otherwise).
        "sections": sorted(one.kind for one in written),
        "letters": sorted(letter for one in written for letter in one.text if letter.isalnum()),
        # Names stand in their order here, and in no order in print.
        "votes": {one.choice: sorted(one.voters) for one in item.votes},
        "statements": item.statements,
        "referred": item.referred_to_council_by,
        "absent": sorted(item.absent),
        "attachments": [one.title for one in item.attachments],
    }


def _words(text: str) -> str | list[str]:
    """A decision; where there was a vote, its words in any order."""
    return sorted(re.findall(r"\w+", text.lower())) if VOTE.search(text) else text


def not_the_same(document: Minutes, again: Minutes) -> set[str]:
    """Item and aspect of what is told in another way than the document does."""
    assert len(again.items) == len(document.items)
    return {
        f"{before.number}-{aspect}"
        for before, after in zip(document.items, again.items, strict=True)
        for aspect in ASPECTS
        if told(before)[aspect] != told(after)[aspect]
    }


def headings(item: Printed) -> list[str]:
    """The headings of an item's sections, whose order is the municipality's outline's.

    Left out: absence, which one municipality prints twice, and the decision, which every item that
    is held has here, and not every one in print.
    """
    labels = (one.label for one in item.sections if one.kind not in ("absence", "decision"))
    return sorted(labels)


def assert_same(document: Minutes, again: Minutes) -> None:
    """Nothing differs but what is told to."""
    assert not_the_same(typed(document), typed(again)) == different(document)


def assert_every_form(published: Minutes, document: Minutes) -> None:
    """It is in the municipality's manner, and each form of it tells what the document does."""
    own = style.of_municipality(published.municipality)
    assert styled(published, own) == published
    for before, after in zip(typed(document).items, typed(published).items, strict=True):
        if f"{before.number}-sections" not in different(document):
            assert headings(after) == headings(before)
    assert_same(document, read_bytes(to_docx(published, own), "referat"))
    for write in (to_html, to_markdown, to_json):
        assert read_bytes(write(published).encode()) == published
    valid(to_akoma_ntoso(published))


def typed(document: Minutes) -> Minutes:
    """The document without what nobody types: the case's way, and headings without a text."""
    items = (
        replace(item, sections=tuple(one for one in item.sections if _typed(one)))
        for item in document.items
    )
    return replace(document, items=tuple(items))


def _typed(section: Section) -> bool:
    # The matrix of a case's way has one column here, as there is one body, and is read as a table.
    made = section.kind in OF_THE_WAY or section.label == "Kommunikation"
    return not made and bool(section.text or section.kind != "other")


@pytest.mark.no_cover
@pytest.mark.parametrize("number", DOCUMENTS)
def test_what_is_typed_is_what_is_printed(
    db: None, seeds: list[Path], settings: Any, tmp_path: Path, number: str
) -> None:
    settings.WORKING_ROOT, settings.MEDIA_ROOT = tmp_path / "working", tmp_path / "files"
    settings.SECOND_FACTOR = False  # the way in with one is tested in tests/web
    [path] = [one for one in seeds if one.name.startswith(number)]
    document = read(path)
    Town(document)
    paper = Entering(document, members_of(document)).published()
    assert_same(document, read_bytes(paper, "referat.pdf"))
    assert_every_form(Publication.objects.get(kind="minutes").minutes, document)
    assert list(log.verify()) == []
