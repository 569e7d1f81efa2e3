"""What the secretary of a committee has to do next with its meetings, most pressing first."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import Final, NamedTuple

from django.db.models import Q
from django.urls import reverse

from sagsgang.cases.models import Treatment, User
from sagsgang.cases.rights import bodies
from sagsgang.meetings import season, signing
from sagsgang.meetings.models import Meeting

MOST: Final = 20
"""Rows in each list of the desk; the rest is behind the list's own page."""
_ORDER: Final = (Meeting.OPEN, Meeting.CALLED, Meeting.CLOSED, Meeting.PLANNED)
_PAGES: Final = {Meeting.CLOSED: "closing", Meeting.PLANNED: "meeting"}


class Duty(NamedTuple):
    """A meeting that a secretary has to do something with, and where.

    `last` is the day by which the agenda must be out, or the answers given; `left` counts those
    who have not answered, `items` what is on the agenda and `ready` what could be put on it.
    """

    meeting: Meeting
    last: dt.date | None = None
    left: int = 0
    items: int = 0
    ready: int = 0

    @property
    def address(self) -> str:
        """The page where it is done."""
        return reverse(_PAGES.get(self.meeting.state, "live"), args=[self.meeting.pk])


def duties(user: User, today: dt.date) -> list[Duty]:
    """Meetings to run, minutes whose answers are waited for, and agendas that are soon due."""
    pressing = Q(state__in=(Meeting.OPEN, Meeting.CLOSED, Meeting.PLANNED))
    pressing |= Q(state=Meeting.CALLED, date__lte=today)
    found = Meeting.objects.filter(pressing, body__in=bodies(user, "meeting.run"))
    meetings = sorted(
        found.select_related("body__municipality", "body__procedure"),
        key=lambda one: (_ORDER.index(one.state), one.date, one.start_time, one.pk),
    )
    made = (_duty(meeting, today) for meeting in meetings)
    return list(islice(filter(None, made), MOST))


def _duty(meeting: Meeting, today: dt.date) -> Duty | None:
    if meeting.state == Meeting.CLOSED:
        return Duty(meeting, signing.deadline(meeting), left=len(signing.missing(meeting)))
    if meeting.state != Meeting.PLANNED:
        return Duty(meeting)
    due = season.agenda_due(meeting, today)
    if due is None or not (due.soon or due.late):
        return None
    ready = Treatment.objects.filter(body=meeting.body_id, state=Treatment.READY)
    items = meeting.items.filter(withdrawn=False)
    return Duty(meeting, due.day, items=items.count(), ready=ready.count())
