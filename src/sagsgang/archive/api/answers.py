"""The archive's rows as the API gives them.

Each function takes a row with what it needs loaded along with it, and asks the database nothing.
"""

from __future__ import annotations

from typing import Any

from sagsgang.archive import models
from sagsgang.archive.export.documents import document_id
from sagsgang.archive.pages.outward import outward
from sagsgang.bodies import models as bodies

Answer = dict[str, Any]


class Answers:
    """Rows as answers, with addresses on the site that is asked."""

    def __init__(self, site: str) -> None:
        self.site = site

    def municipality(self, row: bodies.Municipality) -> Answer:
        """A municipality with the annotation `bodies_known`."""
        return {
            "id": row.slug,
            "code": row.code,
            "name": row.name,
            "region": row.region or None,
            "bodies": row.bodies_known,
            **self._places("municipalities", row.slug, row),
        }

    def body(self, row: bodies.Body) -> Answer:
        """A council or committee with its municipality."""
        page = self.site + row.get_absolute_url()
        return {
            "id": body_id(row),
            "name": row.name,
            "kind": row.kind,
            "municipality": row.municipality.slug,
            "feed": f"{page}feed.atom",
            "calendar": f"{page}kalender.ics",
            **self._places("bodies", body_id(row), row),
        }

    def meeting(self, row: models.Meeting) -> Answer:
        """A meeting with its body, and the annotation `version`."""
        own = meeting_id(row)
        document = f"{self.site}/api/publications/{own}/version/{row.version}"
        return {
            "id": own,
            "body": body_id(row.body),
            "body_name": row.body.name,
            "municipality": row.body.municipality.slug,
            "date": row.date,
            "start_time": row.start_time or None,
            "term": row.term,
            "kind": row.kind,
            "version": row.version,
            "changed_at": row.changed_at,
            "document": document if row.version else None,
            **self._places("meetings", own, row),
        }

    def treatment(self, row: models.Item) -> Answer:
        """An item with its meeting and case, and the annotation `published_at`."""
        meeting = row.meeting
        own = f"{meeting_id(meeting)}/{row.slug}"
        return {
            "id": own,
            "meeting": meeting_id(meeting),
            "date": meeting.date,
            "body": body_id(meeting.body),
            "municipality": meeting.body.municipality.slug,
            "number": row.number or None,
            "title": row.title or None,
            "case": case_id(row.case, meeting.body.municipality) if row.case else None,
            "case_number": row.case_number or None,
            "kle": row.kle or None,
            "closed": row.closed,
            "outcome": row.outcome or None,
            "decision": row.decision or None,
            "decided_by": row.decided_by or None,
            "published_at": row.published_at,
            **self._places("items", own, row),
        }

    def item(self, row: models.Item) -> Answer:
        """An item with everything that is told in it."""
        municipality = row.meeting.body.municipality
        return {
            **self.treatment(row),
            "ballots": [
                {"choice": one.choice, **_named(one, municipality)} for one in row.ballots.all()
            ],
            "dissents": [
                {"statement": one.statement, **_named(one, municipality)}
                for one in row.dissents.all()
            ],
            "absent": [person_id(one.person, municipality) for one in row.absences.all()],
            "attachments": [_enclosure(one) for one in row.enclosures.all()],
        }

    def attendance(self, row: models.Present, municipality: bodies.Municipality) -> Answer:
        """A member at a meeting."""
        return {
            "person": person_id(row.person, municipality),
            "name": row.person.name,
            "party": row.party or None,
            "present": row.present,
        }

    def case(self, row: models.Case) -> Answer:
        """A case with its municipality."""
        own = case_id(row, row.municipality)
        return {
            "id": own,
            "municipality": row.municipality.slug,
            "number": row.number or None,
            "title": row.title or None,
            "latest": row.latest,
            "feed": f"{self.site}{row.get_absolute_url()}feed.atom",
            "url": f"{self.site}/api/cases/{row.municipality.slug}/{row.slug}",
            "page": self.site + row.get_absolute_url(),
        }

    def person(self, row: bodies.Person) -> Answer:
        """A person with municipality and memberships."""
        return {
            "id": person_id(row, row.municipality),
            "municipality": row.municipality.slug,
            "name": row.name,
            "memberships": [
                {
                    "body": f"{row.municipality.slug}/{one.body.slug}",
                    "body_name": one.body.name,
                    "term": one.term,
                    "party": one.party or None,
                    "since": str(one.since) if one.since else None,
                    "until": str(one.until) if one.until else None,
                }
                for one in row.memberships.all()
            ],
            "url": f"{self.site}/api/people/{row.municipality.slug}/{row.slug}",
            "page": self.site + row.get_absolute_url(),
        }

    def publication(self, row: models.Publication) -> Answer:
        """A publication with its meeting; its document need not be loaded."""
        path = row.get_absolute_url()
        return {
            "id": document_id(row),
            "version": row.version,
            "current": row.current,
            "meeting": meeting_id(row.meeting),
            "kind": row.kind,
            "sha256": row.sha256,
            "published_at": row.published_at,
            "fetched_at": row.fetched_at,
            "source_name": row.source_name or None,
            "source_sha256": row.source_sha256 or None,
            "source_address": outward(row.address) or None,
            "reason": row.reason or None,
            "document": f"{self.site}/api/publications{path.rstrip('/')}",
            "page": self.site + path,
        }

    def _places(self, kind: str, own: str, row: Any) -> Answer:
        return {
            "url": f"{self.site}/api/{kind}/{own}",
            "page": self.site + row.get_absolute_url(),
        }


def body_id(row: bodies.Body) -> str:
    """What a body is called in the API."""
    return f"{row.municipality.slug}/{row.slug}"


def meeting_id(row: models.Meeting) -> str:
    """What a meeting is called in the API."""
    return f"{body_id(row.body)}/{row.slug}"


def case_id(row: models.Case, municipality: bodies.Municipality) -> str:
    """What a case is called in the API."""
    return f"{municipality.slug}/sag/{row.slug}"


def person_id(row: bodies.Person, municipality: bodies.Municipality) -> str:
    """What a person is called in the API."""
    return f"{municipality.slug}/person/{row.slug}"


def _named(row: Any, municipality: bodies.Municipality) -> Answer:
    return {
        "name": row.name,
        "party": row.party or None,
        "person": person_id(row.person, municipality) if row.person else None,
    }


def _enclosure(row: models.Enclosure) -> Answer:
    return {
        "title": row.title,
        "address": outward(row.address) or None,
        "sha256": row.file.sha256 if row.file else None,
        "media_type": row.file.media_type if row.file else None,
    }
