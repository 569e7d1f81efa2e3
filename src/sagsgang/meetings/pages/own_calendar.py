"""A person's own meetings as a calendar (iCalendar, RFC 5545) at a secret address.

Calendars cannot sign in, so whoever has the address sees when and where the meetings are. Nothing
else stands in it: neither items nor anything that is closed.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Final
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from icalendar import Calendar, Event

from sagsgang.archive.opening import site_address
from sagsgang.cases import log
from sagsgang.cases.models import User
from sagsgang.meetings import insight
from sagsgang.meetings.models import CalendarLink, Meeting

_ZONE: Final = ZoneInfo("Europe/Copenhagen")
_BACK: Final = dt.timedelta(days=366)


@require_POST
def new_link(request: HttpRequest) -> HttpResponse:
    """A new secret address for the one who is signed in; an earlier one ends."""
    with log.action(request.user, "calendar.link", request.user):
        CalendarLink.objects.update_or_create(
            user=request.user, defaults={"key": secrets.token_urlsafe(32)}
        )
    messages.success(request, _("Adressen er klar."))
    return HttpResponseRedirect(f"{reverse('meetings')}#egen")


@login_not_required
@require_safe
def own_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The meetings of the one whose address it is, from a year back."""
    link = get_object_or_404(
        CalendarLink.objects.select_related("user"), key=key, user__is_active=True
    )
    made = Calendar()
    made.add("prodid", "-//Sagsgang//sagsgang//DA")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("Mine møder"))
    site = site_address(request)
    for meeting in meetings_of(link.user):
        made.add_component(_event(meeting, site))
    made.add_missing_timezones()
    return HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")


def meetings_of(user: User) -> QuerySet[Meeting]:
    """The meetings that the user has to do with, from a year back."""
    since = timezone.localdate() - _BACK
    there = insight.meetings(user).filter(date__gte=since)
    return there.select_related("body__municipality")


def _event(meeting: Meeting, site: str) -> Event:
    start = dt.datetime.combine(meeting.date, dt.time.fromisoformat(meeting.start_time), _ZONE)
    event = Event()
    event.add("uid", f"moede-{meeting.pk}@{meeting.body.municipality.slug}.sagsgang")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", start)
    event.add("summary", meeting.body.name)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("url", site + meeting.get_absolute_url())
    return event
