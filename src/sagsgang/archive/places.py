"""Where a document belongs: municipality, body and meeting."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.utils import timezone

from sagsgang.bodies.insertion import number
from sagsgang.bodies.models import Body
from sagsgang.bodies.terms import term_of
from sagsgang.minutes import Minutes
from sagsgang.minutes.danish.slugs import slug_of

from .models import Meeting

_ANY: Final = "SELECT 1 FROM archive_meeting WHERE body_id = %s AND date = %s LIMIT 1"
"""Asked for each document that is published, and so written out."""


class NotPublishable(Exception):
    """A document that cannot be placed; the message says what it lacks and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a meeting is known by: names as printed, and an ISO date."""

    municipality: str
    committee: str
    date: str

    def __str__(self) -> str:
        return f"{self.municipality}, {self.committee}, {self.date}"


def place_of(minutes: Minutes, municipality: str = "", committee: str = "") -> Place:
    """Where the document belongs; the names that are given speak where it does not.

    Raises:
        NotPublishable: something is not known.
    """
    named = minutes.municipality or municipality
    body = minutes.committee or committee
    if not named:
        raise NotPublishable(
            "Der står ikke i dokumentet, hvilken kommune det kommer fra. Angiv den med "
            "--municipality."
        )
    if not body or not slug_of(body):
        raise NotPublishable(
            "Der står ikke i dokumentet, hvilket udvalg det kommer fra. Angiv det med --committee."
        )
    if not minutes.date:
        raise NotPublishable(
            "Datoen for mødet kunne ikke læses i dokumentet. Et referat uden dato kan ikke lægges "
            "i arkivet."
        )
    return Place(named, body, minutes.date)


def meeting_of(body: Body, minutes: Minutes, address: str = "") -> Meeting:
    """The body's meeting at the document's date and time; a new one where there is none.

    A new one has its key, and is stored when it has got its document.

    A document that does not tell the time belongs to the date's only meeting. A new one has the
    `address` (its last word), if that is of its date and free.

    Raises:
        NotPublishable: the document does not tell the time, and there are several meetings.
    """
    date = datetime.date.fromisoformat(minutes.date or "")
    time = minutes.start_time or ""
    that_day = _that_day(body, date)
    for meeting in that_day:
        if meeting.start_time == time:
            return _with_body(meeting, body)
    if len(that_day) == 1 and not (time and that_day[0].start_time):
        return _with_time(that_day[0], body, time)
    if that_day and not time:
        raise NotPublishable(
            f"Der er flere møder i {body.name} den {minutes.date}, og dokumentet siger ikke, "
            "hvornår på dagen mødet begynder."
        )
    slug = f"{date}-kl-{time.replace(':', '')}" if that_day else str(date)
    if address.startswith(str(date)) and address not in {one.slug for one in that_day}:
        slug = address
    meeting = Meeting(
        body=body,
        date=date,
        start_time=time,
        slug=slug,
        term=minutes.term or term_of(str(date)),
        kind=minutes.kind,
        changed_at=timezone.now(),
    )
    number([meeting])
    return meeting


def _that_day(body: Body, date: datetime.date) -> list[Meeting]:
    """The body's meetings of a date; most documents are the first of theirs."""
    given = connection.ops.adapt_datefield_value(date)
    with connection.cursor() as cursor:
        cursor.execute(_ANY, [body.pk, given])
        if cursor.fetchone() is None:
            return []
    return list(Meeting.objects.filter(body=body, date=date).order_by("pk"))


def _with_body(meeting: Meeting, body: Body) -> Meeting:
    meeting.body = body
    return meeting


def _with_time(meeting: Meeting, body: Body, time: str) -> Meeting:
    if time and not meeting.start_time:
        meeting.start_time = time
        meeting.save(update_fields=["start_time"])
    return _with_body(meeting, body)
