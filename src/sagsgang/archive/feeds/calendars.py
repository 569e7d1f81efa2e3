"""A subject's meetings as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from sagsgang.archive.models import Item, Meeting, Publication
from sagsgang.archive.subjects import Subject
from sagsgang.archive.telling import heading, title_of

MOST: Final = 1000
_ZONE: Final = ZoneInfo("Europe/Copenhagen")
_BACK: Final = datetime.timedelta(days=366)
_EVERY: Final = datetime.timedelta(hours=6)


def calendar(subject: Subject, site: str, *, only_coming: bool) -> tuple[bytes, Any]:
    """The calendar, and when a meeting in it last changed (`None` where there is none).

    It has the meetings of the last year and those that are coming, or only the latter; four
    queries at most.
    """
    today = timezone.localdate()
    meetings = list(
        subject.meetings.filter(date__gte=today if only_coming else today - _BACK).order_by(
            "-date", "-start_time", "pk"
        )[:MOST]
    )
    coming = [meeting for meeting in meetings if meeting.date >= today]
    items, places = _items(coming), _places(coming)
    made = _empty(subject, site)
    for meeting in reversed(meetings):
        event = _event(meeting, site, items.get(meeting.pk, []))
        if place := places.get(meeting.pk):
            event.add("location", place)
        made.add_component(event)
    made.add_missing_timezones()
    changed = max((meeting.changed_at for meeting in meetings), default=None)
    return made.to_ical(), changed


def _items(meetings: list[Meeting]) -> dict[int, list[Item]]:
    """The items of the meetings, by meeting."""
    found = Item.objects.filter(meeting__in=[meeting.pk for meeting in meetings])
    ordered = found.order_by("meeting_id", "publication_id", "position")
    return {pk: list(rows) for pk, rows in groupby(ordered, lambda item: item.meeting_id)}


def _places(meetings: list[Meeting]) -> dict[int, str]:
    """Where the meetings are held, by meeting; the place stands in the document alone."""
    current = Publication.objects.filter(pk__in=[meeting.current_id for meeting in meetings])
    return {one.meeting_id: one.document["place"] or "" for one in current}


def _empty(subject: Subject, site: str) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//Sagsgang//sagsgang//DA")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", subject.name)
    made.add("x-wr-calname", subject.name)
    made.add("x-wr-timezone", str(_ZONE))
    made.add("description", _("Møder fra %(site)s") % {"site": settings.SITE_NAME})
    made.add("url", site + subject.address)
    made.add("refresh-interval", _EVERY, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", _EVERY)
    return made


def _event(meeting: Meeting, site: str, items: Iterable[Item]) -> Event:
    page = site + meeting.get_absolute_url()
    event = Event()
    event.add("uid", f"{meeting.get_absolute_url().strip('/')}@{_host(site)}")
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("sequence", max(0, (meeting.version or 1) - 1))
    event.add("dtstart", _start(meeting))
    event.add("summary", f"{meeting.body.name}, {meeting.body.municipality.name}")
    event.add("url", page)
    told = [f"{item.number} {title_of(item)}".strip() for item in items]
    event.add("description", "\n".join([heading(meeting), *told, "", page]))
    # Who follows a meeting is not busy because of it.
    event.add("transp", "TRANSPARENT")
    return event


def _start(meeting: Meeting) -> datetime.date:
    """When the meeting begins: a Danish time, or the whole day where no time is told."""
    try:
        time = datetime.time.fromisoformat(meeting.start_time)
    except ValueError:
        return meeting.date
    return datetime.datetime.combine(meeting.date, time, _ZONE)


def _host(site: str) -> str:
    return urlsplit(site).hostname or "sagsgang"
