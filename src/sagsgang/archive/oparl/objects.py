"""The archive's rows as OParl objects.

An object has only the properties that are known: OParl knows no `null`.
"""

from __future__ import annotations

import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings

from sagsgang.archive import models
from sagsgang.archive.pages.outward import outward
from sagsgang.archive.strands import latest_of
from sagsgang.bodies import models as bodies
from sagsgang.bodies.terms import days_of

SCHEMA: Final = "https://schema.oparl.org/1.1/"
LISTS: Final = {
    "organization": "organizations",
    "person": "people",
    "meeting": "meetings",
    "paper": "papers",
    "agendaItem": "agenda-items",
    "consultation": "consultations",
    "file": "files",
    "locationList": "locations",
    "legislativeTermList": "legislative-terms",
    "membership": "memberships",
}
"""A body's properties that lead to lists, and the words of their addresses."""

_ZONE: Final = ZoneInfo("Europe/Copenhagen")
# The words that OParl recommends, so that its readers know them again.
_STATES: Final = {"minutes": "durchgeführt"}
_CLASSES: Final = {bodies.Body.COUNCIL: "Parlament", bodies.Body.COMMITTEE: "Ausschuss"}

Answer = dict[str, Any]


class Objects:
    """Rows as objects, with addresses on the site that is asked."""

    def __init__(self, site: str) -> None:
        self.site = site

    def system(self) -> Answer:
        """Where a reader begins."""
        return self._object(
            "System",
            "",
            oparlVersion=SCHEMA,
            name=settings.SITE_NAME,
            body=f"{self.site}/oparl/bodies",
            contactName=settings.OPERATOR,
            contactEmail=settings.CONTACT,
            website=f"{self.site}/",
            license=settings.SITE_LICENCE,
            web=f"{self.site}/data/",
        )

    def body(self, row: bodies.Municipality, terms: list[str]) -> Answer:
        """A municipality; `terms` are those that it has meetings in."""
        own = f"{self.site}/oparl/body/{row.slug}"
        return self._object(
            "Body",
            f"body/{row.slug}",
            row,
            system=f"{self.site}/oparl/",
            shortName=row.name,
            name=f"{row.name} Kommune",
            classification="Kommune",
            license=settings.SITE_LICENCE,
            legislativeTerm=[self.term(row, term) for term in terms],
            web=self.site + row.get_absolute_url(),
            **{name: f"{own}/{word}" for name, word in LISTS.items()},
            **{"sagsgang:code": row.code, "sagsgang:region": row.region},
        )

    def term(self, row: bodies.Municipality, term: str) -> Answer:
        """A term of a municipality's council, such as `2022-2025`."""
        first, last = days_of(term)
        return self._object(
            "LegislativeTerm",
            f"legislative-term/{row.slug}/{term}",
            body=self._body(row),
            name=term,
            startDate=str(first),
            endDate=str(last),
        )

    def organization(self, row: bodies.Body) -> Answer:
        """A council or committee."""
        own = f"organization/{_body_path(row)}"
        return self._object(
            "Organization",
            own,
            row,
            body=self._body(row.municipality),
            name=row.name,
            organizationType="Gremium",
            classification=_CLASSES[row.kind],
            membership=[
                f"{self.site}/oparl/{_membership_path(one, one.person, row)}"
                for one in row.memberships.all()
            ],
            meeting=f"{self.site}/oparl/{own}/meetings",
            web=self.site + row.get_absolute_url(),
        )

    def person(self, row: bodies.Person) -> Answer:
        """A person with memberships."""
        members = []
        for one in row.memberships.all():
            one.body.municipality = row.municipality
            members.append(self._member(one, row))
        return self._object(
            "Person",
            f"person/{row.municipality.slug}/{row.slug}",
            row,
            body=self._body(row.municipality),
            name=row.name,
            membership=members,
            web=self.site + row.get_absolute_url(),
        )

    def membership(self, row: bodies.Membership) -> Answer:
        """A term of a person in a body."""
        person = self._person(row.person, row.body.municipality)
        return {**self._member(row, row.person), "person": person, **_times(row)}

    def _member(self, row: bodies.Membership, person: bodies.Person) -> Answer:
        first, last = days_of(row.term)
        return self._object(
            "Membership",
            _membership_path(row, person, row.body),
            organization=f"{self.site}/oparl/organization/{_body_path(row.body)}",
            startDate=str(row.since or first),
            endDate=str(row.until or last),
            **{"sagsgang:party": row.party},
        )

    def meeting(self, row: models.Meeting) -> Answer:
        """A meeting with its items and its document."""
        present = [one for one in row.attendance.all() if one.present]
        document = self._current(row)
        minutes = row.kind == "minutes"
        return self._object(
            "Meeting",
            f"meeting/{_meeting_path(row)}",
            row,
            name=f"{row.body.name} {row.date}",
            meetingState=_STATES.get(row.kind, "eingeladen"),
            start=_start(row),
            organization=[f"{self.site}/oparl/organization/{_body_path(row.body)}"],
            participant=[self._person(one.person, row.body.municipality) for one in present],
            resultsProtocol=document if minutes else None,
            invitation=None if minutes else document,
            auxiliaryFile=self._supplements(row),
            agendaItem=[self._item(one, row) for one in row.items.all()],
            web=self.site + row.get_absolute_url(),
            **{
                "sagsgang:date": row.date.isoformat(),
                "sagsgang:term": row.term,
                "sagsgang:kind": row.kind,
                "sagsgang:attendance": [self._attended(one, row) for one in row.attendance.all()],
            },
        )

    def _current(self, row: models.Meeting) -> Answer | None:
        found = [one for one in row.documents if one.pk == row.current_id]
        return self._document_of(found[0], row) if found else None

    def _supplements(self, row: models.Meeting) -> list[Answer]:
        """The supplementary agendas, until there are minutes."""
        found = [] if row.kind == "minutes" else latest_of(row.documents)
        return [self._document_of(one, row) for one in found]

    def _document_of(self, row: models.Publication, meeting: models.Meeting) -> Answer:
        row.meeting = meeting
        return self._document(row)

    def _attended(self, row: models.Present, meeting: models.Meeting) -> Answer:
        return {
            "person": self._person(row.person, meeting.body.municipality),
            "name": row.person.name,
            **_known(party=row.party, present=row.present),
        }

    def agenda_item(self, row: models.Item) -> Answer:
        """An item with its decision, votes, dissent and absence."""
        meeting = f"{self.site}/oparl/meeting/{_meeting_path(row.meeting)}"
        return {**self._item(row, row.meeting), "meeting": meeting, **_times(row)}

    def _item(self, row: models.Item, meeting: models.Meeting) -> Answer:
        path = f"{_meeting_path(meeting)}/{row.slug}"
        return self._object(
            "AgendaItem",
            f"agenda-item/{path}",
            number=row.number,
            name=row.title,
            public=not row.closed,
            consultation=f"{self.site}/oparl/consultation/{path}" if row.case else None,
            result=row.outcome,
            resolutionText=row.decision,
            auxiliaryFile=[
                self._attachment(one, path) for one in row.enclosures.all() if outward(one.address)
            ],
            web=f"{self.site}{meeting.get_absolute_url()}{row.slug}/",
            **{
                "sagsgang:caseNumber": row.case_number,
                "sagsgang:kle": row.kle,
                "sagsgang:decidedBy": row.decided_by,
                "sagsgang:vote": [
                    {"choice": one.choice, **self._named(one, meeting)} for one in row.ballots.all()
                ],
                "sagsgang:dissent": [self._named(one, meeting) for one in row.dissents.all()],
                "sagsgang:absent": [
                    self._person(one.person, meeting.body.municipality)
                    for one in row.absences.all()
                ],
                "sagsgang:attachment": [
                    one.title for one in row.enclosures.all() if not outward(one.address)
                ],
            },
        )

    def _named(self, row: Any, meeting: models.Meeting) -> Answer:
        """A name as printed, with the person and party where they are known."""
        municipality = meeting.body.municipality
        person = self._person(row.person, municipality) if row.person else None
        return {"name": row.name, **_known(person=person, party=row.party)}

    def paper(self, row: models.Case) -> Answer:
        """A case with its treatments."""
        items = list(row.items.all())
        return self._object(
            "Paper",
            f"paper/{row.municipality.slug}/{row.slug}",
            row,
            body=self._body(row.municipality),
            name=row.title,
            reference=row.number,
            date=items[0].meeting.date.isoformat() if items else None,
            paperType="Sag",
            consultation=[self._consultation(one) for one in items],
            web=self.site + row.get_absolute_url(),
        )

    def consultation(self, row: models.Item) -> Answer:
        """One treatment of a case."""
        municipality = row.meeting.body.municipality
        return {
            **self._consultation(row),
            "paper": f"{self.site}/oparl/paper/{municipality.slug}/{row.case.slug}",
            **_times(row),
        }

    def _consultation(self, row: models.Item) -> Answer:
        meeting = _meeting_path(row.meeting)
        return self._object(
            "Consultation",
            f"consultation/{meeting}/{row.slug}",
            agendaItem=f"{self.site}/oparl/agenda-item/{meeting}/{row.slug}",
            meeting=f"{self.site}/oparl/meeting/{meeting}",
            organization=[f"{self.site}/oparl/organization/{_body_path(row.meeting.body)}"],
            role=row.outcome,
        )

    def document(self, row: models.Publication) -> Answer:
        """A version of a meeting's document."""
        meeting = f"{self.site}/oparl/meeting/{_meeting_path(row.meeting)}"
        return {**self._document(row), "meeting": [meeting], **_times(row)}

    def _document(self, row: models.Publication) -> Answer:
        path = row.get_absolute_url().strip("/")
        return self._object(
            "File",
            f"file/{path}",
            name=f"{row.meeting.body.name} {row.meeting.date}, {row.kind} {row.version}",
            fileName=f"{path.replace('/', '-')}.json",
            mimeType="application/json",
            date=row.meeting.date.isoformat(),
            accessUrl=f"{self.site}/api/publications/{path}",
            web=f"{self.site}{row.get_absolute_url()}",
            **{"sagsgang:sha256": row.sha256, "sagsgang:version": row.version},
        )

    def attachment(self, row: models.Enclosure) -> Answer:
        """An attachment of an item."""
        path = f"{_meeting_path(row.item.meeting)}/{row.item.slug}"
        told = self._attachment(row, path)
        return {**told, "agendaItem": [f"{self.site}/oparl/agenda-item/{path}"], **_times(row)}

    def _attachment(self, row: models.Enclosure, path: str) -> Answer:
        file = row.file
        return self._object(
            "File",
            f"attachment/{path}/{row.position}",
            name=row.title,
            mimeType=file.media_type if file else None,
            size=file.size if file else None,
            accessUrl=row.address,
            **{"sagsgang:sha256": file.sha256 if file else None},
        )

    def _object(self, kind: str, path: str, row: Any = None, **properties: Any) -> Answer:
        return {
            "id": f"{self.site}/oparl/{path}",
            "type": f"{SCHEMA}{kind}",
            **_known(**properties),
            **(_times(row) if row is not None else {}),
        }

    def _body(self, row: bodies.Municipality) -> str:
        return f"{self.site}/oparl/body/{row.slug}"

    def _person(self, row: bodies.Person, municipality: bodies.Municipality) -> str:
        return f"{self.site}/oparl/person/{municipality.slug}/{row.slug}"


def _known(**properties: Any) -> Answer:
    return {name: value for name, value in properties.items() if value not in (None, "")}


def _times(row: Any) -> Answer:
    times = {"created": row.created, "modified": row.modified}
    return {
        name: time.astimezone(_ZONE).isoformat(timespec="seconds")
        for name, time in times.items()
        if time
    }


def _start(row: models.Meeting) -> str | None:
    """When the meeting begins; `None` where no time is told."""
    try:
        time = datetime.time.fromisoformat(row.start_time)
    except ValueError:
        return None
    return datetime.datetime.combine(row.date, time, _ZONE).isoformat()


def _body_path(row: bodies.Body) -> str:
    return f"{row.municipality.slug}/{row.slug}"


def _meeting_path(row: models.Meeting) -> str:
    return f"{_body_path(row.body)}/{row.slug}"


def _membership_path(row: bodies.Membership, person: bodies.Person, body: bodies.Body) -> str:
    return f"membership/{_body_path(body)}/{person.slug}/{row.term}"
