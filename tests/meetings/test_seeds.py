"""The real documents, entered by the actions that a secretary has, held, published and read again.

They are published in the municipality's own manner, and every form of them is made: HTML, Markdown,
JSON, PDF and Word read back, Akoma Ntoso is valid by OASIS' schema. What the printed minutes say is compared with what the document says, item by item, in `ASPECTS`.
`different` names what is not the same, and why; nothing else may differ. Votes and statements are
entered with the words of the decision, as the documents print them.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.minutes.test_akoma_ntoso import valid

from sagsgang.archive.models import Publication
from sagsgang.bodies.models import Body, Membership, Municipality, Person
from sagsgang.bodies.terms import term_of
from sagsgang.cases import approval, attachments, drafting, log, proofreading
from sagsgang.cases.models import Case, Position, Treatment, Unit, User
from sagsgang.meetings import agenda, session
from sagsgang.meetings.models import Item, Meeting
from sagsgang.minutes import Item as Printed
from sagsgang.minutes import Minutes, read, read_bytes
from sagsgang.minutes.danish.slugs import slug_of
from sagsgang.minutes.writers import style, to_html, to_json, to_markdown
from sagsgang.minutes.writers.akoma_ntoso import to_akoma_ntoso
from sagsgang.minutes.writers.docx import to_docx
from sagsgang.minutes.writers.pdf import to_pdf
from sagsgang.minutes.writers.styled import styled

INVENTED = ("Bo Vik", "Ulla Skov", "Per Lund", "Eva Hede", "Jan Kær", "Lis Mark", "Ib Dam")
"""Members who were there, for documents that name only those who were not."""
MADE_HERE = {"decision", "absence", "attachments"}
"""Kinds of sections that come of the meeting, or of the files."""
ASPECTS = (
    "number", "title", "closed", "case_number", "recommendation", "by", "sections", "letters",
    "decision", "votes", "statements", "absent", "attachments",
)  # fmt: skip


class Secretary:
    """Enters a document by actions, with everybody who is needed for it."""

    def __init__(self, document: Minutes) -> None:
        self.document = document
        self.municipality, _ = Municipality.objects.get_or_create(
            name=document.municipality, defaults={"slug": slug_of(document.municipality)}
        )
        self.body = Body.objects.create(
            municipality=self.municipality, name=document.committee,
            slug=slug_of(document.committee), kind=Body.COMMITTEE,
        )  # fmt: skip
        self.users: dict[str, User] = {}
        with log.action(None, "house.furnish", "seed"):
            self.unit = Unit.objects.create(municipality=self.municipality, name="Forvaltningen")
            for role in ("officer", "leader", "director", "secretary"):
                self.users[role] = User.objects.create(username=f"{role}@lindvig.dk")
                place = {"body": self.body} if role == "secretary" else {"unit": self.unit}
                Position.objects.create(
                    user=self.users[role], role=role, since="2020-01-01", **place
                )
        self.people = {name: self._member(name) for name in self._names()}

    def _names(self) -> list[str]:
        named = [one.name for one in self.document.members]
        away = {name for item in self.document.items for name in item.absent}
        return named or [*INVENTED, *sorted(away)]

    def _member(self, name: str) -> Person:
        person = Person.objects.create(
            municipality=self.municipality, name=name, slug=slug_of(name)[:120]
        )
        party = next((one.party for one in self.document.members if one.name == name), None)
        term = term_of(self.document.date or "")
        Membership.objects.create(person=person, body=self.body, term=term, party=party or "")
        return person

    def published(self) -> Minutes:
        """The minutes in the public house, when all is done."""
        by, document = self.users["secretary"], self.document
        day = datetime.date.fromisoformat(document.date or "")
        self._numbers_before(day)
        meeting = agenda.plan(by, self.body, day, document.start_time or "", document.place or "")
        items = [agenda.take_in(by, meeting, self._approved(one)) for one in document.items]
        agenda.publish(by, meeting)
        session.open_meeting(by, meeting)
        for item, printed in zip(items, document.items, strict=True):
            self._held(meeting, Item.objects.get(pk=item.pk), printed)
        session.close(by, meeting)
        session.publish_minutes(by, Meeting.objects.get(pk=meeting.pk))
        return Publication.objects.filter(kind="minutes").latest("pk").minutes

    def _numbers_before(self, day: datetime.date) -> None:
        """The items that the year had before this meeting, on the agenda of an earlier one."""
        first = int(self.document.items[0].number or 1)
        if first > 1:
            by = self.users["secretary"]
            earlier = agenda.plan(by, self.body, datetime.date(day.year, 1, 2), "08:00")
            for number in range(1, first):
                agenda.add_standing(by, earlier, f"Punkt {number}")
            agenda.publish(by, earlier)

    def _approved(self, printed: Printed) -> Treatment:
        officer, title = self.users["officer"], printed.title or "Lukket punkt"
        count = Case.objects.count()
        number = printed.case_number or f"uden-{count}"
        if Case.objects.filter(number=number).exists():
            number = f"{count:02}/{10000 + count}"
        case = drafting.create_case(
            officer, self.municipality, number, title, unit=self.unit,
            way=[(self.body, Treatment.RECOMMENDING)],
        )  # fmt: skip
        presentation = case.treatments.get().presentation
        asked = printed.recommendation
        content: dict[str, Any] = {
            "title": title,
            "closed": printed.closed,
            "ground": "Styrelseslovens § 10" if printed.closed else "",
            "public_title": (printed.title or "") if printed.closed else "",
            "recommendation_by": (asked.by or "") if asked else "",
            "recommendation_points": list(asked.points) if asked else [],
            "sections": [
                {"label": one.label, "kind": one.kind, "text": one.text}
                for one in printed.sections
                if one.kind not in MADE_HERE
            ],
        }
        drafting.save(officer, presentation, content, revision=1)
        for one in printed.attachments:
            presentation.refresh_from_db()
            attachments.add(
                officer, presentation, "bilag.txt", one.title.encode(), title=one.title,
                revision=presentation.revision,
            )  # fmt: skip
        presentation.refresh_from_db()
        for one in proofreading.standing(presentation):
            # The municipality's outline demands more than the documents always have.
            if one.code == "section_missing":
                proofreading.accept(officer, presentation, one.key, "Som i dokumentet")
        step = approval.send(officer, presentation)
        while step is not None:
            step = approval.approve(self.users[step.role], step)
        return case.treatments.get()

    def _held(self, meeting: Meeting, item: Item, printed: Printed) -> None:
        by = self.users["secretary"]
        for name, person in self.people.items():
            session.set_present(by, meeting, person, name not in printed.absent)
        said = [one for one in printed.sections if one.kind == "decision"]
        text = "\n\n".join(one.text for one in said) or "Taget til efterretning."
        own = printed.decisions[-1] if printed.decisions else None
        outcome = (own.outcome if own else None) or "other"
        public = text if printed.closed and said else ""
        session.decide(by, item, text, outcome, public_text=public)


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
    return found


def told(item: Printed) -> dict[str, Any]:
    asked = item.recommendation
    written = [one for one in item.sections if one.kind not in MADE_HERE]
    return {
        "number": item.number,
        "title": item.title,
        "closed": item.closed,
        "case_number": item.case_number,
        "recommendation": asked.points if asked else (),
        "decision": [(one.text, one.outcome) for one in item.decisions][-1:],
        "by": asked.by if asked else None,
        # The printed style puts sections in the municipality's order, and the cells of a table that
        # goes over a page in the page's: the same sections, and the same letters
        # (where a line ends in a hyphen, the words may be divided otherwise).
        "sections": sorted(one.kind for one in written),
        "letters": sorted(letter for one in written for letter in one.text if letter.isalnum()),
        "votes": item.votes,
        "statements": item.statements,
        "absent": sorted(item.absent),
        "attachments": [one.title for one in item.attachments],
    }


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
    """The headings of an item's sections, in order.

    Left out: absence, which one municipality prints twice, and the decision, which every item that
    is held has here, and not every one in print.
    """
    return [one.label for one in item.sections if one.kind not in ("absence", "decision")]


def assert_every_form(published: Minutes, document: Minutes) -> None:
    """It is in the municipality's manner, and each form of it tells what the document does."""
    own = style.of_municipality(published.municipality)
    assert styled(published, own) == published
    assert [headings(one) for one in published.items] == [headings(one) for one in document.items]
    for paper in (to_pdf(published, own), to_docx(published, own)):
        assert not_the_same(document, read_bytes(paper, "referat")) == different(document)
    for write in (to_html, to_markdown, to_json):
        assert read_bytes(write(published).encode()) == published
    valid(to_akoma_ntoso(published))


@pytest.mark.parametrize("number", ["002", "003", "004"])
def test_what_is_entered_is_what_is_printed(
    db: None, seeds: list[Path], settings: Any, tmp_path: Path, number: str
) -> None:
    settings.WORKING_ROOT, settings.MEDIA_ROOT = tmp_path / "working", tmp_path / "files"
    [path] = [one for one in seeds if one.name.startswith(number)]
    document = read(path)
    assert_every_form(Secretary(document).published(), document)
    assert list(log.verify()) == []
